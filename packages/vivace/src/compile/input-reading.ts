import type { BodyInput, ParameterInput } from '../model/node';
import type { Body } from '../model/model';
import type { Code } from '../validate/code';
import type { Incoming, Values } from './runtime';
import { digitsAt, digitsOf, type Digits } from '../validate/digits';
import { explainerOf } from '../validate/explain';
import { formReading } from './form-reading';
import { readFittingPart } from './fitting-members';
import { missing, type InputReading } from './reading';
import { orSchema } from './library-reading';
import { modelReading } from './model-reading';
import { takesMany, textReaderOf } from '../validate/text-reader';
import { INVALID, validatorOf } from '../validate/validator';
import {
  cookieValues,
  header,
  headers,
  headerValues,
  many,
  one,
  pathValues,
  queryValues,
} from './request-values';

/** The reading of a value of path, query, headers or cookies. */
export function parameterReading(
  input: ParameterInput,
  code: Code,
  cookies: () => string,
  path: string,
): InputReading {
  const { kind, alias, schema } = input;
  if (input.model)
    return modelReading(input, `${code.constant(VALUES[kind], `${kind}Values`)}(request)`, [kind]);
  const key = code.key(kind === 'path' && path.endsWith(`*${alias}`) ? '*' : alias);
  const list = takesMany(schema);
  const raw = {
    path: () => `request.params[${key}]`,
    query: () =>
      `${code.constant(list ? many : one, list ? 'many' : 'one')}(${ownValue('request.query', alias, key)})`,
    header: () =>
      list || alias in Object.prototype
        ? `${code.constant(list ? headers : header, 'header')}(request, ${key})`
        : `request.headers[${key}]`,
    cookie: () => `${cookies()}[${key}]`,
  }[kind]();
  const empty = list && (kind === 'query' || kind === 'header');
  const loc = [kind, alias];
  return orSchema(input, 'text', {
    raw,
    absent: (variable) => (empty ? `${variable}.length === 0` : `${variable} === undefined`),
    isAbsent: (value) => (empty ? (value as readonly string[]).length === 0 : value === undefined),
    read: textReaderOf(schema) as (value: unknown) => unknown,
    interpret: explainerOf(schema, { loc, mode: 'text' }),
    loc,
  });
}

/** A query without values is a plain object, which inherits some names. */
function ownValue(object: string, name: string, key: string): string {
  return name in Object.prototype
    ? `Object.hasOwn(${object}, ${key}) ? ${object}[${key}] : undefined`
    : `${object}[${key}]`;
}

const VALUES: Readonly<Record<ParameterInput['kind'], (request: Incoming) => Values>> = {
  path: pathValues,
  query: queryValues,
  header: headerValues,
  cookie: cookieValues,
};

/** The reading of the body, or of a key of it. */
export function bodyReading(input: BodyInput, body: Body, code: Code): InputReading {
  return body.kind === 'json'
    ? orSchema(input, 'json', jsonReading(input, body, code))
    : orSchema(input, 'text', formReading(input, code));
}

function jsonReading(
  { alias, schema, groups }: BodyInput,
  { keyed, place }: Body,
  code: Code,
): InputReading {
  const loc = keyed ? [place, alias] : [place];
  const options = groups === undefined ? {} : { groups };
  const validate = validatorOf(schema, options);
  const explain = explainerOf(schema, {
    loc,
    mode: 'json',
    ...options,
    ...(groups === undefined && { fitting: readFittingPart }),
  });
  return {
    raw: keyed
      ? `${code.constant(keyOf, 'keyOf')}(body, ${code.key(alias)}, ${code.constant(digitsOf(schema), 'digits')})`
      : 'body',
    absent: (variable) => `${variable} === undefined`,
    isAbsent: (raw) => raw === undefined,
    read: keyed ? (raw) => (raw === MISPLACED ? INVALID : validate(raw)) : validate,
    interpret: (raw) => (raw === MISPLACED ? missing(loc) : explain(raw)),
    loc,
  };
}

/** Stands for the keys of a body that is not an object. */
const MISPLACED = Symbol('misplaced');

function keyOf(body: unknown, key: string, digits: Digits | undefined): unknown {
  if (body === undefined) return undefined;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return MISPLACED;
  const value = Object.hasOwn(body, key)
    ? (body as Readonly<Record<string, unknown>>)[key]
    : undefined;
  return digits === undefined ? value : digitsAt(body, key, value, digits);
}
