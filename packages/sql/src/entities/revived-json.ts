import { JsonType, type Platform, type TransformContext } from '@mikro-orm/core';
import type { Shape, ShapeType } from 'vivace/extend';

/** Makes of parsed JSON what the program wrote; undefined where that is the same. */
export type Revive = ((value: never) => unknown) | undefined;

/** `jsonb` whose instants are instants again when it is read. */
export class RevivedJson extends JsonType {
  constructor(readonly revive: Revive) {
    super();
  }

  override convertToJSValue(
    value: unknown,
    platform: Platform,
    context?: TransformContext,
  ): unknown {
    const parsed = super.convertToJSValue(value, platform, context);
    return parsed === null || parsed === undefined || this.revive === undefined
      ? parsed
      : this.revive(parsed as never);
  }
}

/** Of types that are being read, which may hold themselves. */
type Within = ReadonlyMap<unknown, { revive?: Revive | 'lost' }>;

/** @returns `'lost'` for what JSON has no words for */
export function revival(type: ShapeType, within: Within = new Map()): Revive | 'lost' {
  switch (type.is) {
    case 'instant':
      return (text: string) => new Date(text);
    case 'bigint':
    case 'bytes':
    case 'set':
    case 'map':
    case 'foreign':
      return 'lost';
    case 'list':
      return ofItems([], revival(type.of, within));
    case 'tuple': {
      const items = type.of.map((item) => revival(item, within));
      return ofItems(items, type.rest && revival(type.rest, within));
    }
    case 'record':
      return ofValues(revival(type.of, within));
    case 'object':
      return objectRevival(type.shape(), within);
    case 'union':
      return unionRevival(type.of, within);
    default:
      return undefined;
  }
}

function ofItems(first: readonly (Revive | 'lost')[], rest: Revive | 'lost'): Revive | 'lost' {
  const all = [...first, rest];
  if (all.includes('lost')) return 'lost';
  if (all.every((each) => each === undefined)) return undefined;
  return (list: unknown[]) =>
    list.map((item, at) => revived(at < first.length ? first[at] : rest, item));
}

function ofValues(value: Revive | 'lost'): Revive | 'lost' {
  if (typeof value !== 'function') return value;
  return (record: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(record).map(([key, each]) => [key, revived(value, each)]));
}

function revived(revive: Revive | 'lost', value: unknown): unknown {
  return typeof revive === 'function' && value !== null && value !== undefined
    ? revive(value as never)
    : value;
}

function objectRevival(shape: Shape, within: Within): Revive | 'lost' {
  const outer = within.get(shape);
  if (outer !== undefined)
    return holdsInstants(shape) ? (value) => revived(outer.revive, value) : undefined;
  const here: { revive?: Revive | 'lost' } = {};
  const inside = new Map([...within, [shape, here]]);
  const fields = shape.fields
    .filter(({ computed }) => !computed)
    .map((field) => [field.name, revival(field.type, inside)] as const);
  here.revive = ofFields(fields);
  return here.revive;
}

function ofFields(fields: readonly (readonly [string, Revive | 'lost'])[]): Revive | 'lost' {
  if (fields.some(([, each]) => each === 'lost')) return 'lost';
  const known = fields.filter(([, each]) => each !== undefined);
  if (known.length === 0) return undefined;
  return (value: Record<string, unknown>) => {
    for (const [name, revive] of known)
      if (Object.hasOwn(value, name)) value[name] = revived(revive, value[name]);
    return value;
  };
}

function holdsInstants(shape: Shape, seen: Set<Shape> = new Set()): boolean {
  if (seen.has(shape)) return false;
  seen.add(shape);
  const holds = (type: ShapeType): boolean => {
    if (type.is === 'instant') return true;
    if (type.is === 'object') return holdsInstants(type.shape(), seen);
    if (type.is === 'tuple' && type.rest !== undefined && holds(type.rest)) return true;
    return 'of' in type && type.of !== undefined && [type.of].flat().some((each) => holds(each));
  };
  return shape.fields.some(({ type }) => holds(type));
}

/** Which member a value is of is not kept, so none but a single one beside null may need to be revived. */
function unionRevival(members: readonly ShapeType[], within: Within): Revive | 'lost' {
  const [only, ...others] = members.filter(({ is }) => is !== 'null');
  if (only !== undefined && others.length === 0) return revival(only, within);
  return members.every((each) => revival(each, within) === undefined) ? undefined : 'lost';
}
