import type { Source } from '../../declare/value-facts';
import type { Field, ObjectSchema, Schema } from '../../schema/schema';
import { children, some } from '../../schema/visit';

/** A part of an input that no request can carry there. */
export interface Misplaced {
  /** The field of a DTO; undefined: the input itself. */
  readonly field: string | undefined;
  /** What stands there, in words. */
  readonly what: string;
}

/** The part of an input that its source cannot carry: text has no objects, JSON has no files. */
export function misplacedIn(source: Source, schema: Schema): Misplaced | undefined {
  if (source === 'body')
    return some(schema, ({ kind }) => kind === 'file') ? inJson(schema) : undefined;
  if (source === 'file') return itself(schema, FORM);
  return source === 'form' ? inForm(schema) : inText(source, schema);
}

/** In JSON the nearest field is named that holds the file. */
function inJson(schema: Schema): Misplaced {
  const field =
    schema.kind === 'object'
      ? schema.fields.find((each) => some(each.schema, ({ kind }) => kind === 'file'))?.name
      : undefined;
  return { field, what: 'a file' };
}

function inForm(schema: Schema): Misplaced | undefined {
  if (schema.kind === 'union' && isDTO(schema)) return first(schema.members, inForm);
  return schema.kind === 'object' ? fieldOf(schema, FORM) : itself(schema, FORM);
}

/** What takes all fields of a form: a DTO, or one of several. */
const isDTO = (schema: Schema): boolean =>
  schema.kind === 'union' ? schema.members.every(isDTO) : schema.kind === 'object';

function inText(source: Source, schema: Schema): Misplaced | undefined {
  const carries: Carries = { lists: source !== 'path', files: false };
  return schema.kind === 'object' ? fieldOf(schema, carries) : itself(schema, carries);
}

interface Carries {
  readonly lists: boolean;
  readonly files: boolean;
}

const FORM: Carries = { lists: true, files: true };

function fieldOf({ fields, before }: ObjectSchema, carries: Carries): Misplaced | undefined {
  // What the program makes of the values before they are read may be anything.
  if (before.length > 0) return undefined;
  return first(fields.filter(isRead), ({ name, schema }) => {
    const found = itself(schema, carries);
    return found && { ...found, field: name };
  });
}

const isRead = ({ input, computed, transformIn, before }: Field): boolean =>
  input && !computed && transformIn.length + before.length === 0;

function itself(schema: Schema, carries: Carries): Misplaced | undefined {
  return isPlain(schema, carries) ? undefined : { field: undefined, what: nameOf(schema, carries) };
}

function first<T>(all: readonly T[], find: (one: T) => Misplaced | undefined) {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isPlain(schema: Schema, carries: Carries): boolean {
  switch (schema.kind) {
    case 'union':
    case 'secret':
      return children(schema).every((inner) => isPlain(inner, carries));
    case 'list':
    case 'tuple':
      return (
        carries.lists &&
        children(schema).every((item) => isPlain(item, { ...carries, lists: false }))
      );
    case 'object':
      return schema.before.length > 0;
    case 'record':
    case 'recursive':
      return false;
    case 'file':
      return carries.files;
    default:
      return true;
  }
}

function nameOf(schema: Schema, carries: Carries): string {
  switch (schema.kind) {
    case 'file':
      return 'a file';
    case 'record':
      return 'a record';
    case 'object':
      return 'an object';
    case 'union':
      return 'a union with objects';
    case 'list':
    case 'tuple':
      if (!carries.lists) return 'a list';
      return children(schema).some(({ kind }) => kind === 'list' || kind === 'tuple')
        ? 'lists of lists'
        : 'lists of objects';
    default:
      return 'objects inside';
  }
}
