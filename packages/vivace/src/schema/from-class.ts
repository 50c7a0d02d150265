import type { Class } from '../declare/class';
import { present } from '../declare/present';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { TypeData } from '../reflect/type-data';
import type { SchemaBuilder } from './builder';
import { fieldOfClass } from './field';
import { extraOf } from './from-members';
import { componentName, displayName } from './type-names';
import { membersOf, unreadableBase } from './members';
import type { Field, ObjectSchema } from './schema';
import { tagNotes } from './tags';

/**
 * What a DTO class says, a generic one with its arguments.
 *
 * @param resolved the id of its definition with the arguments, where there is one
 * @param keep called with the schema before its fields are there, so that recursive types end
 */
export function schemaOfClass(
  builder: SchemaBuilder,
  type: Class,
  where: Where,
  args: readonly TypeData[] | undefined,
  resolved: string | undefined,
  keep: (schema: ObjectSchema) => void,
): ObjectSchema {
  const { types } = builder;
  const reader = builder.readerOf(type);
  const { model } = reader;
  const definition = types.of(type);
  const own: Where = { type: type.name, ...types.place(type) };
  const base = resolved === undefined ? unreadableBase(types, type) : undefined;
  if (base !== undefined) throw baseWithoutFields(base, own);
  const name = model.name ?? type.name;
  const generic = args !== undefined && args.length > 0;
  const title = generic ? `${name}[${args.map(displayName).join(', ')}]` : name;
  const fields: Field[] = [];
  const schema: ObjectSchema = {
    kind: 'object',
    name: componentName(title),
    ...(generic && { generic }),
    type,
    fields,
    extra: model.extra ?? extraOf(builder, definition?.index, { ...where, type: name }),
    before: reader.modelHooks('before'),
    after: reader.modelHooks('after'),
    notes: present({
      title,
      ...tagNotes(definition?.doc, definition?.tags ?? {}),
      ...reader.notes,
    }),
  };
  keep(schema);
  const members = membersOf(types, type, args, resolved);
  const place = own.file === undefined ? { ...where, ...own } : own;
  builder.fillIn(fields, () =>
    reader
      .fieldNames()
      .map((field) => fieldOfClass(builder, reader, field, members.get(field), place))
      .filter((field) => field !== undefined),
  );
  return schema;
}

function baseWithoutFields(base: TypeData, where: Where): BootError {
  const name =
    typeof base === 'string'
      ? base
      : 'unsupported' in base
        ? base.unsupported
        : 'foreign' in base
          ? base.foreign
          : 'builtin' in base
            ? base.builtin
            : displayName(base);
  return new BootError(
    'UNSUPPORTED_TYPE',
    where,
    `it extends ${name}, whose fields cannot be read`,
    'a class that extends nothing, or a class or interface with fields',
  );
}
