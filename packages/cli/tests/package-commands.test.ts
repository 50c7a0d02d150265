import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folder } from './folder';
import { link } from './linked';
import { ask, freePort, run, start, until } from './running';

const COMMANDS = stripTypeScriptTypes(
  readFileSync(new URL('./mail/commands.ts', pathToFileURL(__filename)), 'utf8'),
);
const APP = `import { Controller, Get, Vivace } from 'vivace';

@Controller()
class Letters {
  @Get('/')
  read(): string {
    return 'first ' + process.env['MAIL_URL'];
  }
}

export const app = new Vivace({ controllers: [Letters] });
`;
const TEST = `import { testClient } from 'vivace/testing';
import { app } from './app.js';

test('the letters', async () => {
  await using client = await testClient(app);
  expect((await client.get('/')).json()).toBe('first mail://here');
  expect(process.env['NODE_ENV']).toBe('test');
});
test('another', () => expect(1).toBe(2));
`;
const place = folder({
  'package.json': JSON.stringify({ name: 'shop', type: 'module', dependencies: { mail: '*' } }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      module: 'nodenext',
      target: 'es2023',
      lib: ['es2024', 'esnext.disposable'],
      strict: true,
      experimentalDecorators: true,
      types: ['node', 'jest'],
      skipLibCheck: true,
    },
    include: ['src'],
  }),
  'src/app.ts': APP,
  'src/app.test.ts': TEST,
  'node_modules/mail/package.json': JSON.stringify({
    type: 'module',
    vivace: { commands: './commands.js' },
  }),
  'node_modules/mail/commands.js': COMMANDS,
});
const file = (name: string): string => join(place.path, name);
/** What has become of the services, and nothing of it for the next. */
function noted(): string {
  const text = existsSync(file('noted')) ? readFileSync(file('noted'), 'utf8') : '';
  rmSync(file('noted'), { force: true });
  return text.trim();
}
async function call(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly text: string }> {
  await using running = run(place.path, args, env);
  return { code: await running.ended, text: running.output };
}

beforeAll(() => link(place.path));
afterAll(() => place[Symbol.dispose]());

describe('a package that adds commands', () => {
  it('is in the help and in what shells complete', async () => {
    expect((await call(['--help'])).text).toMatch(/mail +look after the mail/);
    expect((await call(['mail', '--help'])).text).toMatch(/handlers <to> +say which handler/);
    expect((await call(['completion', 'fish'])).text).toContain("-f -a 'handlers fail'");
    expect(noted()).toBe('');
  });

  it('has its services while its command runs, which ends whatever the program holds', async () => {
    const { text, code } = await call(['mail', 'handlers', 'ada@example.com']);
    expect([code, text.trim()]).toEqual([0, 'ada@example.com Letters.read mail://here']);
    expect(noted()).toBe('start stop');
  });

  it('fails as our own commands do', async () => {
    expect(await call(['mail', 'handlers'])).toEqual({
      code: 2,
      text: expect.stringMatching(/^error missing .*'to'\n.*vivace mail handlers --help/),
    });
    expect(await call(['mial'])).toEqual({
      code: 2,
      text: expect.stringContaining('Did you mean mail?'),
    });
    const { text, code } = await call(['mail', 'fail']);
    expect([code, text]).toEqual([1, expect.stringMatching(/^error The mail is closed\./)]);
    expect(noted()).toBe('start stop');
  });

  it('has no services in production', async () => {
    await call(['mail', 'fail'], { NODE_ENV: 'production' });
    expect(noted()).toBe('');
  });

  it('is named where it does not load, and keeps no other command from running', async () => {
    writeFileSync(file('node_modules/mail/commands.js'), "throw new Error('out of paper');");
    try {
      expect(await call(['mail'])).toEqual({
        code: 1,
        text: 'error The commands of mail do not load: out of paper\n',
      });
      expect((await call(['routes'])).text).toContain('Letters.read');
    } finally {
      writeFileSync(file('node_modules/mail/commands.js'), COMMANDS);
    }
  });
});

describe('vivace test', () => {
  it('runs Jest with the preset, its arguments and the services, and ends as it does', async () => {
    const passed = await call(['test', '-t', 'letters', '--verbose']);
    expect(passed.text).toContain('✓ the letters');
    expect(passed.code).toBe(0);
    expect(noted()).toBe('start stop');
    expect((await call(['test'])).code).toBe(1);
    expect(noted()).toBe('start stop');
  });

  it('says what is missing where there is no Jest', async () => {
    using other = folder({ 'package.json': '{}' });
    const cli = join(__dirname, '../bin/vivace.js');
    await using running = start([cli, 'test'], other.path);
    expect(await running.ended).toBe(1);
    expect(running.output).toContain('npm install --save-dev jest');
  });
});

test('vivace dev has one service for all versions of the program', async () => {
  const port = await freePort();
  const answers = (text: string): Promise<string> =>
    until(
      () => ask(`http://127.0.0.1:${port}/`).catch(String),
      (answer) => answer.includes(text),
      text,
    );
  await using dev = run(place.path, ['dev', '--port', String(port)]);
  await answers('first mail://here');
  writeFileSync(file('src/app.ts'), APP.replace('first', 'second'));
  await answers('second mail://here');
  expect(await dev.end()).toBe(0);
  expect(noted()).toBe('start stop');
});
