import type { int } from 'vivace';
import { httpClient, type CallError, type HttpClient, type HttpClientOptions } from '@vivace/http';

export class Rate {
  currency!: string;
  cents!: int;
}
export const RATE = { currency: 'CHF', cents: 104 };

class Rates extends httpClient() {}

const opened: HttpClient[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.dispatcher.destroy()));
});

/** A client of a service, closed with the test. */
export function clientOf(
  service: { readonly url: string },
  options: HttpClientOptions = {},
): Rates {
  const client = new Rates({ baseUrl: service.url, ...options });
  opened.push(client);
  return client;
}

export const failureOf = async (call: Promise<unknown>): Promise<CallError> =>
  call.then(
    () => {
      throw new Error('The call gave an answer.');
    },
    (error: unknown) => error as CallError,
  );
