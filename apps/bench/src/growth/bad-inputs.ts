import { connect } from 'node:net';
import { once } from 'node:events';

/** Kinds of requests that make no sense, some of which have slowed down servers for good. */
export const badInputs: Readonly<Record<string, (url: string) => Promise<void>>> = {
  'a list for an object': (url) => post(url, '[]'),
  'values of wrong types': (url) => post(url, '{"customer":7,"items":[{"sku":[]}],"tags":{"a":1}}'),
  'keys of prototypes': (url) =>
    post(url, '{"__proto__":{"customer":1},"constructor":{"prototype":{}},"items":[]}'),
  'text that is no JSON': (url) => post(url, '{"customer":'),
  'lists in lists': (url) => post(url, '['.repeat(10_000)),
  'a query of wrong types': (url) => ask(`${url}/users?limit=many&limit=-1`),
  'an address that is not there': (url) => ask(`${url}/nowhere/%E0%A4%A`),
  'a body that breaks off': (url) => breakOff(url, 'content-length: 5000\r\n\r\n{"customer":'),
  'a head that is none': (url) => breakOff(url, 'content-length: -1\r\n\r\n'),
};

const post = (url: string, body: string): Promise<void> =>
  ask(`${url}/orders`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

async function ask(url: string, init?: RequestInit): Promise<void> {
  const { status, body } = await fetch(url, init);
  await body?.cancel();
  if (status < 400 || status >= 500) throw new Error(`${url} answers ${status}, not 4xx`);
}

async function breakOff(url: string, rest: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(
    `POST /orders HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\n${rest}`,
  );
  socket.resume().end();
  await once(socket, 'close');
}
