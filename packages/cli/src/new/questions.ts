import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isOnMachine, PACKAGE_MANAGERS, type PackageManager } from './package-managers';
import { nameOf } from './project-name';
import { TEMPLATES, type Template } from './templates';

export interface Answers {
  readonly directory: string;
  readonly template: Template;
  readonly packageManager: PackageManager;
  readonly git: boolean;
}

/** Asks on the terminal for the answers that are missing. Undefined where the user cancels. */
export async function ask(
  known: Partial<Answers>,
  defaults: Answers,
  offered: readonly Template[] = TEMPLATES,
): Promise<Answers | undefined> {
  const { intro, text, select, confirm, isCancel, cancel } = await import('@clack/prompts');
  intro('A new Vivace project');
  const leave = (): undefined => {
    cancel('Nothing was made.');
    return undefined;
  };
  const directory =
    known.directory ??
    (await text({
      message: 'What is it called?',
      placeholder: defaults.directory,
      defaultValue: defaults.directory,
      validate: (value) =>
        problemOf(value || defaults.directory, known.template ?? defaults.template),
    }));
  if (isCancel(directory)) return leave();
  const template =
    known.template ??
    (offered.length === 1 ? offered[0]! : undefined) ??
    (await select({
      message: 'What is it to begin with?',
      options: offered.map((value) => ({ value, label: value.name, hint: value.description })),
    }));
  if (isCancel(template)) return leave();
  const present = PACKAGE_MANAGERS.filter(({ name }) => isOnMachine(name));
  const packageManager =
    known.packageManager ??
    (present.length < 2
      ? defaults.packageManager
      : await select({
          message: 'Which package manager?',
          initialValue: defaults.packageManager,
          options: present.map((value) => ({ value, label: value.name })),
        }));
  if (isCancel(packageManager)) return leave();
  const git =
    known.git ?? (await confirm({ message: 'A git repository?', initialValue: defaults.git }));
  if (isCancel(git)) return leave();
  return { directory, template, packageManager, git };
}

function problemOf(directory: string, template: Template): string | undefined {
  if (existsSync(directory)) return 'There is something of this name already.';
  try {
    nameOf(basename(resolve(directory)), template);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
