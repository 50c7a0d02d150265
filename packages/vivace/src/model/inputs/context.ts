import {
  BackgroundTasks,
  Reply,
  Request,
  Rooms,
  SecurityScopes,
  WebSession,
  WebSocket,
} from '../../declare/context-classes';
import type { Class } from '../../declare/class';
import { Occasion } from '../../declare/occasion';
import type { ContextInput } from '../node';

export type ContextKind = ContextInput['of'];

export const AbortSignalType: Class = AbortSignal;

const CONTEXTS: ReadonlyMap<Class, ContextKind> = new Map<Class, ContextKind>([
  [Request, 'request'],
  [Reply, 'reply'],
  [WebSocket, 'socket'],
  [BackgroundTasks, 'tasks'],
  [SecurityScopes, 'scopes'],
  [Rooms, 'rooms'],
  [WebSession, 'session'],
  [AbortSignalType, 'signal'],
  [Occasion, 'occasion'],
]);

/** The part of a request that a class stands for. */
export function contextOf(type: unknown): ContextKind | undefined {
  return CONTEXTS.get(type as Class);
}

/** The scopes that the way from the operation to a dependency requires. */
export class RequiredScopes extends SecurityScopes {
  readonly scopes: readonly string[];

  constructor(scopes: readonly string[]) {
    super();
    this.scopes = Object.freeze([...scopes]);
    Object.freeze(this);
  }

  override toString(): string {
    return this.scopes.join(' ');
  }
}
