import type { Json, Operation, Program, Request, Slot } from '../description';
import type { Draw } from './draw';
import type { Types } from './types';

const JSON_TYPE: readonly [string, string] = ['content-type', 'application/json'];
const REQUESTS = 10;

export function programOf({ models, enums }: Types, operations: readonly Operation[]): Program {
  return { models, enums, operations };
}

/** An operation with some requests, each drawn anew. */
export function operationOf(
  draw: Draw,
  inputs: Operation['inputs'],
  request: () => Request,
  more: Partial<Operation> = {},
): Operation {
  const requests = draw.many(REQUESTS, REQUESTS, request);
  return {
    name: 'op',
    method: 'POST',
    path: '/op',
    inputs: optionalLast(inputs),
    requests,
    ...more,
  };
}

/** As TypeScript wants it. */
export function optionalLast<T extends Slot>(inputs: readonly T[]): readonly T[] {
  return inputs.toSorted((a, b) => Number(a.optional ?? false) - Number(b.optional ?? false));
}

export function posted(value: Json): Request & { readonly body: string } {
  return { url: '/op', headers: [JSON_TYPE], body: JSON.stringify(value) };
}

/** The texts of a value in a query, a header or a form: a list is several. */
export function textsOf(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (value === null) return [''];
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}
