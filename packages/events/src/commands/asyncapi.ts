import type { OpenAPIDocument, SchemaObject } from 'vivace/openapi';
import type { DeclaredGroup } from '../declared';
import type { EventDocument } from './documents';

/** Those of all events. */
const HEADERS = {
  type: 'object',
  properties: {
    'event-id': { type: 'string', description: 'The same for each delivery.' },
    'event-type': { type: 'string', description: 'Tells the classes of one topic apart.' },
    'event-version': { type: 'string', pattern: '^[0-9]+$' },
    'event-time': { type: 'string', format: 'date-time' },
    'content-type': { const: 'application/json' },
    traceparent: { type: 'string', description: 'The trace of who published it.' },
  },
  required: ['event-id', 'event-type', 'event-version', 'event-time', 'content-type'],
};

/** The document of all events, by AsyncAPI 3. */
export function asyncApi(
  { title, version }: OpenAPIDocument['info'],
  events: readonly EventDocument[],
  groups: readonly DeclaredGroup[],
): object {
  const schemas: Record<string, unknown> = {};
  const messages = Object.fromEntries(
    events.map((event) => [`${event.topic}.${event.name}`, messageOf(event, schemas)]),
  );
  const topics = Map.groupBy(events, ({ topic }) => topic);
  return {
    asyncapi: '3.0.0',
    info: { title, version },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      [...topics].map(([topic, own]) => [
        topic,
        {
          address: topic,
          messages: Object.fromEntries(
            own.map(({ name }) => [name, { $ref: `#/components/messages/${topic}.${name}` }]),
          ),
        },
      ]),
    ),
    operations: {
      ...Object.fromEntries(
        [...topics.keys()].map((topic) => [`send.${topic}`, operationOf('send', topic)]),
      ),
      ...Object.fromEntries(
        groups.flatMap(({ group, topics: read }) =>
          read.map((topic) => [
            `${group}.${topic}`,
            { ...operationOf('receive', topic), title: `The group ${group}` },
          ]),
        ),
      ),
    },
    components: { messages, ...(Object.keys(schemas).length > 0 && { schemas }) },
  };
}

function operationOf(action: 'send' | 'receive', topic: string): object {
  return { action, channel: { $ref: `#/channels/${topic}` } };
}

/** Named types of the payload stand in the document, where its references are looked for. */
function messageOf(
  { topic, name, version, written }: EventDocument,
  schemas: Record<string, unknown>,
): object {
  const { $defs = {}, ...payload } = written as SchemaObject & { $defs?: Record<string, unknown> };
  const place = `${topic}.${name}.`;
  const moved = <T>(schema: T): T =>
    JSON.parse(
      JSON.stringify(schema).replaceAll('"#/$defs/', `"#/components/schemas/${place}`),
    ) as T;
  for (const [key, schema] of Object.entries($defs)) schemas[place + key] = moved(schema);
  return {
    name,
    title: `${name}, version ${version}`,
    contentType: 'application/json',
    headers: HEADERS,
    payload: moved(payload),
  };
}
