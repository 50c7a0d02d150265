import type { EventSubscriber, TransactionEventArgs } from '@mikro-orm/core';
import { OpenSession } from './open-session';

/** Keeps what waits for a commit with the transaction in which it was said, also with nested ones. */
export class NestedCommits implements EventSubscriber {
  afterTransactionStart({ em }: TransactionEventArgs): void {
    if (em instanceof OpenSession) em.beginTasks();
  }
  async beforeTransactionCommit({ em, transaction = {} }: TransactionEventArgs): Promise<void> {
    if (em instanceof OpenSession) await em.writeTasks(isPart(transaction));
  }
  async afterTransactionCommit({ em, transaction = {} }: TransactionEventArgs): Promise<void> {
    if (em instanceof OpenSession) await em.endTasks(true, isPart(transaction));
  }
  async afterTransactionRollback({ em, transaction = {} }: TransactionEventArgs): Promise<void> {
    if (em instanceof OpenSession) await em.endTasks(false, isPart(transaction));
  }
}

/** Whether it is a savepoint in another one. */
function isPart(transaction: object): boolean {
  return 'savepointName' in transaction;
}
