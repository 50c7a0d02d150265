import type { ServeOptions } from './serve';

/** A message to a worker from the process that started it. */
export type WorkerCommand =
  | { readonly kind: 'listen'; readonly options: ServeOptions }
  | { readonly kind: 'refuse-connections' }
  | { readonly kind: 'leave' };

/**
 * A message from a worker to its supervisor: `failing` asks for a replacement, `holding` answers
 * `refuse-connections` with the number of connections that it has taken since it holds its requests.
 */
export type WorkerReport =
  | { readonly kind: 'ready' | 'alive' | 'failing' }
  | { readonly kind: 'holding'; readonly taken: number };

export function report(message: WorkerReport): void {
  if (process.connected) process.send?.(message);
}

/**
 * Whether a message is one of these kinds: a program may send messages of its own to a process
 * manager.
 */
export function isOfKind<M extends { readonly kind: string }>(
  message: unknown,
  ...kinds: readonly M['kind'][]
): message is M {
  return (
    typeof message === 'object' &&
    message !== null &&
    kinds.includes((message as { readonly kind?: string }).kind ?? '')
  );
}
