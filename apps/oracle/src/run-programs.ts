import type { Vivace } from 'vivace';
import type { Answer, Behaviour, Operation, Program, Request } from './description';
import { jsonOf } from './json';
import { runSubjects } from './subjects';

async function behaviourOf(program: Program, load: () => { app: Vivace }): Promise<Behaviour> {
  try {
    const { app } = load();
    await using server = await app.build({ responseModels: 'written' });
    const answers: Answer[][] = [];
    for (const operation of program.operations) {
      const group: Answer[] = [];
      for (const request of operation.requests)
        group.push(await answerOf(server.fastify, operation, request));
      answers.push(group);
    }
    return { answers, document: await app.openapi({ responseModels: 'written' }) };
  } catch (error) {
    return { boot: error instanceof Error ? error.message : String(error) };
  }
}

/** What is injected has headers of its own, which an issue shows among those that were sent. */
function withoutOwnHeaders(name: string, value: unknown): unknown {
  if (name === 'set' && Array.isArray(value))
    return value.filter((each) => each !== 'host' && each !== 'user-agent');
  const isOwn =
    (name === 'user-agent' && value === 'lightMyRequest') ||
    (name === 'host' && value === 'localhost:80');
  return isOwn ? undefined : value;
}

type Fastify = Awaited<ReturnType<Vivace['build']>>['fastify'];

async function answerOf(
  fastify: Fastify,
  { method }: Operation,
  { url, headers = [], body }: Request,
): Promise<Answer> {
  const { statusCode, payload } = await fastify.inject({
    method,
    url,
    headers: headersOf(headers),
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: statusCode, body: jsonOf(payload, withoutOwnHeaders) };
}

/** Several of one name are a list. */
function headersOf(headers: NonNullable<Request['headers']>): Record<string, string | string[]> {
  const byName = Map.groupBy(headers, ([name]) => name.toLowerCase());
  return Object.fromEntries(
    Array.from(byName, ([name, all]) => {
      const values = all.map(([, value]) => value);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}

void runSubjects(behaviourOf);
