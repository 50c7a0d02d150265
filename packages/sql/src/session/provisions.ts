import { dependency, provide, type Dependency, type Provision } from 'vivace';
import { AfterCommit, Occasion } from 'vivace/extend';
import type { Class } from 'vivace';
import type { OpenDatabase } from './open-database';
import { OpenSession } from './open-session';
import { Reader } from './reader';
import { explained } from './explained';
import { Session } from './session';
import { current, transactionOf } from './transaction';

/**
 * What stands for `Session` and `Reader` in an application.
 *
 * @param opened the database, open
 */
export function sessionProvisions(opened: Dependency<OpenDatabase>): readonly Provision[] {
  const session = dependency(
    { opened, occasion: Occasion, signal: AbortSignal as Class<AbortSignal> },
    async function* ({ opened: database, occasion, signal }): AsyncGenerator<OpenSession> {
      const { readsOnly, lasts, handler } = occasion;
      const transaction = handler && transactionOf(handler.type, handler.method);
      database.notices?.opened(occasion);
      const session = OpenSession.of(database);
      if (transaction?.retries !== undefined) current.enterWith(session);
      session.open(database, { isPlain: readsOnly, lasts, transaction });
      using _ = ending(session, signal);
      try {
        yield session;
        await session.close();
      } catch (error) {
        await session.abandon();
        throw error;
      }
    },
    { name: 'session', explain: explained },
  );
  const reader = dependency(
    { opened, signal: AbortSignal as Class<AbortSignal> },
    async function* ({ opened: database, signal }) {
      const session = OpenSession.of(database);
      session.openReader(database);
      using _ = ending(session, signal);
      yield session as unknown as Reader;
      await session.close();
    },
    { name: 'reader' },
  );
  return [provide(Session, session), provide(AfterCommit, session), provide(Reader, reader)];
}

/** Ends the statements of a session when nobody waits for them any more. */
function ending(session: OpenSession, signal: AbortSignal): Disposable {
  const abort = (): void => session.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', abort) };
}
