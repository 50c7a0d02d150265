import type { Request } from '../declare/context-classes';
import type { Store } from '../declare/store';
import type { MiddlewareFacts } from '../declare/value-facts';
import { exchangeOfRequest } from '../http/exchange-of';

/**
 * Where a middleware keeps its data: in the store that it names, else in that of the application,
 * else in memory of its own.
 *
 * @param lasting whether the data has to outlast a crash of the store's server
 */
export function storeOf(
  named: Store | undefined,
  memory: () => Store,
  lasting: boolean,
): (request: Request) => Store {
  if (named !== undefined) return () => named;
  let own: Store | undefined;
  return (request) => {
    const { store } = exchangeOfRequest(request);
    if (store === undefined) return (own ??= memory());
    return lasting ? store : (store.volatile ?? store);
  };
}

/** What is asked about it when the application is built. */
export function storeFacts(named: Store | undefined): NonNullable<MiddlewareFacts['store']> {
  return named === undefined ? 'application' : { shared: named.shared === true };
}
