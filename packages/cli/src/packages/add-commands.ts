import type { Command } from 'commander';
import { ensureEnvironment } from '../project/environment';
import { projectAbove, type Project } from '../project/project';
import { pointAtHelp } from '../terminal/point-at-help';
import { UserError } from '../terminal/user-error';
import { commandPackages, type CommandPackage } from './installed';
import { packageProject } from './package-project';
import { startServices } from './services';

/**
 * Adds the commands of the packages that a project has installed. Their services run while one of
 * the commands does.
 *
 * @returns stops the services that a command has started
 */
export async function addPackageCommands(program: Command): Promise<AsyncDisposable> {
  const project = projectAbove('.');
  let services: AsyncDisposable | undefined;
  if (project !== undefined) {
    ensureEnvironment('development');
    const own = program.commands.length;
    for (const each of await commandPackages(project)) add(program, project, each);
    for (const command of program.commands.slice(own)) {
      pointAtHelp(command);
      command.hook('preAction', async () => {
        process.chdir(project.root);
        services = await startServices(project);
      });
    }
  }
  return { [Symbol.asyncDispose]: async () => services?.[Symbol.asyncDispose]() };
}

/** Commands that come with a package. */
const COMES_WITH: Readonly<Record<string, string>> = {
  db: '@vivace/sql',
  doctor: '@vivace/redis',
  events: '@vivace/events',
  jobs: '@vivace/queue',
};

/** @throws UserError for a command of a package that the project does not have, which it names */
export function refuseMissing(program: Command, name: string | undefined): void {
  const needed = Object.entries(COMES_WITH).find(([command]) => command === name)?.[1];
  if (needed === undefined || program.commands.some((command) => command.name() === name)) return;
  throw new UserError(
    `vivace ${name} comes with ${needed}, which is no dependency of this project.`,
    `npm install ${needed}`,
    { usage: true },
  );
}

function add(program: Command, project: Project, { name, commands }: CommandPackage): void {
  try {
    for (const each of commands.commands) each(program, packageProject(project));
  } catch (cause) {
    throw new UserError(`${name} cannot add its commands: ${(cause as Error).message}`, undefined, {
      cause,
    });
  }
}
