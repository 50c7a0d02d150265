import { EntitySchema } from '@mikro-orm/core';
import type { Class } from 'vivace';
import { shapeOf, type ShapeField } from 'vivace/extend';
import { SqlBootError } from '../boot-error';
import { checkNames, isColumn } from './column-names';
import { fieldFacts, indexFacts, tableFacts } from './facts';
import { entityField, type EntityField } from './fields';
import './wire-forms';

/** An entity, as MikroORM and the checks of values see it. */
export interface Table {
  readonly type: Class;
  readonly schema: EntitySchema;
  readonly fields: ReadonlyMap<string, EntityField>;
  readonly ids: readonly EntityField[];
}

const tables = new WeakMap<object, Table>();

/** Of a class that `tablesOf` has read. */
export function tableOf(type: object): Table | undefined {
  return tables.get(type);
}

/**
 * Makes tables of classes with `@Entity()`.
 *
 * @throws SqlBootError for what does not say enough, with what to write
 */
export function tablesOf(entities: readonly Class[]): readonly Table[] {
  const listed = new Set<unknown>(entities);
  const names = new Map<string, Class>();
  for (const [at, type] of entities.entries()) {
    checkListed(type, entities.indexOf(type) !== at);
    const name = tableName(type);
    const other = names.get(name);
    if (other !== undefined)
      throw new SqlBootError(
        'ENTITY_TWICE',
        type.name,
        `Its table ${name} is that of ${other.name} too.`,
        "@Entity({ table: '…' }) for one of them",
      );
    names.set(name, type);
  }
  return entities.map((type) => {
    const table = readTable(type, (each) => listed.has(each));
    tables.set(type, table);
    return table;
  });
}

function checkListed(type: Class, twice: boolean): void {
  if (twice)
    throw new SqlBootError(
      'ENTITY_TWICE',
      type.name,
      'It stands twice in `entities`.',
      `${type.name} once`,
    );
  if (tableFacts(type) === undefined)
    throw new SqlBootError(
      'ENTITY_MISSING',
      type.name,
      'It stands in `entities` and has no `@Entity()`.',
      `@Entity() above ${type.name}`,
    );
}

function tableName(type: Class): string {
  const { table = type.name, schema } = tableFacts(type)!;
  const name = schema === undefined ? table : `${schema}.${table}`;
  return name.toLowerCase().replaceAll('_', '');
}

function readTable(type: Class, isEntity: (type: unknown) => boolean): Table {
  const facts = fieldFacts(type);
  const fields = shapeOf(type).fields.flatMap((field) => {
    const place = { type, field, facts: facts.get(field.name) ?? {}, isEntity, fieldsOf };
    return entityField(place) ?? [];
  });
  const ids = fields.filter(({ property }) => property.primary === true);
  if (ids.length === 0)
    throw new SqlBootError('NO_ID', type.name, 'It has no primary key.', '@Id() id!: int');
  checkNames(type, fields);
  checkIndexes(type, fields);
  return {
    type,
    schema: schemaOf(type, numbered(fields, ids)),
    fields: new Map(fields.map((field) => [field.name, field])),
    ids,
  };
}

/** @throws SqlBootError INDEX_FIELD for a field that is no column */
function checkIndexes(type: Class, fields: readonly EntityField[]): void {
  const names = fields.filter(isColumn).map(({ name }) => name);
  for (const { of, unique } of indexFacts(type)) {
    const decorator = unique ? '@Unique' : '@Index';
    const missing = of.find((name) => !names.includes(name));
    if (missing === undefined && of.length > 0) continue;
    throw new SqlBootError(
      'INDEX_FIELD',
      type.name,
      missing === undefined
        ? `${decorator} above the class names no field.`
        : `${decorator} names '${missing}', which is no column of it.`,
      `${decorator}({ of: [${names.map((name) => `'${name}'`).join(', ')}] }), or some of them`,
    );
  }
}

function fieldsOf(type: Class): readonly ShapeField[] {
  return shapeOf(type).fields;
}

/** A key of one number is counted by the database. */
function numbered(
  fields: readonly EntityField[],
  ids: readonly EntityField[],
): readonly EntityField[] {
  const [id] = ids;
  const type = id?.property.columnTypes?.[0];
  if (ids.length > 1 || (type !== 'integer' && type !== 'bigint')) return fields;
  const identity = { autoincrement: true, generated: 'by default as identity' };
  return fields.map((field) =>
    field === id ? { ...field, property: { ...field.property, ...identity } } : field,
  );
}

function schemaOf(type: Class, fields: readonly EntityField[]): EntitySchema {
  const { table, schema, filters } = tableFacts(type)!;
  const indexes = indexFacts(type);
  const named = (name: string | undefined) => (name === undefined ? {} : { name });
  return new EntitySchema({
    class: type as never,
    properties: Object.fromEntries(fields.map(({ name, property }) => [name, property])) as never,
    ...(table !== undefined && { tableName: table }),
    ...(schema !== undefined && { schema }),
    ...(filters !== undefined && { filters: filters as never }),
    indexes: indexes
      .filter(({ unique }) => !unique)
      .map(({ of, name }) => ({ properties: [...of] as never[], ...named(name) })),
    uniques: indexes
      .filter(({ unique }) => unique)
      .map(({ of, name, deferred }) => ({
        properties: [...of] as never[],
        ...named(name),
        ...(deferred === true && { deferMode: 'deferred' as never }),
      })),
  });
}
