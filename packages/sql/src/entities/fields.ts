import type { Class } from 'vivace';
import type { ShapeField, ShapeType } from 'vivace/extend';
import { SqlBootError } from '../boot-error';
import { columnOf, hasLineBreak, quoted, type Property } from './columns';
import { tableFacts, type FieldFacts } from './facts';
import { keptForm, type KeptForm } from './kept-forms';
import { isInt32, type Limit } from './limits';
import { relationOf } from './relations';
import { uuid7 } from './uuid7';

/** A field of an entity. */
export interface EntityField {
  readonly name: string;
  readonly property: Property;
  readonly limit?: Limit;
  readonly rules: ShapeField['rules'];
  /** Of a relation. */
  readonly target?: () => object;
  /** How the database gives a text back; not of a key, by which the row is known already. */
  readonly kept?: KeptForm;
  /** It may be left out, so null is read back as nothing. */
  readonly absent: boolean;
}
export interface Place {
  readonly type: Class;
  readonly field: ShapeField;
  readonly facts: FieldFacts;
  readonly isEntity: (type: unknown) => boolean;
  readonly fieldsOf: (type: Class) => readonly ShapeField[];
}

/** What a field becomes; undefined for one that is not kept. */
export function entityField(place: Place): EntityField | undefined {
  const { type, field, facts } = place;
  if (field.computed || facts.transient === true) return undefined;
  const known = unwrapped(field.type);
  const relation = relationOf(known.type, place);
  if (relation !== undefined) return { name: field.name, rules: {}, absent: false, ...relation };
  const column = entitiesIn(known.type) ? undefined : columnOf(known.type, field, facts);
  if (column === undefined && facts.column?.type === undefined)
    throw unclear(type, field, known.type);
  checkOptions(place, known.type);
  const property: Property = {
    ...column?.property,
    ...written(facts),
    ...((field.nullable || field.optional) && facts.id !== true
      ? { nullable: true }
      : initialOf(field.default ?? bigintOf(place), column?.property.columnTypes?.[0])),
    ...(field.description !== undefined && { comment: field.description }),
    ...(known.hidden && { hidden: true }),
    ...idOf(known.type, facts),
  };
  const kept = facts.id === true ? undefined : keptForm(property.columnTypes?.[0]);
  return {
    name: field.name,
    property,
    rules: field.rules,
    absent: field.optional && !field.nullable,
    ...(column?.limit !== undefined && { limit: column.limit }),
    ...(kept !== undefined && { kept }),
  };
}

/** Without the words of MikroORM that only speak to TypeScript. */
export function unwrapped(type: ShapeType): { type: ShapeType; hidden: boolean } {
  if (type.is !== 'foreign' || type.of === undefined) return { type, hidden: false };
  const inner = unwrapped(type.of);
  return { type: inner.type, hidden: inner.hidden || type.name === 'Hidden' };
}

/** What `@Column` says. */
function written({ column = {} }: FieldFacts): Property {
  const { name, type, default: value, precision, scale, onUpdate, lazy, version } = column;
  return {
    ...(name !== undefined && { fieldName: name }),
    ...(type !== undefined && { columnTypes: [type] }),
    ...(typeof value === 'string' && { defaultRaw: quoted(value) }),
    ...(value !== undefined && typeof value !== 'string' && { default: value as string }),
    ...(precision !== undefined && { precision }),
    ...(scale !== undefined && { scale }),
    ...(onUpdate !== undefined && { onUpdate }),
    ...(lazy === true && { lazy }),
    ...(version === true && { version }),
  };
}

/** What PostgreSQL or the counting of changes would refuse, or leave out without a word. */
function checkOptions({ type, field, facts }: Place, { is }: ShapeType): void {
  const { precision, scale = 0, version, lazy, default: value } = facts.column ?? {};
  const refused = (seen: string, write: string) =>
    new SqlBootError('COLUMN_OPTION', `${type.name}.${field.name}`, seen, write);
  if (version === true && is !== 'int')
    throw refused('A version counts changes, and this is no int.', `${field.name}!: Opt<int>`);
  if (lazy === true && facts.id === true)
    throw refused('A key is read with every row.', `@Id() ${field.name}, without lazy`);
  if (typeof value === 'string' && hasLineBreak(value))
    throw refused(
      'A default of a column has no line break: a schema is written line by line.',
      `${field.name} = ${JSON.stringify(value)}, which the program fills in`,
    );
  const most = precision ?? 0;
  if (!Number.isInteger(most) || most < 0 || most > 1000 || !(scale >= 0 && scale <= most))
    throw refused(
      `It has ${precision ?? 'no'} digits altogether, and ${scale} of them behind the point.`,
      '@Column({ precision: 12, scale: 2 }), with 1000 digits at most',
    );
}

/** A literal is the default of the column too; what else a program writes it makes by itself. */
function initialOf(value: unknown, columnType?: string): Property {
  switch (typeof value) {
    case 'string':
      return hasLineBreak(value) ? {} : { defaultRaw: quoted(value) };
    case 'boolean':
      return { defaultRaw: quoted(value) };
    case 'number':
    case 'bigint':
      return { defaultRaw: isTextThere(value, columnType) ? `'${value}'` : String(value) };
    default:
      return {};
  }
}

/** The file of types is JSON, which has no literals of bigint. */
function bigintOf({ type, field }: Place): bigint | undefined {
  if (!field.initial || unwrapped(field.type).type.is !== 'bigint') return undefined;
  try {
    const value: unknown = Reflect.get(Reflect.construct(type, []), field.name);
    return typeof value === 'bigint' ? value : undefined;
  } catch {
    return undefined; // its constructor needs something
  }
}

/** Whether PostgreSQL gives a number back as a text: the two would differ for ever otherwise. */
function isTextThere(value: number | bigint, columnType?: string): boolean {
  return columnType === 'double precision'
    ? value < 0
    : columnType === 'bigint' && !isInt32(Number(value));
}

function idOf(type: ShapeType, { id }: FieldFacts): Property {
  if (id !== true) return {};
  if (type.is === 'string' && type.format === 'uuid') return { primary: true, onCreate: uuid7 };
  return { primary: true };
}

/** The class of another table, which no column keeps. */
function entitiesIn(type: ShapeType): Class | undefined {
  if (type.is === 'list' || type.is === 'set') return entitiesIn(type.of);
  if (type.is === 'foreign') return type.args.map(entitiesIn).find((each) => each !== undefined);
  const target = type.is === 'object' ? type.shape().type : null;
  return target !== null && tableFacts(target) !== undefined ? target : undefined;
}

function unclear(type: Class, { name }: ShapeField, seen: ShapeType): SqlBootError {
  const where = `${type.name}.${name}`;
  const target = entitiesIn(seen);
  if (target === undefined)
    return new SqlBootError(
      'COLUMN_UNCLEAR',
      where,
      `Its type (${seen.is}) does not say which column keeps it.`,
      `a type of the table in the guide, @Column({ type: '…' }) ${name}, or @Transient() where it is not kept`,
    );
  if (seen.is === 'object')
    return new SqlBootError(
      'ENTITY_MISSING',
      where,
      `${target.name} is no entity of this database.`,
      `database({ entities: [${target.name}, …] })`,
    );
  return new SqlBootError(
    'COLUMN_UNCLEAR',
    where,
    `Nothing says which field of ${target.name} is its other end.`,
    `@Many(() => ${target.name}, '…') ${name} = new Collection<${target.name}>(this), or @ManyToMany(() => ${target.name})`,
  );
}
