import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Where } from '../errors/where';

const FRAME = /((?:file:\/\/|[A-Za-z]:[\\/]|\/).*):(\d+):\d+\)?$/;

/**
 * Where the public function `of` was called. The stack is kept as it is and only read when a message needs it,
 * so that a decorator costs a microsecond.
 */
export function callSite(of: Function): Pick<Where, 'file' | 'line'> {
  const limit = Error.stackTraceLimit;
  const trace: { stack?: string } = {};
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(trace, of);
  Error.stackTraceLimit = limit;
  const frame = () => FRAME.exec(trace.stack ?? '');
  return {
    get file() {
      const found = frame();
      return found?.[1] === undefined ? undefined : shortPath(found[1]);
    },
    get line() {
      const found = frame();
      return found === null ? undefined : Number(found[2]);
    },
  };
}

/** Where the public function or class `of` was called, with the name of an option that it was given. */
export function callOf(of: Function, parameter: string): Where {
  const member = /^class\b/.test(Function.prototype.toString.call(of)) ? `new ${of.name}` : of.name;
  return named(callSite(of), { member, parameter });
}

/** A place with the names of what is there; the place is still read only when it is asked for. */
export function named(place: Where, names: Omit<Where, 'file' | 'line'>): Where {
  return Object.freeze(
    Object.defineProperties({ ...names }, Object.getOwnPropertyDescriptors(place)),
  );
}

/** A path or `file:` address as messages show it: relative to the working directory where it lies inside. */
export function shortPath(file: string): string {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const inside = relative(process.cwd(), path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside)
    ? path
    : inside.replaceAll('\\', '/');
}
