import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Class } from 'vivace';
import type { Context } from '../src/commands/actions';
import { settingsOf } from '../src/opening/options';
import { withDatabase } from '../src/opening/target';
import { TestServer } from '../src/testing/server';

let server: TestServer;
const kept = process.env['DATABASE_URL'];

beforeAll(async () => {
  server = await TestServer.open();
});
afterAll(async () => {
  if (kept === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = kept;
  await server[Symbol.asyncDispose]();
});

/** A project with an empty database, and what its commands say. */
export class ProjectOfTest implements AsyncDisposable {
  readonly root = mkdtempSync(join(tmpdir(), 'vivace-migrations-'));
  readonly said: string[] = [];
  readonly name = `migrations_${process.pid}_${Math.random().toString(36).slice(2)}`;
  readonly url = withDatabase(server.url, this.name);

  static async open(): Promise<ProjectOfTest> {
    const project = new ProjectOfTest();
    await server.run(`create database ${project.name}`);
    process.env['DATABASE_URL'] = project.url;
    return project;
  }
  with(...entities: Class[]): Context {
    return {
      root: this.root,
      production: false,
      settings: settingsOf({ entities }),
      print: (line) => void this.said.push(line),
    };
  }
  async query(text: string): Promise<unknown[]> {
    const client = new Client(this.url);
    await client.connect();
    try {
      return (await client.query<object>(text)).rows;
    } finally {
      await client.end();
    }
  }
  migrations(): string[] {
    return readdirSync(join(this.root, 'migrations')).filter((file) => file.endsWith('.ts'));
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await server.drop(this.name);
    rmSync(this.root, { recursive: true });
  }
}
