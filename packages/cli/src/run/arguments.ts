import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from 'commander';

export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('It has to be a number from 0 to 65535.');
}

export function workersOf(text: string): number {
  if (text === 'auto') return availableParallelism();
  const workers = Number(text);
  if (Number.isInteger(workers) && workers > 0 && workers <= 512) return workers;
  throw new InvalidArgumentError("It has to be a number from 1 to 512, or 'auto'.");
}

export function secondsOf(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('It has to be a number of seconds.');
}

export function wholeSecondsOf(text: string): number {
  const seconds = secondsOf(text);
  if (Number.isInteger(seconds)) return seconds;
  throw new InvalidArgumentError('It has to be a whole number of seconds.');
}

/** `Billing,Mails.send`. */
export function namesOf(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new InvalidArgumentError('It has to be names with commas between them.');
}

/** `10.0.0.0/8`, or several with commas or blanks between them. */
export function proxiesOf(text: string, before: readonly string[] = []): string[] {
  const proxies = text.split(',').map((proxy) => proxy.trim());
  const wrong = proxies.find((proxy) => !isNetwork(proxy));
  if (wrong === undefined) return [...before, ...proxies];
  throw new InvalidArgumentError(
    `'${wrong}' is no address such as 10.0.0.1, and no network such as 10.0.0.0/8.`,
  );
}

function isNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return most > 0 && (bits === undefined || (/^[1-9]\d*$/.test(bits) && Number(bits) <= most));
}
