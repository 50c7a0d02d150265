import type { EntityMetadata, QueryOrderMap } from '@mikro-orm/core';
import { rowTableOf } from '../rows/row-table';

/** A column, with `-` before it downwards: what a client may ask for by `sort: 'name' | '-name'`. */
export type Order<T> = (keyof T & string) | `-${keyof T & string}`;

/** One step of an order; null comes last in both directions. */
export interface Step {
  readonly field: string;
  readonly down: boolean;
  readonly nullable: boolean;
}

/** The steps that are asked for, and the key, so that no two rows have the same place. */
export function stepsOf(
  meta: EntityMetadata,
  order: string | readonly string[] = [],
): readonly Step[] {
  const asked = (typeof order === 'string' ? [order] : order).map((each) => {
    const down = each.startsWith('-');
    return stepOf(meta, down ? each.slice(1) : each, down);
  });
  const keys = meta.primaryKeys.filter((key) => !asked.some(({ field }) => field === key));
  return [...asked, ...keys.map((key) => stepOf(meta, key, false))];
}

function stepOf(meta: EntityMetadata, field: string, down: boolean): Step {
  const property = meta.properties[field as never] as { nullable?: boolean } | undefined;
  if (property === undefined)
    throw new TypeError(`${meta.className} has no field '${field}' to be ordered by.`);
  return { field, down, nullable: property.nullable === true };
}

/** As MikroORM takes it. */
export function orderBy<T>(steps: readonly Step[]): QueryOrderMap<T>[] {
  return steps.map(
    ({ field, down, nullable }) =>
      ({ [field]: `${down ? 'desc' : 'asc'}${nullable ? ' nulls last' : ''}` }) as QueryOrderMap<T>,
  );
}

/** The steps of an order as MikroORM takes it; undefined for what is more than columns by their names. */
export function stepsIn(meta: EntityMetadata, order: unknown): readonly Step[] | undefined {
  if (meta.orderBy !== undefined) return undefined;
  const steps: Step[] = [];
  // SQL of the program is a key that is no text.
  for (const each of Array.isArray(order) ? order : [order ?? {}])
    for (const field of Reflect.ownKeys(each as object)) {
      const known = DIRECTIONS.get(Reflect.get(each as object, field));
      if (typeof field !== 'string' || known === undefined) return undefined;
      if (rowTableOf(meta)?.columns.has(field) !== true) return undefined;
      steps.push({ field, ...known });
    }
  return steps;
}

/** Where nothing is said of null, PostgreSQL has it as the largest of all. */
const DIRECTIONS: ReadonlyMap<unknown, Omit<Step, 'field'>> = new Map(
  Object.entries({
    asc: { down: false, nullable: false },
    'asc nulls last': { down: false, nullable: true },
    desc: { down: true, nullable: false },
    'desc nulls last': { down: true, nullable: true },
  }).flatMap(([text, step]) => [[text, step] as const, [text.toUpperCase(), step] as const]),
);
