import { declarationOf } from '../declare/class-facts';
import { Secret } from '../declare/secret';
import type { SettingsOptions } from '../declare/options/settings-options';
import { defaultBuilder } from '../schema/default-builder';
import type { Field, ObjectSchema } from '../schema/schema';
import { hasParts, variablesOf } from './names';

/**
 * Gives the text of an `.env.example`: all variables of settings, those with a default as comments.
 *
 * @param settings the class with `@Settings()`
 * @example
 * writeFileSync('.env.example', envExample(ShopSettings));
 */
export function envExample(settings: new () => object): string {
  const options = declarationOf(settings).settings ?? {};
  const schema = defaultBuilder().fromClass(settings, { type: settings.name });
  return `${linesOf(schema, options, options.prefix ?? '', []).join('\n')}\n`;
}

function linesOf(
  schema: ObjectSchema,
  options: SettingsOptions,
  prefix: string,
  outer: readonly ObjectSchema[],
): readonly string[] {
  return schema.fields
    .filter((field) => field.input && !field.computed)
    .flatMap((field) => {
      const name = variablesOf(field, prefix, outer.length === 0, options)[0]!;
      const { schema: inner, notes, presence } = field;
      const note = notes.description?.split('\n').map((line) => `# ${line}`) ?? [];
      if (presence === 'required' && inner.kind === 'object' && !outer.includes(inner)) {
        return [
          ...note,
          ...linesOf(inner, options, name + (options.delimiter ?? '__'), [...outer, schema]),
        ];
      }
      return [...note, presence === 'required' ? `${name}=` : `# ${name}=${defaultOf(field)}`];
    });
}

function defaultOf({ schema, makeDefault }: Field): string {
  const value = makeDefault?.();
  if (value === undefined || value === null || value instanceof Secret) return '';
  return hasParts(schema) ? JSON.stringify(value) : String(value);
}
