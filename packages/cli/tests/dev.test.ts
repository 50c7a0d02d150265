import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';
import { install, pack } from './packed';
import { ask, freePort, run, until, type Running } from './running';

const MANIFEST = { name: 'shop', type: 'module', private: true };
const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    experimentalDecorators: true,
    types: ['node'],
    skipLibCheck: true,
  },
  include: ['src'],
};
const APP = `import { Controller, Get, Vivace } from 'vivace';

@Controller()
class Greetings {
  @Get('/')
  hello(): string {
    return 'first';
  }
}

export const app = new Vivace({ controllers: [Greetings] });
`;
const place = folder({
  'shop/package.json': JSON.stringify(MANIFEST),
  'shop/tsconfig.json': JSON.stringify(TSCONFIG),
  'shop/src/app.ts': APP,
});
const project = join(place.path, 'shop');
const write = (file: string, text: string): void => writeFileSync(join(project, file), text);

let port: number;
const answer = (): Promise<string> => ask(`http://127.0.0.1:${port}/`).catch(String);
const answers = (text: string): Promise<string> =>
  until(answer, (seen) => seen.includes(text), text);
const dev = (...args: readonly string[]): Running =>
  run(project, ['dev', '--port', String(port), ...args]);

beforeAll(() => install(project, pack(join(place.path, 'packages'))));
beforeEach(async () => {
  write('package.json', JSON.stringify(MANIFEST));
  write('src/app.ts', APP);
  port = await freePort();
});
afterAll(() => place[Symbol.dispose]());

const onLinux = process.platform === 'linux' ? it : it.skip;

/** The processes that serve a version or wait for one. */
function workersOf({ process: { pid } }: Running): string[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children.filter((child) =>
    readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('dev/worker.js'),
  );
}

