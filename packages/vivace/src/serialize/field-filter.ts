import { isDeepStrictEqual } from 'node:util';

import type { FieldFilter } from '../declare/options/field-filter';
import type { Field, ObjectSchema } from '../schema/schema';
import { sentFields } from '../validate/fields-set';
import { property } from '../schema/property';

/** The fields of an instance that a filter lets through, with the names they are written by. */
export function* shownFields(
  model: ObjectSchema,
  instance: object,
  filter: FieldFilter,
): Generator<readonly [name: string, value: unknown]> {
  const sent = filter.excludeUnset === true ? sentFields(instance) : undefined;
  for (const field of model.fields) {
    if (!field.output || !isChosen(field.name, filter)) continue;
    const raw = property(instance, field.name);
    const value = field.transformOut.reduce(
      (current, transform) => transform(current, instance),
      raw,
    );
    if (value === undefined || (value === null && filter.excludeNone === true)) continue;
    const unset = sent?.includes(field.name) === false;
    if (!field.computed && (unset || filter.excludeDefaults === true) && isDefault(field, value))
      continue;
    yield [filter.byAlias === false ? field.name : field.out, value];
  }
  if (model.extra === 'allow')
    yield* Object.entries(instance).filter(
      ([name]) => !isKnown(model, name) && isChosen(name, filter),
    );
}

function isKnown(model: ObjectSchema, name: string): boolean {
  return model.fields.some((field) => field.name === name);
}

/** Whether the lists of names let a field through. */
export function isChosen(name: string, { include, exclude }: FieldFilter): boolean {
  return include?.includes(name) !== false && exclude?.includes(name) !== true;
}

/** Whether a field has the value that it has when nothing is said. */
export function isDefault(field: Field, value: unknown): boolean {
  return field.presence === 'default'
    ? isDeepStrictEqual(value, field.makeDefault?.())
    : value === undefined;
}

/** The filter of what is inside an object: `include` and `exclude` speak of the outermost. */
export function innerFilter({
  include: _include,
  exclude: _exclude,
  ...rest
}: FieldFilter): FieldFilter {
  return rest;
}
