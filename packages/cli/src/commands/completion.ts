import { Argument, type Command } from 'commander';
import { UserError } from '../terminal/user-error';

const SHELLS: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = {
  bash,
  zsh,
  fish,
};
const SHELL = new Argument('<shell>', 'which one you type into');
SHELL.argChoices = Object.keys(SHELLS);

interface CommandWords {
  /** Its name, then its alias. */
  readonly names: readonly string[];
  readonly description: string;
  /** The possible values of its first argument, if they are known. */
  readonly values: readonly string[];
  readonly options: readonly {
    readonly name: string;
    readonly takesValue: boolean;
    readonly values: readonly string[];
  }[];
}

/** `vivace completion`. */
export function completionCommand(program: Command): Command {
  return program
    .command('completion')
    .description('print what makes a shell complete commands and options')
    .addArgument(SHELL)
    .addHelpText(
      'after',
      '\nExamples:\n  $ vivace completion bash >> ~/.bashrc\n  $ vivace completion zsh > "${fpath[1]}/_vivace"\n  $ vivace completion fish > ~/.config/fish/completions/vivace.fish',
    )
    .action((shell: string) => {
      const print = SHELLS[shell];
      if (print === undefined)
        throw new UserError(
          `There is no completion for '${shell}'.`,
          `There is one for ${Object.keys(SHELLS).join(', ')}.`,
          {
            usage: true,
          },
        );
      console.log(print(wordsOf(program)));
    });
}

const HELP = { name: '--help', takesValue: false, values: [] };

function wordsOf(program: Command): CommandWords[] {
  return program.commands.map((command) => ({
    names: [command.name(), ...command.aliases()],
    description: command.description(),
    values:
      command.registeredArguments[0]?.argChoices ?? command.commands.map((below) => below.name()),
    options: [
      ...command.options.map(({ long, required, optional, argChoices }) => ({
        name: long ?? '',
        takesValue: required || optional,
        values: argChoices ?? [],
      })),
      HELP,
    ],
  }));
}

/** Completes file names where nothing else is known. */
function bash(commands: readonly CommandWords[]): string {
  const all = [...commands.map(({ names }) => names[0]), '--help', '--version'].join(' ');
  const cases = commands.map(
    ({ names, values, options }) =>
      `    ${names.join('|')}) words="${[...values, ...options.map(({ name }) => name)].join(' ')}" ;;`,
  );
  const withValue = new Map(
    commands.flatMap(({ options }) =>
      options.filter(({ takesValue }) => takesValue).map(({ name, values }) => [name, values]),
    ),
  );
  const values = [...withValue].map(
    ([name, known]) => `    ${name}) words="${known.join(' ')}" ;;`,
  );
  return `_vivace() {
  local words=""
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${all}"; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
  if [ "\${#COMPREPLY[@]}" -eq 0 ]; then COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")); fi
}
complete -F _vivace vivace`;
}

function zsh(commands: readonly CommandWords[]): string {
  const quoted = (text: string): string => text.replaceAll(/['[\]:]/g, '');
  const valuesOf = (values: readonly string[]): string =>
    values.length > 0 ? `(${values.join(' ')})` : '_files';
  const list = commands.map(({ names, description }) => `    '${names[0]}:${quoted(description)}'`);
  const cases = commands.map(({ names, values, options }) => {
    const written = options.map(
      ({ name, takesValue, values: known }) =>
        `'${name}${takesValue ? `:value:${valuesOf(known)}` : ''}'`,
    );
    const first = values.length > 0 ? ` '2:value:${valuesOf(values)}'` : '';
    return `    ${names.join('|')}) _arguments ${written.join(' ')}${first} '*:file:_files' ;;`;
  });
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
if [ "$funcstack[1]" = "_vivace" ]; then _vivace "$@"; else compdef _vivace vivace; fi`;
}

function fish(commands: readonly CommandWords[]): string {
  return commands
    .flatMap(({ names, description, values, options }) => {
      const seen = `complete -c vivace -n '__fish_seen_subcommand_from ${names.join(' ')}'`;
      return [
        `complete -c vivace -n __fish_use_subcommand -f -a ${names[0]} -d '${description.replaceAll("'", '')}'`,
        ...(values.length > 0 ? [`${seen} -f -a '${values.join(' ')}'`] : []),
        ...options.map(({ name, takesValue, values: known }) => {
          const value = known.length > 0 ? ` -x -a '${known.join(' ')}'` : takesValue ? ' -r' : '';
          return `${seen} -l ${name.slice(2)}${value}`;
        }),
      ];
    })
    .join('\n');
}
