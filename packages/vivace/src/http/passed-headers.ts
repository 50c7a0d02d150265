type Headers = Iterable<readonly [name: string, value: string]>;
/** Libraries bring responses of their own, which may have less. */
interface Answer {
  readonly headers: Headers;
  readonly url?: string;
  readonly type?: string;
}

/** What is said between two neighbours, and not passed on (RFC 9110, 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
/** What says how a body is encoded, and is wrong of one that was decoded. */
const ENCODED = ['content-encoding', 'content-length'];
/** What `fetch` decodes. */
const CODINGS = ['gzip', 'x-gzip', 'deflate', 'br', ...(decodesZstd() ? ['zstd'] : [])];

/** The headers of a message for the next who gets it: those between neighbours are left out. */
export function passedOn(headers: Headers): [name: string, value: string][] {
  const all = Array.from(headers, ([name, value]): [string, string] => [name, value]);
  const named = all
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((one) => one.trim().toLowerCase()));
  const dropped = new Set([...HOP_BY_HOP, ...named]);
  return all.filter(([name]) => !dropped.has(name.toLowerCase()));
}

/** The headers of a response of the web platform, which say nothing of an encoding that `fetch` has undone. */
export function headersOf(answer: Answer): [name: string, value: string][] {
  const passed = passedOn(answer.headers);
  const codings = passed
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.split(',').map((one) => one.trim().toLowerCase()));
  const decoded =
    isFetched(answer) && codings.length > 0 && codings.every((one) => CODINGS.includes(one));
  return decoded ? passed.filter(([name]) => !ENCODED.includes(name.toLowerCase())) : passed;
}

/** Whether a response came over the network: one that a program makes has no address. */
function isFetched({ url, type }: Answer): boolean {
  return (url !== undefined && url !== '') || (type !== undefined && type !== 'default');
}

/** Since undici 7.11, which is part of Node 24.4. */
function decodesZstd(): boolean {
  const [major = 0, minor = 0] = (process.versions['undici'] ?? '').split('.').map(Number);
  return major > 7 || (major === 7 && minor >= 11);
}
