/** Global types that the framework knows by name; the others of a platform's libraries are unsupported. */
const builtins = new Set([
  'AbortSignal',
  'ArrayBuffer',
  'Blob',
  'Buffer',
  'Date',
  'Error',
  'File',
  'FormData',
  'Headers',
  'Map',
  'Readable',
  'ReadableStream',
  'RegExp',
  'Request',
  'Response',
  'Set',
  'URL',
  'URLSearchParams',
  'Uint8Array',
  'WebSocket',
]);
const generic = new Map([
  ['Promise', 1],
  ['AsyncIterable', 1],
  ['AsyncIterator', 1],
  ['AsyncIterableIterator', 1],
  ['AsyncGenerator', 1],
  ['Iterable', 1],
  ['Iterator', 1],
  ['IterableIterator', 1],
  ['Generator', 1],
  ['Set', 1],
  ['Map', 2],
]);
const sameAs: Readonly<Record<string, string>> = {
  PromiseLike: 'Promise',
  ReadonlyMap: 'Map',
  ReadonlySet: 'Set',
  AsyncIteratorObject: 'AsyncIterator',
  IteratorObject: 'IterableIterator',
  ArrayIterator: 'IterableIterator',
  MapIterator: 'IterableIterator',
  SetIterator: 'IterableIterator',
  StringIterator: 'IterableIterator',
};
const platformPackages = ['@types/node', '@types/ws', 'buffer', 'fastify', 'undici-types'];

/** How a global type is called at run time, and how many of its type arguments count. */
export function builtinOf(
  name: string,
): { readonly name: string; readonly arity: number } | undefined {
  const known = sameAs[name] ?? name;
  return builtins.has(known) || generic.has(known)
    ? { name: known, arity: generic.get(known) ?? 0 }
    : undefined;
}

/** Declares the platform: TypeScript's own libraries, the types of Node, and Fastify. */
export function isPlatform(file: string, packageName: string): boolean {
  return (
    /\/lib\.[\w.]*d\.ts$/.test(file) ||
    platformPackages.includes(packageName) ||
    packageName.startsWith('@typescript/')
  );
}
