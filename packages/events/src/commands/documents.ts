import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  const files = filesOf(join(root, folder));
  const lines = files.flatMap((file) => {
    const before = documentIn(join(root, folder, file));
    if (before === undefined) return [`${join(folder, file)}: it is not what \`schema\` writes`];
    const facts = now.get(file);
    const after = facts && documentOf(facts);
    return changesOf(before, after, facts?.upgrade !== undefined).map(
      (line) => `${before.topic}/${before.name}: ${line}`,
    );
  });
  // A folder of another name would find no change for ever.
  if (files.length === 0 && now.size > 0)
    lines.push(`${folder} has no events to compare with: vivace events schema writes them`);
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

function filesOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith('.json') && name !== DOCUMENT);
}

/** Undefined where somebody else has written it, or a merge. */
function documentIn(file: string): EventDocument | undefined {
  try {
    const document = JSON.parse(readFileSync(file, 'utf8')) as Partial<EventDocument> | null;
    return document?.written && document.read && (document as EventDocument);
  } catch {
    return undefined;
  }
}
