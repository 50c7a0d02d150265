import type { Marks } from '../compile/runtime';
import { Secret } from '../declare/secret';
import type { Operation } from '../model/model';
import type { Response } from '../responses/response';

/** A request whose guards have agreed and whose inputs are known; its handler has not run. */
export interface ReplayRequest {
  readonly operation: Operation;
  /** All that the answer depends on, as text: equal texts have equal answers. */
  readonly inputs: string;
  /** Who asks, as text: the credentials of all guards. */
  readonly caller: string;
  /** A sign of what the body says. */
  body(): Promise<string>;
}

/** Gives an answer again, or lets the handler make one. */
export type Replay = (asked: ReplayRequest, next: () => Promise<Response>) => Promise<Response>;

/** Values that were sent, as text. */
export function textOf(values: Marks['inputs']): string {
  return JSON.stringify(values, plain);
}

/** JSON would hide a secret, and what stands in collections. */
function plain(this: Readonly<Record<string, unknown>>, key: string, written: unknown): unknown {
  const value = this[key];
  if (value instanceof Secret) return value.reveal();
  if (value instanceof Map || value instanceof Set) return [...value];
  return typeof value === 'bigint' ? `${value}n` : written;
}
