import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openEmbedded, type EmbeddedServer } from '../../sql/src/embedded/embedded';
import { describeWithRedis, freePort, RedisServer, until } from './redis-server';

const repository = join(__dirname, '../../..');

/** A program as its build leaves it: what is cached is counted in Redis, so that both processes count together. */
const APP = `
const { Vivace, dependency, int } = require('vivace');
const { rateLimit } = require('vivace/middleware');
const { setTimeout: delay } = require('node:timers/promises');
const { Cache, Redis, redis } = require('@vivace/redis');
const { database } = require('@vivace/sql');

const parts = {};
const wanted = process.env.WANTED === 'cache' ? { cache: Cache } : { cache: Cache, client: Redis };
const grab = dependency(wanted, (given) => void Object.assign(parts, given), { lifetime: 'singleton' });
const pid = String(process.pid);
exports.app = new Vivace({
  types: 'decorators',
  docs: false,
  middleware: [rateLimit({ limit: 100, seconds: 600, name: 'all', key: (request) => (request.path === '/limited' ? 'limited' : String(Math.random())) })],
  extensions: [
    redis({ timeouts: { connect: 60000, command: 60000 } }),
    ...(process.env.DATABASE_URL ? [database({ entities: [] })] : []),
    ...(process.env.WANTED ? [{ name: 'grab', singletons: [grab] }] : []),
  ],
}).plugin((fastify) => {
  fastify.get('/limited', async () => pid);
  fastify.get('/cold', async () => {
    const made = await parts.cache.of(int, 'cold', { seconds: 600 }, async () => {
      await delay(300);
      return parts.client.incr('made');
    });
    return pid + ' ' + made;
  });
});
`;
const place = mkdtempSync(join(realpathSync(tmpdir()), 'vivace-redis-'));
beforeAll(() => {
  mkdirSync(join(place, 'dist'));
  writeFileSync(join(place, 'package.json'), '{ "name": "shop" }');
  writeFileSync(join(place, 'dist/app.js'), APP);
  symlinkSync(join(repository, 'node_modules'), join(place, 'node_modules'), 'junction');
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** `vivace run --workers 2`. */
class Program implements AsyncDisposable {
  output = '';
  readonly ended: Promise<unknown>;

  private constructor(
    readonly process: ChildProcess,
    readonly url: string,
  ) {
    this.ended = once(process, 'close');
    for (const stream of [process.stdout, process.stderr])
      stream?.on('data', (text) => (this.output += String(text)));
  }

  static async run(env: Readonly<Record<string, string>>): Promise<Program> {
    const port = await freePort();
    const {
      NODE_ENV: _,
      JEST_WORKER_ID: __,
      REDIS_URL: ___,
      DATABASE_URL: ____,
      ...own
    } = process.env;
    const args = [
      'run',
      'dist/app.js',
      '--workers',
      '2',
      '--host',
      '127.0.0.1',
      '--port',
      `${port}`,
    ];
    return new Program(
      spawn(process.execPath, [join(repository, 'node_modules/.bin/vivace'), ...args], {
        cwd: place,
        env: { ...own, ...env },
      }),
      `http://127.0.0.1:${port}`,
    );
  }

  async listens(): Promise<void> {
    await until(() => {
      if (this.process.exitCode !== null) throw new Error(this.output);
      return this.output.split('Server listening').length > 2;
    });
  }

  /** Each request on a connection of its own, so that both processes answer. */
  async ask(path: string, times: number): Promise<readonly { status: number; text: string }[]> {
    return Promise.all(
      Array.from({ length: times }, async () => {
        const answer = await fetch(this.url + path, { headers: { connection: 'close' } });
        return { status: answer.status, text: await answer.text() };
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill('SIGTERM');
    await this.ended;
  }
}

const passed = (answers: readonly { status: number }[]) =>
  answers.filter(({ status }) => status === 200).length;
const processes = (answers: readonly { text: string }[]) =>
  new Set(answers.map(({ text }) => text.split(' ')[0])).size;

describeWithRedis('two workers with Redis', () => {
  it('let exactly 100 requests through together, and 200 callers of one cold key have it made once', async () => {
    await using server = await RedisServer.start();
    await using program = await Program.run({ REDIS_URL: server.url, WANTED: 'all' });
    await program.listens();
    const answers = await program.ask('/cold', 200);
    expect(passed(answers)).toBe(200);
    expect(processes(answers)).toBe(2);
    expect(new Set(answers.map(({ text }) => text.split(' ')[1]))).toEqual(new Set(['1']));
    expect(passed(await program.ask('/limited', 300))).toBe(100);
  });
});

describe('two workers without Redis', () => {
  it('do not start where they count requests', async () => {
    await using program = await Program.run({});
    await program.ended;
    expect(program.output).toContain('[STORE_IN_CLUSTER]');
  });

  describe('beside a database', () => {
    let database: EmbeddedServer;
    let url: string;
    beforeAll(async () => {
      database = await openEmbedded(repository, 'test');
      const address = new URL(database.url);
      const client = new Client(database.url);
      await client.connect();
      address.pathname = `redis_workers_${process.pid}`;
      await client.query(`create database ${address.pathname.slice(1)}`);
      await client.end();
      url = address.href;
    });
    afterAll(() => database.release());

    it('count requests together', async () => {
      await using program = await Program.run({ DATABASE_URL: url, NODE_ENV: 'development' });
      await program.listens();
      const answers = await program.ask('/limited', 300);
      expect(passed(answers)).toBe(100);
    });

    it('do not start where something injects a cache', async () => {
      await using program = await Program.run({
        DATABASE_URL: url,
        NODE_ENV: 'development',
        WANTED: 'cache',
      });
      await program.ended;
      expect(program.output).toContain('[REDIS_IN_CLUSTER] redis(): Cache is injected');
    });
  });
});
