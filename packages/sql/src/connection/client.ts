import { tracingChannel } from 'node:diagnostics_channel';
import { Client, type ClientConfig } from 'pg';
import { DatabaseFrozen, statementFailure } from './failure';

/** Is told of each statement when it has ended: its text, without values, and its milliseconds. */
export type StatementListener = (text: string, milliseconds: number) => void;

type Query = Client['query'];

/** What `vivace:statement` publishes, a tracing channel of `node:diagnostics_channel`: what runs, without values. */
interface StatementMessage {
  readonly text: string;
}

const statements = tracingChannel<unknown, StatementMessage>('vivace:statement');

/**
 * Connections whose errors say whether they broke, and whose statements are told to a listener.
 *
 * @param urls where they lead to, in turn
 * @param prepares false: what a statement is prepared on may be another connection the next time, as
 *   behind a proxy of connections
 */
export function statementClient(
  urls: readonly string[],
  listener: StatementListener,
  prepares = true,
): typeof Client {
  let made = 0;
  return class StatementClient extends Client {
    constructor(config: ClientConfig) {
      super({ ...config, connectionString: urls[made++ % urls.length]!, pipeline: true });
    }

    override query = this.#query as Query;

    #query(...args: Parameters<Query>): unknown {
      const [statement] = args;
      if (!statements.hasSubscribers || isCursor(statement)) return this.#told(...args);
      const told = (): Promise<unknown> => this.#told(...args) as Promise<unknown>;
      return statements.tracePromise(told, { text: textOf(statement) });
    }

    #told(...args: Parameters<Query>): unknown {
      const began = performance.now();
      const sent: unknown = super.query(...(prepares ? args : unnamed(args)));
      if (!(sent instanceof Promise)) return sent;
      return sent.then(
        (result: unknown) => {
          listener(textOf(args[0]), performance.now() - began);
          return result;
        },
        (error: unknown) => {
          listener(textOf(args[0]), performance.now() - began);
          const failure = statementFailure(error);
          // It still runs there: nobody else may get this connection.
          if (failure instanceof DatabaseFrozen) void this.end().catch(() => undefined);
          throw failure;
        },
      );
    }
  };
}

function unnamed(args: Parameters<Query>): Parameters<Query> {
  const [statement, ...others] = args as [unknown, ...unknown[]];
  const isNamed = typeof statement === 'object' && statement !== null && 'name' in statement;
  return [isNamed ? { ...statement, name: undefined } : statement, ...others] as never;
}

/** One reads by itself, and is no promise. */
function isCursor(statement: string | object): boolean {
  return typeof statement === 'object' && 'submit' in statement;
}

function textOf(statement: string | { readonly text: string }): string {
  return typeof statement === 'string' ? statement : statement.text;
}
