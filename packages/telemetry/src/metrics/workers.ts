import type { Told } from './exposition';

/** What the supervisor of `vivace run --workers` passes on, and gives back. */
interface Asked {
  readonly kind: 'tell';
  readonly id: number;
  readonly topic: string;
}
interface AllTold {
  readonly kind: 'told';
  readonly id: number;
  readonly answers: readonly Told[];
  readonly silent: number;
}

const TOPIC = 'metrics';
/** Milliseconds beyond those that the supervisor waits for the others. */
const PATIENCE = 2000;

let count = 0;

/** Asks all workers by the supervisor; undefined where there is none. */
export async function askWorkers(): Promise<
  { readonly told: readonly Told[]; readonly silent: number } | undefined
> {
  if (process.env['VIVACE_WORKER'] === undefined || process.send === undefined) return undefined;
  count += 1;
  const id = count;
  const { promise, resolve } = Promise.withResolvers<AllTold | undefined>();
  const hear = (message: unknown): void => {
    if (isOf<AllTold>(message, 'told') && message.id === id) resolve(message);
  };
  process.on('message', hear);
  const timer = setTimeout(() => resolve(undefined), PATIENCE);
  try {
    process.send({ kind: 'ask', id, topic: TOPIC });
    const all = await promise;
    return all && { told: all.answers, silent: all.silent };
  } finally {
    clearTimeout(timer);
    process.off('message', hear);
  }
}

/**
 * Tells the supervisor when it asks.
 *
 * @returns ends it
 */
export function answerSupervisor(text: () => Promise<string>): () => void {
  if (process.env['VIVACE_WORKER'] === undefined) return () => undefined;
  const hear = (message: unknown): void => {
    if (!isOf<Asked>(message, 'tell') || message.topic !== TOPIC) return;
    const { id } = message;
    // Without an answer it counts as silent.
    text().then(
      (told) => process.connected && process.send?.({ kind: 'answer', id, text: told }),
      () => undefined,
    );
  };
  process.on('message', hear);
  return () => void process.off('message', hear);
}

function isOf<M extends { readonly kind: string }>(
  message: unknown,
  kind: M['kind'],
): message is M {
  return (message as { readonly kind?: unknown } | null)?.kind === kind;
}
