import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** Milliseconds that a collector has to answer. */
const PATIENCE = 10_000;

/**
 * Sends messages of JSON. It is `node:http`, so that sending spans makes none.
 *
 * @returns why one was not taken; undefined where it was
 */
export function senderTo(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): (body: Uint8Array) => Promise<string | undefined> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return (body) =>
    new Promise((resolve) => {
      const sent = request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': body.byteLength,
          ...headers,
        },
        timeout: PATIENCE,
        signal,
      });
      sent.once('response', (answer) => {
        answer.resume();
        const { statusCode = 0 } = answer;
        answer.once('close', () =>
          resolve(statusCode < 300 ? undefined : `it answered ${statusCode}`),
        );
      });
      sent.once('timeout', () => sent.destroy(new Error(`no answer in ${PATIENCE / 1000} s`)));
      sent.once('error', ({ message, code }: NodeJS.ErrnoException) =>
        resolve(message || code || 'no connection'),
      );
      sent.end(body);
    });
}
