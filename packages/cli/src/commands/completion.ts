import type { Command } from 'commander';
import { UserError } from '../terminal/user-error';

const SHELLS: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = { bash, zsh, fish };

interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly string[];
}

/** `vivace completion`. */
export function completionCommand(program: Command): Command {
  return program
    .command('completion')
    .description('print what makes a shell complete commands and options')
    .argument('<shell>', Object.keys(SHELLS).join(', '))
    .addHelpText(
      'after',
      '\nExamples:\n  $ vivace completion bash >> ~/.bashrc\n  $ vivace completion zsh > "${fpath[1]}/_vivace"\n  $ vivace completion fish > ~/.config/fish/completions/vivace.fish',
    )
    .action((shell: string) => {
      const print = SHELLS[shell];
      if (print === undefined)
        throw new UserError(`There is no completion for '${shell}'.`, `There is one for ${Object.keys(SHELLS).join(', ')}.`, {
          usage: true,
        });
      console.log(print(wordsOf(program)));
    });
}

function wordsOf(program: Command): CommandWords[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options.map(({ long, short }) => long ?? short ?? ''), '--help'],
  }));
}

function bash(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ name, options }) => `    ${name}) words="${options.join(' ')}" ;;`);
  return `_vivace() {
  local words="${commands.map(({ name }) => name).join(' ')} --help --version"
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map(({ name }) => name).join(' ')} --help --version"; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
  if [ "\${#COMPREPLY[@]}" -eq 0 ]; then COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")); fi
}
complete -F _vivace vivace`;
}

function zsh(commands: readonly CommandWords[]): string {
  const quoted = (text: string): string => text.replaceAll(/['[\]:]/g, '');
  const list = commands.map(({ name, description }) => `    '${name}:${quoted(description)}'`);
  const cases = commands.map(
    ({ name, options }) => `    ${name}) _arguments ${options.map((option) => `'${option}'`).join(' ')} '*:file:_files' ;;`,
  );
  return `#compdef vivace
_vivace() {
  local -a commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
${cases.join('\n')}
  esac
}
_vivace "$@"`;
}

function fish(commands: readonly CommandWords[]): string {
  return commands
    .flatMap(({ name, description, options }) => [
      `complete -c vivace -n __fish_use_subcommand -f -a ${name} -d '${description.replaceAll("'", '')}'`,
      ...options
        .filter((option) => option.startsWith('--'))
        .map((option) => `complete -c vivace -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`),
    ])
    .join('\n');
}
