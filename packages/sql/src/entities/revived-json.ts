import { JsonType, type Platform, type TransformContext } from '@mikro-orm/core';
import type { ShapeType } from 'vivace/extend';

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

/** @returns `'lost'` for what JSON has no words for */
export function revival(type: ShapeType, within: readonly unknown[] = []): Revive | 'lost' {
  switch (type.is) {
    case 'instant':
      return (text: string) => new Date(text);
    case 'bigint':
    case 'bytes':
    case 'set':
    case 'foreign':
      return 'lost';
    case 'list': {
      const item = revival(type.of, within);
      return typeof item === 'function' ? (list: never[]) => list.map(item) : item;
    }
    case 'object':
      return objectRevival(type.shape(), within);
    case 'union':
      return unionRevival(type.of, within);
    default:
      return undefined;
  }
}

type ObjectType = Extract<ShapeType, { is: 'object' }>;

function objectRevival(
  { fields, type }: ReturnType<ObjectType['shape']>,
  within: readonly unknown[],
): Revive | 'lost' {
  // A type that holds itself: what is deeper stays as JSON says it.
  if (type !== null && within.includes(type)) return undefined;
  const revived = fields
    .filter(({ computed }) => !computed)
    .map((field) => [field.name, revival(field.type, [...within, type])] as const);
  if (revived.some(([, each]) => each === 'lost')) return 'lost';
  const known = revived.filter(([, each]) => typeof each === 'function') as [
    string,
    (value: unknown) => unknown,
  ][];
  if (known.length === 0) return undefined;
  return (value: Record<string, unknown>) => {
    for (const [name, revive] of known) {
      const kept = value[name];
      if (kept !== null && kept !== undefined) value[name] = revive(kept);
    }
    return value;
  };
}

/** Which member a value is of is not kept, so none may need to be revived. */
function unionRevival(members: readonly ShapeType[], within: readonly unknown[]): Revive | 'lost' {
  return members.every((each) => revival(each, within) === undefined) ? undefined : 'lost';
}
