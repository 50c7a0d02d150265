import type { AnyInputOptions } from '../../declare/options/input-options';
import type { Source } from '../../declare/value-facts';
import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import type { Schema } from '../../schema/schema';

/** Refuses inputs that can never be what they say. */
export function checkInput(
  source: Source,
  schema: Schema,
  options: AnyInputOptions,
  absent: boolean,
  where: Where,
): void {
  if (source === 'path' && absent && (options.default !== undefined || options.optional))
    refusePathDefault(where);
  if (source === 'body' || source === 'file' || source === 'form') return;
  if (isPlain(schema, source !== 'path') || schema.kind === 'object') return;
  const mark = source[0]!.toUpperCase() + source.slice(1);
  throw new BootError(
    'INPUT_TYPE',
    where,
    `@${mark}() takes ${source === 'path' ? 'a single value' : 'single values, lists of them'} or a DTO with all values of the ${source}, not ${nested(schema)}.`,
    source === 'path'
      ? 'a type such as string or int'
      : `@Body(), or a DTO whose fields are single values`,
  );
}

export function refusePathDefault(where: Where): never {
  throw new BootError(
    'PATH_DEFAULT',
    where,
    'A path parameter is always there: it cannot be optional and cannot have a default.',
    'the parameter without ? and default, and a second operation for the shorter path',
  );
}

function isPlain(schema: Schema, lists: boolean): boolean {
  if (schema.kind === 'union') return schema.members.every((member) => isPlain(member, lists));
  if (schema.kind === 'list') return lists && isPlain(schema.items, false);
  if (schema.kind === 'tuple') return lists && schema.items.every((item) => isPlain(item, false));
  if (schema.kind === 'secret') return isPlain(schema.inner, lists);
  return (
    schema.kind !== 'object' &&
    schema.kind !== 'record' &&
    schema.kind !== 'recursive' &&
    schema.kind !== 'file'
  );
}

function nested(schema: Schema): string {
  if (schema.kind === 'file') return 'a file';
  if (schema.kind === 'record') return 'a record';
  return schema.kind === 'union' ? 'a union with objects' : 'lists of objects';
}
