import type { Exchange, RecordedRequest } from './recording';
import type { Answer } from './answer';

/** Fills values of a request from earlier answers: `Bearer {{exchanges/5/response/body/json/access_token}}`. */
export function bound(exchange: Exchange, answers: ReadonlyMap<number, Answer>): RecordedRequest {
  const request = structuredClone(exchange.request) as unknown as Mutable;
  for (const [path, template] of Object.entries(exchange.bind ?? {})) {
    const value = template.replace(/\{\{([^}]+)\}\}/g, (_, reference: string) =>
      String(lookUp(reference.split('/'), answers)),
    );
    const keys = path.split('/').slice(2);
    const holder = keys.slice(0, -1).reduce<unknown>(step, request);
    const last = keys.at(-1) ?? '';
    const pair = Array.isArray(holder)
      ? (holder as unknown[][]).find((item) => Array.isArray(item) && item[0] === last)
      : undefined;
    if (pair) pair[1] = value;
    else (holder as Mutable)[last] = value;
    if (keys[0] === 'body' && keys[1] !== 'raw') delete (request.body as Mutable).raw;
  }
  return request as unknown as RecordedRequest;
}

type Mutable = Record<string, unknown>;

function lookUp(
  [, index, , ...path]: readonly string[],
  answers: ReadonlyMap<number, Answer>,
): unknown {
  const answer = answers.get(Number(index));
  if (!answer) throw new Error(`exchange ${index} has no answer to take a value from`);
  const text = answer.body.toString();
  return path.reduce<unknown>(step, {
    status: answer.status,
    headers: answer.headers,
    body: { text, json: path[1] === 'json' ? JSON.parse(text) : undefined },
  });
}

/** One key further; in a list of pairs the name of a pair stands for its index. */
function step(value: unknown, key: string): unknown {
  const pair = Array.isArray(value)
    ? (value as unknown[]).find((item) => Array.isArray(item) && item[0] === key)
    : undefined;
  return pair ? (pair as unknown[])[1] : (value as Mutable | undefined)?.[key];
}
