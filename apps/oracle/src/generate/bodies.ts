import type { Input, Json, Program, ScalarName, Slot, Type } from '../description';
import type { Draw } from './draw';
import { operationOf, posted, programOf } from './requests';
import { rulesFor } from './rules';
import { nullable, presence, SCALARS, Types } from './types';
import { Values } from './values';

/** Scalars of every type as fields of a body. */
export function scalars(draw: Draw): Program {
  const types = new Types(draw);
  const fields = draw.many(1, 3, (at): Slot => {
    const name = draw.pick(...SCALARS);
    const type: Type = { kind: 'scalar', name };
    const rules = draw.chance(10) && !LENIENT.includes(name) ? { rules: { strict: true } } : {};
    return { name: `f${at}`, type: draw.chance(15) ? nullable(type) : type, ...rules };
  });
  types.models.push({ name: 'M0', fields });
  return posting(draw, types, { kind: 'model', name: 'M0' }, 75);
}

/** Those that pydantic cannot be told to take strictly. */
const LENIENT: readonly ScalarName[] = ['unknown', 'email', 'url', 'ip', 'Secret'];

/** Rules of scalars, lists and records. */
export function constraints(draw: Draw): Program {
  const types = new Types(draw);
  const fields = draw.many(1, 3, (at): Slot => {
    const type = draw.pick<Type>(
      ...(['int', 'number', 'decimal', 'string', 'bigint'] as const).map((name): Type => ({
        kind: 'scalar',
        name,
      })),
      { kind: 'list', of: { kind: 'scalar', name: 'int' } },
      { kind: 'set', of: { kind: 'scalar', name: 'string' } },
      {
        kind: 'record',
        keys: { kind: 'scalar', name: 'string' },
        of: { kind: 'scalar', name: 'int' },
      },
    );
    return {
      name: `f${at}`,
      type: draw.chance(15) ? nullable(type) : type,
      rules: rulesFor(draw, type),
    };
  });
  types.models.push({ name: 'M0', fields });
  return posting(draw, types, { kind: 'model', name: 'M0' }, 20);
}

/** One of several types, at any depth. */
export function unions(draw: Draw): Program {
  const types = new Types(draw);
  return posting(draw, types, draw.chance(70) ? types.union(3) : types.model(3), 35);
}

/** What a handler returns, read as the type that it says. */
export function answers(draw: Draw): Program {
  // Python has sets in an order of its own, and there a program returns the names of the wire.
  const types = new Types(draw, {
    scalars: ['int', 'number', 'boolean', 'string'],
    sets: false,
    aliases: false,
    optional: false,
  });
  const returns = draw.chance(70) ? types.union(2) : types.type(3);
  const values = new Values(draw, types, 20);
  const body: Input = { source: 'body', name: 'value', type: { kind: 'scalar', name: 'unknown' } };
  return programOf(types, [
    operationOf(draw, [body], () => posted(values.value(returns)), { returns }),
  ]);
}

/** Bodies of every shape, of every content type, whole and broken. */
export function bodies(draw: Draw): Program {
  const types = new Types(draw);
  const inputs = draw.many(1, draw.chance(60) ? 1 : 3, (at): Input => {
    const type = draw.chance(50) ? types.model(2) : types.type(2);
    return {
      source: 'body',
      name: `b${at}`,
      type,
      ...presence(draw, type, types),
      ...(draw.chance(25) && { embed: true }),
    };
  });
  const values = new Values(draw, types, 15);
  return programOf(types, [
    operationOf(draw, inputs, () => {
      const { body } = posted(bodyOf(draw, inputs, values));
      const type = draw.pick(...CONTENT_TYPES);
      return {
        url: '/op',
        ...(type === '' ? {} : { headers: [['content-type', type]] }),
        body: draw.chance(25) ? broken(draw, body) : body,
      };
    }),
  ]);
}

const CONTENT_TYPES = [
  ...Array.from({ length: 8 }, () => 'application/json'),
  'application/json; charset=utf-8',
  'application/vnd.api+json',
  'APPLICATION/JSON',
  'application/geo+json; version=1',
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'application/xjson',
  'application/+json',
  'json',
  '',
];

function bodyOf(draw: Draw, inputs: readonly Input[], values: Values): Json {
  const [only] = inputs;
  if (inputs.length === 1 && only!.embed !== true) return values.value(only!.type);
  return draw.chance(5) ? values.any() : values.object(inputs, 4);
}

/** A text from which something is missing, or in which something is too much. */
function broken(draw: Draw, text: string): string {
  const at = draw.below(text.length + 1);
  const piece = draw.pick(
    '',
    ',',
    '"',
    '}',
    ']',
    ' ',
    '\n',
    '1',
    '\\',
    'x',
    '-',
    '{',
    '[',
    '\u0001',
    '\ufeff',
    '.',
    'e',
    '\\u12',
    '\t',
  );
  return draw.pick(
    text.slice(0, at) + piece + text.slice(at + draw.below(3)),
    text.slice(0, at),
    text + piece,
    piece + text,
    piece,
  );
}

function posting(draw: Draw, types: Types, type: Type, near: number): Program {
  const values = new Values(draw, types, near);
  const body: Input = { source: 'body', name: 'value', type };
  return programOf(types, [operationOf(draw, [body], () => posted(values.value(type)))]);
}
