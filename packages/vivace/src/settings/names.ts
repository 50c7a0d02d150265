import type { SettingsOptions } from '../declare/options/settings-options';
import { isScalar } from '../schema/kinds';
import { alternatives, some } from '../schema/visit';
import { wireName } from '../schema/names';
import type { Field, Schema } from '../schema/schema';

/** The variables that a field may be read from. `adminEmail` and `admin_email` are both `ADMIN_EMAIL`; an alias is a name of its own, without the prefix. */
export function variablesOf(
  field: Field,
  prefix: string,
  outermost: boolean,
  { caseSensitive }: SettingsOptions,
): readonly string[] {
  if (field.in.length > 1 || field.in[0] !== field.name)
    return outermost ? field.in : field.in.map((name) => prefix + name);
  return [
    prefix + (caseSensitive === true ? field.name : wireName('snake', field.name).toUpperCase()),
  ];
}

/** Whether a value is written as JSON. */
export function hasParts(schema: Schema): boolean {
  return some(schema, (each) => !isScalar(each) && alternatives(each).length === 0, alternatives);
}