async function listen(at: number): Promise<Server> {
  const server = createServer().listen(at, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('vivace dev', () => {
  it.each(['await new Promise(() => {});', 'for (;;);'])(
    'gives up a start that does not end (%s) when a file changes, and when it is to end',
    async (endless) => {
      await using server = dev();
      await answers('first');
      write('src/app.ts', `${APP}${endless}\n`);
      await server.says('does not listen yet');
      expect(await answer()).toContain('first');
      write('src/app.ts', APP.replace('first', 'second'));
      await answers('second');
      write('src/app.ts', `${APP}// again\n${endless}\n`);
      await until(
        () => server.output.split('does not listen yet').length,
        (parts) => parts === 3,
        'the second notice',
      );
      expect(await server.end('SIGINT')).toBe(0);
      expect(await answer()).toContain('ECONNREFUSED');
    },
  );

  it('serves the last of many saves', async () => {
    await using server = dev();
    await answers('first');
    for (let save = 1; save <= 20; save++) {
      write('src/app.ts', APP.replace('first', `save ${save}`));
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await answers('save 20');
    expect(await server.end()).toBe(0);
  });

  it('answers every request while one version follows the other', async () => {
    await using server = dev();
    await answers('first');
    const saved = new AbortController();
    const clients = Array.from({ length: 4 }, async () => {
      while (!saved.signal.aborted) expect(await answer()).toMatch(/first|save/);
    });
    for (let save = 1; save <= 10; save++) {
      write('src/app.ts', APP.replace('first', `save ${save}`));
      await answers(`save ${save}`);
    }
    saved.abort();
    await Promise.all(clients);
    expect(await server.end()).toBe(0);
  });

  it('answers while it compiles and checks types: new connections need nothing of its process', async () => {
    await using server = dev();
    await answers('first');
    server.process.kill('SIGSTOP');
    try {
      expect(await answer()).toContain('first');
    } finally {
      server.process.kill('SIGCONT');
    }
  });

  onLinux('serves the next version where the process that waits for it was killed', async () => {
    write('src/app.ts', APP.replace("'first'", 'String(process.pid)'));
    await using server = dev();
    const serving = await until(answer, (text) => /^"\d+"$/.test(text), 'its process');
    const waiting = (): string[] => workersOf(server).filter((worker) => !serving.includes(worker));
    await until(waiting, ({ length }) => length === 1, 'the process that waits');
    for (const worker of waiting()) process.kill(Number(worker), 'SIGKILL');
    await until(waiting, ({ length }) => length === 0, 'its end');
    write('src/app.ts', APP.replace('first', 'second'));
    await answers('second');
    expect(server.output).not.toContain('goes on');
  });

  it('goes on where a file changes that only tests import', async () => {
    write('src/app.ts', `${APP}console.log('one start');\n`);
    write('src/help.ts', `export const help = 1;\n`);
    write(
      'src/app.test.ts',
      `import { help } from './help.js';\nimport { app } from './app.js';\nconsole.log(help, app);\n`,
    );
    await using server = dev();
    await answers('first');
    write('src/help.ts', `export const help: number = 'it was read';\n`);
    await server.says('src/help.ts:1:14');
    write('src/help.ts', `export const help = 2;\n`);
    write('src/app.ts', `${APP.replace('first', 'second')}console.log('one start');\n`);
    await answers('second');
    expect(server.output.split('one start')).toHaveLength(3);
    // What the program imports starts it, whoever else does.
    write('src/app.ts', `import './help.js';\n${APP}console.log('one start');\n`);
    await answers('first');
    write('src/help.ts', `console.log('one help');\nexport const help = 3;\n`);
    await server.says('one help');
  });

  it('starts when a port that is held is free', async () => {
    const holder = await listen(port);
    await using server = dev();
    await server.says(`Port ${port} of 127.0.0.1 is in use by node`);
    await server.says('It starts when the port is free.');
    holder.close();
    await answers('first');
  });

  it('says where it is when the first start failed', async () => {
    write('src/app.ts', `${APP}throw new Error('broken');\n`);
    await using server = dev();
    await server.says('Waiting for a change.');
    write('src/app.ts', APP);
    await server.says(`documentation  http://127.0.0.1:${port}/docs`);
  });

  it('says that nothing listens where the application is not exported', async () => {
    write('src/app.ts', APP.replace('export const', 'const'));
    await using server = dev();
    await server.says('src/app.ts exports no application, and listens nowhere.');
    write('src/app.ts', APP);
    await answers('first');
  });

  it('shows no documentation where the application has none', async () => {
    write('src/app.ts', APP.replace('new Vivace({', 'new Vivace({ docs: false,'));
    await using server = dev();
    await answers('first');
    await server.says(`application    http://127.0.0.1:${port}`);
    expect(server.output).not.toContain('documentation');
  });

  it('says where a program is that listens itself', async () => {
    write(
      'src/app.ts',
      `${APP.replace('export const', 'const')}void app.listen({ port: ${port} });\n`,
    );
    await using server = dev();
    await server.says(`documentation  http://127.0.0.1:${port}/docs`);
    expect(await answer()).toContain('first');
  });

  it('follows package.json: what is wrong in it, and which file is the application', async () => {
    await using server = dev();
    await answers('first');
    write('package.json', '{ "name": ');
    await server.says('package.json is not JSON');
    await server.says('The last version that started goes on.');
    write('src/other.ts', APP.replace('first', 'other'));
    write('package.json', JSON.stringify({ ...MANIFEST, vivace: { entrypoint: 'src/other.ts' } }));
    await answers('other');
  });

  it('goes on where a promise fails that nobody waits for, and says so', async () => {
    write(
      'src/app.ts',
      APP.replace("return 'first'", "void Promise.reject(new Error('lost')); return 'first'"),
    );
    await using server = dev();
    await answers('first');
    await server.says('A promise failed that nobody waits for');
    expect(await answer()).toContain('first');
  });

  it('ends without a word where Ctrl-C reaches the checker too', async () => {
    await using server = dev();
    await server.says('documentation');
    process.kill(-server.process.pid!, 'SIGINT');
    expect(await server.ended).toBe(0);
    expect(server.output).not.toContain('canceled');
  });

  it('ends at once at the second signal, with a program that cannot', async () => {
    write('src/app.ts', APP.replace("return 'first'", "console.log('stuck'); for (;;);"));
    await using server = dev();
    await server.says('documentation');
    void answer();
    await server.says('stuck');
    server.process.kill('SIGINT');
    await server.says('another Ctrl-C ends them');
    expect(await server.end('SIGINT')).toBe(1);
  });

  it.each([
    [['src/app.ts:nope'], "src/app.ts exports no 'nope'."],
    [['--host', '192.0.2.7'], '192.0.2.7 is no address of this machine'],
    [['src/lost.ts'], 'There is no file src/lost.ts.'],
  ])('%j is told without a trace', async (args, message) => {
    await using server = dev(...args);
    await server.says(message);
    await server.end();
    expect(server.output).not.toMatch(/^\s+at /m);
  });
});
