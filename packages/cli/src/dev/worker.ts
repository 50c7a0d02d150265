import { createRequire } from 'node:module';
import { join } from 'node:path';
import { tell } from '../terminal/tell';
import { DOCS } from './addresses';
import { surviveRejections } from '../run/rejections';
import { serve, type ServeOptions } from '../run/serve';

/** What the development server says to a process. */
export type Order =
  { readonly do: 'listen'; readonly options: ServeOptions } | { readonly do: 'leave' };
/** What it answers. */
export type Report =
  | { readonly is: 'ready'; readonly url: string | null; readonly documented: boolean }
  | { readonly is: 'failed'; readonly portIsHeld: boolean };

/** Loaded before there is anything to run, while the last version still serves. */
const PRELOADED = ['reflect-metadata', 'vivace', 'class-validator', 'class-transformer'];

const report = (text: Report, then = (): void => {}): void => void process.send?.(text, then);

async function work(options: ServeOptions): Promise<void> {
  const server = await serve(options, false);
  process.on('message', (order: Order) => {
    if (order.do === 'leave')
      void (server?.close() ?? Promise.resolve()).finally(() => process.exit(0));
  });
  if (server !== undefined) surviveRejections(server.fastify.log);
  report({
    is: 'ready',
    url: server?.url ?? null,
    documented: server?.fastify.hasRoute({ method: 'GET', url: DOCS }) ?? true,
  });
}

/** Whether somebody else listens there. */
function isHeld(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE'
  );
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.once('disconnect', () => process.exit(0));
process.once('message', (order: Order) => {
  if (order.do !== 'listen') return process.exit(0);
  work(order.options).catch((error: unknown) => {
    tell(error);
    report({ is: 'failed', portIsHeld: isHeld(error) }, () => process.exit(1));
  });
});

const load = createRequire(join(process.cwd(), 'package.json'));
for (const name of PRELOADED) {
  try {
    load(name);
  } catch {
    // Not a dependency of this project.
  }
}
