import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import { responseClassFacts } from './response-class';

/**
 * What an object is: data, which has a form in JSON; bytes, or what gives them; a response of the web platform; or nothing that JSON
 * can say.
 */
export type Matter = 'data' | 'bytes' | 'blob' | 'stream' | 'response' | 'formless';

/** Classes of the language whose instances are data. */
const DATA = ['Object', 'Array', 'Map', 'Set', 'Date', 'String', 'Number', 'Boolean', 'BigInt'];

const known = new WeakMap<object, Matter>();
const formless = new Set<object>();

/** Says of classes, and of what extends them, that JSON cannot say what their instances are. */
export function markFormless(...classes: readonly { readonly prototype: object }[]): void {
  for (const { prototype } of classes) formless.add(prototype);
}

/** Tells what an object is by its class; objects without one are data. */
export function matterOf(value: object): Matter {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype || prototype === Array.prototype)
    return 'data';
  let matter = known.get(prototype);
  if (matter === undefined) {
    matter = matterOfClass(prototype);
    known.set(prototype, matter);
  }
  return matter;
}

/** How a message calls an object. */
export function nameOf(value: object): string {
  const { constructor } = value;
  const name = typeof constructor === 'function' ? constructor.name : '';
  if (name !== '' && name !== 'Object') return name;
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

/** Bytes as pydantic writes them in JSON: with the alphabet of addresses, and padded. */
export function base64Of(bytes: Uint8Array | ArrayBuffer): string {
  return Buffer.from(bytesOf(bytes)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** The bytes of an object that is nothing else. */
export function bytesOf(value: Uint8Array | ArrayBuffer): Uint8Array {
  return ArrayBuffer.isView(value) ? value : new Uint8Array(value);
}

function matterOfClass(prototype: object): Matter {
  const platform = platformClasses(prototype);
  if (platform.has('Uint8Array') || platform.has('ArrayBuffer')) return 'bytes';
  if (platform.has('Blob')) return 'blob';
  if (isWebResponse(prototype)) return 'response';
  if (platform.has('ReadableStream') || isNodeStream(prototype)) return 'stream';
  if (responseClassFacts(prototype.constructor) !== undefined) return 'formless';
  if (isMarked(prototype)) return 'formless';
  if ('toJSON' in prototype) return 'data';
  const comesLater = 'then' in prototype || Symbol.asyncIterator in prototype;
  const isTakenOnce = 'next' in prototype && Symbol.iterator in prototype;
  if (comesLater || isTakenOnce) return 'formless';
  return [...platform].every((name) => DATA.includes(name)) ? 'data' : 'formless';
}

function isMarked(prototype: object): boolean {
  let current: object | null = prototype;
  for (; current !== null; current = Object.getPrototypeOf(current) as object | null)
    if (formless.has(current)) return true;
  return false;
}

/** The classes of the platform, of this realm or another, that a class is or extends. */
function platformClasses(prototype: object): ReadonlySet<string> {
  const names = new Set<string>();
  let current: object | null = prototype;
  for (; current !== null; current = Object.getPrototypeOf(current) as object | null) {
    const { constructor } = current;
    if (typeof constructor === 'function' && isOfPlatform(constructor)) names.add(constructor.name);
  }
  return names;
}

function isOfPlatform(type: Function): boolean {
  if (type === EventEmitter || /\[native code\]\s*\}$/.test(Function.prototype.toString.call(type)))
    return true;
  // What a program puts there is enumerable.
  const global = Object.getOwnPropertyDescriptor(globalThis, type.name);
  return (
    global?.enumerable === false && (globalThis as Record<string, unknown>)[type.name] === type
  );
}

/** Libraries bring a `Response` of their own, which is no instance of the global one. */
function isWebResponse(prototype: object): boolean {
  return ['arrayBuffer', 'headers', 'ok', 'status'].every((name) => name in prototype);
}

/** What can be read to its end, also where a library brings streams of its own; a connection has none. */
function isNodeStream(prototype: object): boolean {
  return (
    'pipe' in prototype &&
    Symbol.asyncIterator in prototype &&
    !(prototype instanceof Socket || prototype === Socket.prototype)
  );
}
