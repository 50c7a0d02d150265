import type { ServeOptions } from './serve';

/** A message to a worker from the process that started it. */
export type WorkerCommand =
  | { readonly kind: 'listen'; readonly options: ServeOptions }
  | { readonly kind: 'refuse-connections' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'tell'; readonly id: number; readonly topic: string }
  | {
      readonly kind: 'told';
      readonly id: number;
      readonly answers: readonly { readonly worker: number; readonly text: string }[];
      readonly silent: number;
    };

/**
 * A message from a worker to its supervisor: `failing` asks for a replacement, `holding` answers
 * `refuse-connections`, `ask` wants to know something of all workers, and `answer` tells it after `tell`.
 */
export type WorkerReport =
  | { readonly kind: 'ready' | 'alive' | 'failing' | 'holding' }
  | { readonly kind: 'ask'; readonly id: number; readonly topic: string }
  | { readonly kind: 'answer'; readonly id: number; readonly text: string };

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
