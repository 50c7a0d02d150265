import { checkInput } from '../model/inputs/input-checks';
import { explainerOf } from '../validate/explain';
import { isThenable } from '../errors/async';
import { parseExactly, wantedDigits, type WantedDigits } from '../validate/digits';
import { INVALID, validatorOf } from '../validate/validator';
import { factsOf } from '../declare/value-facts';
import type { Type } from '../declare/type';
import type { Issue } from '../errors/issue';
import { RequestValidationError } from '../errors/request-validation-error';
import type { SchemaBuilder } from '../schema/builder';
import { isTooDeep, TOO_DEEP } from '../http/body/json';
import { jsonProblem } from '../http/body/json-error';
import type { Request } from '../declare/context-classes';
import { withConstraints } from '../schema/constraint-instances';
import type { Schema } from '../schema/schema';
import type { Message } from './inbox';
import type { MessageConstraints } from './message-constraints';

/** Makes a message of a WebSocket a value of a type, or throws RequestValidationError. */
export type ReadMessage = (message: Message, request: Request) => unknown;

const LOC = ['message'];
const WHERE = { member: 'receive' };

/** The types of the messages of one application. */
export class MessageTypes {
  readonly #readers = new WeakMap<object, ReadMessage>();
  readonly #known: { readonly type: Type; readonly read: ReadMessage }[] = [];

  readonly #builder: SchemaBuilder;
  readonly #constraintsOf: (schema: Schema) => MessageConstraints | undefined;

  /** @param constraintsOf what the container makes for the constraints of a schema; undefined: nothing */
  constructor(
    builder: SchemaBuilder,
    constraintsOf: (schema: Schema) => MessageConstraints | undefined,
  ) {
    this.#builder = builder;
    this.#constraintsOf = constraintsOf;
  }

  /** The reader of a type, made when it is first asked for. */
  readerOf(type: Type): ReadMessage {
    const known = this.#readers.get(type);
    if (known !== undefined) return known;
    // `oneOf(A, B)` and `[A]` are new values each time they are written.
    const same = this.#known.find((one) => isSameType(one.type, type));
    const read = same?.read ?? this.#make(type);
    if (same === undefined) this.#known.push({ type, read });
    this.#readers.set(type, read);
    return read;
  }

  #make(type: Type): ReadMessage {
    const facts = factsOf(type);
    if (facts?.kind === 'token' && facts.token === 'bytes') return readBytes;
    const schema = this.#builder.fromValue(type, WHERE);
    checkInput('body', schema, {}, false, WHERE);
    const validate = validatorOf(schema);
    const explain = explainerOf(schema, { loc: LOC, mode: 'json' });
    const constraints = this.#constraintsOf(schema);
    const read = (value: unknown): unknown => {
      const valid = validate(value);
      if (valid !== INVALID) return valid;
      const settle = (outcome: { value: unknown; issues: readonly Issue[] }): unknown => {
        if (outcome.issues.length > 0) throw new RequestValidationError(outcome.issues, value);
        return outcome.value;
      };
      const outcome = explain(value);
      return isThenable(outcome) ? outcome.then(settle) : settle(outcome);
    };
    const digits = wantedDigits(schema);
    if (constraints === undefined) return (message) => read(parseJson(readText(message), digits));
    return async (message, request) => {
      const value = parseJson(readText(message), digits);
      return withConstraints(await constraints(request), read, value);
    };
  }
}

export function readText(message: Message): string {
  if (typeof message === 'string') return message;
  throw refused('string_type', 'Input should be a valid string');
}

function readBytes(message: Message): Uint8Array {
  if (typeof message !== 'string') return message;
  throw refused('bytes_type', 'Input should be a valid bytes');
}

function refused(type: string, msg: string): RequestValidationError {
  return new RequestValidationError([{ type, loc: LOC, msg }]);
}

function parseJson(text: string, digits: WantedDigits | undefined): unknown {
  if (isTooDeep(text)) throw malformed(text, 0, `The message ${TOO_DEEP}`);
  try {
    return digits === undefined ? (JSON.parse(text) as unknown) : parseExactly(text, digits);
  } catch {
    const { offset, message } = jsonProblem(text);
    throw malformed(text, offset, message);
  }
}

function malformed(text: string, offset: number, error: string): RequestValidationError {
  const loc = [...LOC, offset];
  return new RequestValidationError(
    [{ type: 'json_invalid', loc, msg: 'JSON decode error', input: {}, ctx: { error } }],
    text,
  );
}

function isSameType(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const [left, right] = [partsOf(a), partsOf(b)];
  return (
    left !== undefined &&
    right !== undefined &&
    left.length === right.length &&
    left.every((part, index) => isSameType(part, right[index]))
  );
}

/** The element of `[T]`, `listOf(T)` and `pageOf(T)`, and the choices of `oneOf(…)`. */
function partsOf(type: unknown): readonly unknown[] | undefined {
  if (Array.isArray(type)) return ['list', ...type];
  const facts = factsOf(type);
  if (facts?.kind !== 'token') return undefined;
  return facts.of === undefined ? facts.choices : [facts.token, facts.of];
}
