import type { FastifyBaseLogger } from 'fastify';
import type { Occasion } from 'vivace/extend';
import type { SessionNotices } from '../session/notices';
import { Session } from '../session/session';
import { statementShape } from './statement-shape';
import { operationNow } from './statement-watch';

/** Warns in development of what a program may not mean; each once. */
export class ProgramNotices implements SessionNotices {
  readonly #log: () => FastifyBaseLogger | undefined;
  readonly #told = new Set<unknown>();

  constructor(log: () => FastifyBaseLogger | undefined) {
    this.#log = log;
  }

  atOnce(text: string): void {
    const operation = operationNow();
    const statement = statementShape(text);
    if (!this.#isNew(`at once ${operation} ${statement}`)) return;
    this.#log()?.warn(
      { operation, statement },
      `${operation ?? 'A transaction'} sent a statement while another one ran: a session has one connection, and ` +
        'where one of them fails, so do all. Write instead: await each before the next, ' +
        'or a Reader for what only reads',
    );
  }

  byLibrary(entity: string): void {
    const operation = operationNow();
    if (!this.#isNew(`by library ${operation} ${entity}`)) return;
    this.#log()?.debug(
      { operation, entity },
      `${entity} was read by MikroORM: one statement cannot say what was asked for`,
    );
  }

  /** What lives as long as a socket gives rows as it has first read them. */
  opened({ kind, handler }: Occasion): void {
    if (kind !== 'socket' || handler === undefined || !this.#isNew(handler.type)) return;
    const injected = Reflect.getMetadata('design:paramtypes', handler.type) as unknown;
    if (!Array.isArray(injected) || !injected.includes(Session)) return;
    const { name } = handler.type;
    this.#log()?.warn(
      `The Session in the constructor of ${name} lives as long as the socket of ${name}.${handler.method}, and so do ` +
        'the rows that it has read. Write instead: a Reader for what only reads, or a Session as a ' +
        'parameter of the method, with db.transactional(…) and db.clear()',
    );
  }

  #isNew(what: unknown): boolean {
    const isNew = !this.#told.has(what);
    this.#told.add(what);
    return isNew;
  }
}
