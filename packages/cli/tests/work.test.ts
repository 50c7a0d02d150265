import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';
import { ask, freePort, run, start, until, type Running } from './running';

const APP = `
const { Vivace } = require('vivace');
const { declareEntry } = require('vivace/extend');
const { setTimeout: delay } = require('node:timers/promises');
class Billing {
  async bill() { await delay(200); }
}
class Mails {
  async send() { await delay(200); }
}
declareEntry({ kind: 'job', target: Billing, method: 'bill', options: {} });
declareEntry({ kind: 'job', target: Mails, method: 'send', options: {} });
const jobs = {
  name: 'jobs',
  entries: [Billing, Mails],
  async work({ entries }) {
    const begun = entries.map((entry) => entry.call(undefined));
    console.log(process.pid + ' works on ' + entries.map(({ name }) => name).join(' and '));
    return {
      idle: () => Promise.all(begun),
      async stop() {
        await Promise.all(begun);
        console.log('finished');
      },
    };
  },
};
exports.app = new Vivace({ types: 'decorators', docs: false, extensions: [jobs] }).plugin((fastify) => {
  fastify.get('/pid', async () => String(process.pid));
});
`;
const place = folder({
  'package.json': '{ "name": "shop" }',
  'dist/app.js': APP,
  'dist/main.js': "require('./app.js').app.listen();",
});
const ALL = 'works on Billing.bill and Mails.send';
const PORT = ['--host', '127.0.0.1', '--port'];

beforeAll(() =>
  symlinkSync(
    join(__dirname, '../../../node_modules'),
    join(place.path, 'node_modules'),
    'junction',
  ),
);
afterAll(() => place[Symbol.dispose]());

function work(...args: readonly string[]): Running {
  return run(place.path, ['work', 'dist/app.js', ...PORT, '0', ...args]);
}

describe('vivace work', () => {
  it('works, answers what is asked of its health alone, and finishes what it has begun', async () => {
    const port = await freePort();
    await using working = run(place.path, ['work', 'dist/app.js', '--host', '127.0.0.1'], {
      WORK_PORT: String(port),
    });
    await working.says(ALL);
    const answer = (path: string): Promise<string> => ask(`http://127.0.0.1:${port}${path}`);
    expect(await answer('/livez')).toBe('{"status":"ok"}');
    expect(await answer('/readyz')).toContain('"jobs":"ok"');
    expect(await answer('/pid')).toBe('{"detail":"Not Found"}');
    expect(await working.end()).toBe(0);
    expect(working.output).toContain('finished');
  });

  it('works on some entries only, and says which there are', async () => {
    await using working = work('--only', 'Mails');
    await working.says('works on Mails.send');
    await using wrong = work('--only', 'Billing.bill,Mial');
    expect(await wrong.ended).toBe(1);
    expect(wrong.output).toContain("There is no entry 'Mial' to work on.");
    expect(wrong.output).toContain('some of Billing, Mails');
    expect(wrong.output).not.toMatch(/^\s+at /m);
  });

  it('is several processes, of which one that dies is replaced', async () => {
    await using working = work('--workers', '2');
    const workers = (): readonly string[] =>
      [...working.output.matchAll(/^(\d+) works on/gm)].map(([, pid]) => pid!);
    await until(workers, ({ length }) => length === 2, 'two workers');
    process.kill(Number(workers()[0]), 'SIGKILL');
    await until(workers, ({ length }) => length === 3, 'another worker');
    expect(await working.end()).toBe(0);
    expect(working.output.match(/^finished$/gm)).toHaveLength(2);
  });

  it('is what --work makes of the program itself', async () => {
    const port = await freePort();
    await using working = start(['dist/main.js', '--work'], place.path, {
      WORK_PORT: String(port),
    });
    await working.says(ALL);
    expect(await ask(`http://127.0.0.1:${port}/pid`)).toBe('{"detail":"Not Found"}');
  });
});

describe('vivace run', () => {
  const serve = (port: number, args: readonly string[], env = {}): Running =>
    run(place.path, ['run', 'dist/app.js', ...PORT, String(port), ...args], env);

  it('works too', async () => {
    const port = await freePort();
    await using server = serve(port, []);
    await server.says(ALL);
    expect(await ask(`http://127.0.0.1:${port}/pid`)).toMatch(/^\d+$/);
  });

  it.each([
    ['--no-work', ['--no-work'], {}],
    ['WORK=false', [], { WORK: 'false' }],
  ])('leaves work to others with %s', async (_, args, env) => {
    const port = await freePort();
    await using server = serve(port, args, env);
    await server.says('Server listening');
    expect(await ask(`http://127.0.0.1:${port}/pid`)).toMatch(/^\d+$/);
    expect(await server.end()).toBe(0);
    expect(server.output).not.toContain('works on');
  });
});
