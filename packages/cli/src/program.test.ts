import { spawnSync } from 'node:child_process';
import manifest from '../package.json';
import { isSupported } from './main';
import { createProgram } from './program';
import { versionOf } from './version';
import { EXIT } from './terminal/exit-codes';
import { printError } from './terminal/print-error';
import { UserError } from './terminal/user-error';

/** What a call of the command line writes, and its exit code. */
async function call(
  ...args: readonly string[]
): Promise<{ readonly text: string; readonly code: number }> {
  const parts: string[] = [];
  const take = (text: unknown): boolean => (parts.push(String(text)), true);
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(take),
    jest.spyOn(process.stderr, 'write').mockImplementation(take),
    jest.spyOn(console, 'log').mockImplementation((text) => void take(`${text}\n`)),
    jest.spyOn(console, 'error').mockImplementation((text) => void take(`${text}\n`)),
  ];
  try {
    await createProgram().parseAsync(['node', 'vivace', ...args]);
    return { text: parts.join(''), code: EXIT.done };
  } catch (thrown) {
    const code = printError(thrown);
    return { text: parts.join(''), code };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const COMMANDS = createProgram().commands.map((command) => command.name());

describe('the command line', () => {
  it('says its version', async () => {
    expect(await call('--version')).toEqual({ text: `${versionOf()}\n`, code: 0 });
  });

  it('documents its exit codes', async () => {
    expect((await call('--help')).text).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage.');
  });

  it.each(COMMANDS)('has examples in the help of %s, which fits 80 columns', async (name) => {
    const { text, code } = await call(name, '--help');
    expect(code).toBe(0);
    expect(text).toMatch(/Examples?:\n {2}\$ vivace/);
    expect(
      text.split('\n').filter((line) => line.length > 80 && !line.includes('$ vivace')),
    ).toEqual([]);
  });

  it('proposes the command that was meant', async () => {
    const { text, code } = await call('rotues');
    expect([code, text]).toEqual([2, expect.stringContaining('Did you mean routes?')]);
  });

  it.each([
    [['run', '--port', '99999'], 'It has to be a number from 0 to 65535.'],
    [['run', '--workers', '0'], "It has to be a number from 1 to 512, or 'auto'."],
    [['run', '--grace', 'soon'], 'It has to be a number of seconds.'],
    [['new'], 'The project has no name.'],
    [['completion', 'tcsh'], "There is no completion for 'tcsh'."],
  ])('%j is a wrong usage that says what is right', async (args, message) => {
    const { text, code } = await call(...args);
    expect([code, text]).toEqual([2, expect.stringContaining(message)]);
    expect(text).not.toMatch(/^\s+at /m);
  });

  it.each(['dev', 'run'])('tells of a PORT that is none in %s', async (name) => {
    const before = process.env['PORT'];
    process.env['PORT'] = 'abc';
    try {
      const { text, code } = await call(name);
      expect([code, text]).toEqual([
        2,
        expect.stringContaining(
          "'abc' from env 'PORT' is invalid. It has to be a number from 0 to 65535.",
        ),
      ]);
    } finally {
      if (before === undefined) delete process.env['PORT'];
      else process.env['PORT'] = before;
    }
  });

  it.each([
    ['22.15.0', true],
    ['24.1.0', true],
    ['22.14.9', false],
    ['20.19.0', false],
  ])('runs on Node %s: %s', (version, expected) => expect(isSupported(version)).toBe(expected));

  it('asks of Node what package.json asks', () =>
    expect(isSupported(/\d[\d.]*/.exec(manifest.engines.node)![0])).toBe(true));

  it("tells a user's mistake without a trace, and what to do", () => {
    const write = jest.spyOn(console, 'error').mockImplementation(() => {});
    expect(printError(new UserError('The cup is empty.', 'Fill it'))).toBe(EXIT.failed);
    expect(write.mock.calls.flat().join('\n')).not.toContain('    at ');
    write.mockRestore();
  });

  it.each(['bash', 'zsh', 'fish'])(
    'completes every command and its options in %s',
    async (shell) => {
      const { text } = await call('completion', shell);
      for (const name of [...COMMANDS, 'workers']) expect(text).toContain(name);
    },
  );

  it('completes what may stand there, in a real bash', async () => {
    const { text } = await call('completion', 'bash');
    const completed = (...words: string[]): string[] => {
      const list = words.map((word) => `'${word}'`).join(' ');
      const script = `${text}\nCOMP_WORDS=(vivace ${list}); COMP_CWORD=${words.length}; _vivace; echo "\${COMPREPLY[*]}"`;
      return spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd: __dirname })
        .stdout.trim()
        .split(' ');
    };
    expect(completed('ru')).toEqual(['run']);
    expect(completed('run', '--wo')).toEqual(['--workers']);
    expect(completed('generate', 're')).toEqual(['resource']);
    expect(completed('g', 'web')).toEqual(['websocket']);
    expect(completed('new', 'shop', '--template', '')).toEqual(['minimal', 'api']);
    expect(completed('completion', '')).toEqual(['bash', 'zsh', 'fish', '--help']);
    expect(completed('openapi', '--out', 'program.te')).toEqual(['program.test.ts']);
  });
});
