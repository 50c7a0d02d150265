import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { withoutEnd } from '../text/ends';

/** A path of the program, read once. */
export interface PathTemplate {
  /** As it was written: `/files/:owner/*rest`. */
  readonly path: string;
  /** As the document writes it: `/files/{owner}/{rest}`. */
  readonly template: string;
  readonly parameters: readonly string[];
  /** The name of what `*` matches. */
  readonly wildcard: string | undefined;
}

const PARAMETER = /:([A-Za-z_$][\w$]*)(\([^)]*\))?/g;
/** A parameter without a pattern of its own, and what follows its name though it ends none to the router. */
const UNENDED = /(?<!:):([A-Za-z_$][\w$]*)([^\w$().\-/?])/;
const WILDCARD = /\*([A-Za-z_$][\w$]*)$/;

/** Prefixes and path one after the other, as FastAPI joins them. */
export function joinPath(prefix: string, path: string, where: Where): string {
  checkStart(path, 'path', where);
  if (prefix + path === '') {
    throw new BootError(
      'PATH_EMPTY',
      where,
      'Neither the controller nor the operation has a path.',
      `the path '/', or a prefix for the controller`,
    );
  }
  return prefix + path;
}

/** A prefix below others. */
export function joinPrefix(outer: string, prefix: string, where: Where): string {
  checkStart(prefix, 'prefix', where);
  if (prefix.endsWith('/')) {
    throw new BootError(
      'PATH_SLASH',
      where,
      `The prefix '${prefix}' ends with a slash, and the paths behind it begin with one.`,
      prefix === '/' ? 'no prefix' : `'${withoutEnd(prefix, '/')}'`,
    );
  }
  return outer + prefix;
}

/** Reads `:item_id` and `*rest`. */
export function parsePath(path: string, where: Where): PathTemplate {
  if (/[{}]/.test(path)) {
    throw new BootError(
      'PATH_BRACES',
      where,
      `The path '${path}' has braces.`,
      `'${withoutBraces(path)}'`,
    );
  }
  const wildcard = WILDCARD.exec(path)?.[1];
  if (
    path.includes('*') &&
    (wildcard === undefined || path.indexOf('*') !== path.lastIndexOf('*'))
  ) {
    throw new BootError(
      'PATH_WILDCARD',
      where,
      `'*' in '${path}' needs a name, and stands at the end only.`,
      `'${path.slice(0, path.indexOf('*'))}*rest'`,
    );
  }
  const parameters = [...path.matchAll(PARAMETER)].map((match) => match[1]!);
  if (wildcard !== undefined) parameters.push(wildcard);
  const repeated = parameters.find((name, index) => parameters.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new BootError(
      'PATH_REPEATED',
      where,
      `The path '${path}' has two parameters named '${repeated}'.`,
      'another name for one of them',
    );
  }
  const unended = UNENDED.exec(path);
  if (unended !== null) {
    const [, name = '', text = ''] = unended;
    throw new BootError(
      'PATH_SEPARATOR',
      where,
      `In '${path}' the router takes '${text}' for a part of the name of ':${name}', which ends at '-', '.' or '/'.`,
      `':${name}' with one of them behind it, or with a pattern: ':${name}([^${text}]+)${text}'`,
    );
  }
  const template = path.replaceAll(PARAMETER, '{$1}').replace(WILDCARD, '{$1}');
  return { path, template, parameters, wildcard };
}

/** The path of a callback or webhook: an expression of the document, written as it is. */
export function documentedPath(path: string): PathTemplate {
  return {
    path,
    template: path.replaceAll(PARAMETER, '{$1}'),
    parameters: [...path.matchAll(PARAMETER)].map((match) => match[1]!),
    wildcard: undefined,
  };
}

function checkStart(path: string, what: string, where: Where): void {
  if (path === '' || path.startsWith('/')) return;
  throw new BootError(
    'PATH_SLASH',
    where,
    `The ${what} '${path}' does not begin with a slash.`,
    `'/${withoutBraces(path)}'`,
  );
}

function withoutBraces(path: string): string {
  return path
    .replaceAll(/\{(\w+):path\}/g, '*$1')
    .replaceAll(/\{(\w+)(:\w+)?\}/g, ':$1')
    .replaceAll(/[{}]/g, '');
}
