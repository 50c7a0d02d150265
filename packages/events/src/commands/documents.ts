import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Vivace } from 'vivace';
import { jsonSchema, type SchemaObject } from 'vivace/openapi';
import { checkEvents } from '../consume/checks';
import { declaredGroups } from '../declared';
import { knownEvents, type EventFacts } from '../event/event';
import { asyncApi } from './asyncapi';
import type { Report } from './commands';
import { changesOf } from './compatibility';

/** What is kept of an event, to compare it with what it is later. */
export interface EventDocument {
  readonly topic: string;
  readonly name: string;
  readonly version: number;
  /** What is published. */
  readonly written: SchemaObject;
  /** What consumers take. */
  readonly read: SchemaObject;
}

const DOCUMENT = 'asyncapi.json';

/** Writes a file for each event, and the document of all. */
export async function writeDocuments(
  application: Vivace,
  root: string,
  folder: string,
): Promise<Report> {
  const events = documents();
  const { info } = await application.openapi();
  const target = join(root, folder);
  mkdirSync(target, { recursive: true });
  const files = new Map<string, unknown>([
    ...events.map((event) => [fileOf(event), event] as const),
    [DOCUMENT, asyncApi(info, events, declaredGroups())],
  ]);
  for (const [name, content] of files)
    writeFileSync(join(target, name), `${JSON.stringify(content, undefined, 2)}\n`);
  return { lines: [...files.keys()].map((name) => join(folder, name)) };
}

/** Compares the events with what was written last. */
export function checkDocuments(root: string, folder: string): Promise<Report> {
  const now = new Map(knownEvents().map((facts) => [fileOf(facts), facts]));
  const lines = kept(join(root, folder)).flatMap(([file, before]) => {
    const facts = now.get(file);
    const after = facts && documentOf(facts);
    return changesOf(before, after, facts?.upgrade !== undefined).map(
      (line) => `${before.topic}/${before.name}: ${line}`,
    );
  });
  return Promise.resolve(
    lines.length === 0
      ? { lines: ['All events can be read, by old consumers and by new ones.'] }
      : { lines, failed: true },
  );
}

/** Those of all classes that the program has loaded. */
function documents(): readonly EventDocument[] {
  checkEvents(knownEvents());
  return knownEvents().map(documentOf);
}

function documentOf({ type, topic, name, version }: EventFacts): EventDocument {
  return {
    topic,
    name,
    version,
    written: jsonSchema(type, { mode: 'output' }),
    read: jsonSchema(type, { mode: 'input' }),
  };
}

function fileOf({ topic, name }: Pick<EventFacts, 'topic' | 'name'>): string {
  return `${topic}.${name}.json`;
}

function kept(folder: string): readonly (readonly [string, EventDocument])[] {
  let files: readonly string[];
  try {
    files = readdirSync(folder);
  } catch {
    return [];
  }
  return files
    .filter((name) => name.endsWith('.json') && name !== DOCUMENT)
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as EventDocument]);
}
