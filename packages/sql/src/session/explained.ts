import type { Occasion } from 'vivace/extend';
import { transactionOf } from './transaction';

/** What a session does in an operation, known before its first request. */
export function explained({ readsOnly, lasts, handler }: Occasion): string {
  const reads = readsOnly
    ? 'reads are plain rows by one statement each, and by MikroORM what that cannot say'
    : 'get and find give rows that MikroORM tracks; insert and patch are one statement';
  return `${reads}; ${lasts ? 'there is no transaction outside of db.transactional(…)' : begins(handler)}`;
}

function begins(handler: Occasion['handler']): string {
  const { isolation, readOnly, retries } =
    (handler && transactionOf(handler.type, handler.method)) ?? {};
  const kind = [
    ...(isolation === undefined ? [] : [isolation]),
    ...(readOnly === true ? ['read only'] : []),
  ].join(', ');
  const again = retries === undefined ? '' : `, run again up to ${retries} times`;
  return kind === ''
    ? `the first write begins the transaction${again}`
    : `the first statement begins the transaction, ${kind}${again}`;
}
