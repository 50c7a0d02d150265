import { randomBytes } from 'node:crypto';
import { Closing } from 'vivace/extend';
import type { DatabaseSettings } from '../opening/options';
import { withDatabase } from '../opening/target';
import { TestServer } from './server';
import { ensureTemplate } from './template';

/** A database of a test, which is gone after it. */
export interface Copy extends AsyncDisposable {
  readonly url: string;
}

const templates = new WeakMap<DatabaseSettings, Promise<string>>();

/** Makes a database with the tables of a program, and nothing in them. */
export async function openCopy(settings: DatabaseSettings): Promise<Copy> {
  await using closing = new Closing();
  const server = closing.use(await TestServer.open());
  const known = templates.get(settings) ?? ensureTemplate(server, settings);
  templates.set(settings, known);
  const name = `vivace_copy_${process.pid}_${randomBytes(6).toString('hex')}`;
  await server.copy(name, await known);
  const opened = closing.move();
  opened.defer(() => server.drop(name));
  return {
    url: withDatabase(server.url, name),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
