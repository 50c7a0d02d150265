import type { EventSubscriber, TransactionEventArgs } from '@mikro-orm/core';
import { OpenSession } from './open-session';

/** Keeps what waits for a commit with the transaction in which it was said, also with nested ones. */
export class NestedCommits implements EventSubscriber {
  afterTransactionStart({ em }: TransactionEventArgs): void {
    if (em instanceof OpenSession) em.beginTasks();
  }
  async beforeTransactionCommit({ em, transaction = {} }: TransactionEventArgs): Promise<void> {
    if (em instanceof OpenSession) await em.writeTasks('savepointName' in transaction);
  }
  afterTransactionCommit({ em }: TransactionEventArgs): void {
    if (em instanceof OpenSession) em.endTasks(true);
  }
  afterTransactionRollback({ em }: TransactionEventArgs): void {
    if (em instanceof OpenSession) em.endTasks(false);
  }
}
