import type { EventSubscriber, FlushEventArgs } from '@mikro-orm/core';
import { RequestValidationError, type Issue } from 'vivace';
import type { EntityField } from './fields';
import { brokenRule } from './rules';
import { tableOf, type Table } from './schema';

type Loc = readonly (string | number)[];

/**
 * Checks what is about to be written, before a statement could fail.
 *
 * @throws RequestValidationError for values that break a rule or that their column cannot keep exactly
 */
export function checkRow(entity: object, data: object): void {
  const table = tableOf(entity);
  if (table === undefined) return;
  const issues = issuesOf(table, data, ['body']);
  if (issues.length > 0) throw new RequestValidationError(issues);
}

function issuesOf(table: Table, data: object, loc: Loc): readonly Issue[] {
  return Object.entries(data).flatMap(([name, value]) => {
    const field = table.fields.get(name);
    if (field === undefined || value === null || value === undefined) return [];
    return fieldIssues(field, value, [...loc, name]);
  });
}

function fieldIssues(field: EntityField, value: unknown, loc: Loc): readonly Issue[] {
  if (field.target === undefined) {
    const problem = field.limit?.(value) ?? brokenRule(field.rules, value);
    return problem === undefined ? [] : [{ ...problem, loc, input: value }];
  }
  const target = tableOf(field.target());
  if (target === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((item, at) => relatedIssues(target, item, [...loc, at]));
  return relatedIssues(target, value, loc);
}

/** A row that is there already, or its key, or a new one. */
function relatedIssues(target: Table, value: unknown, loc: Loc): readonly Issue[] {
  if (typeof value !== 'object' || value === null) {
    const [id] = target.ids;
    return id === undefined ? [] : fieldIssues(id, value, loc);
  }
  const isData = Object.getPrototypeOf(value) === Object.prototype;
  return isData ? issuesOf(target, value, loc) : [];
}

/**
 * Holds the same for rows that were assigned to: by what has changed in them. A row is then what the
 * database will give back: `12:00` is `12:00:00` there.
 */
export class WriteChecks implements EventSubscriber {
  onFlush({ uow }: FlushEventArgs): void {
    for (const { entity, payload, meta } of uow.getChangeSets()) {
      const names = Object.keys(payload).filter((name) => name in meta.properties);
      const values = names.map((name) => [name, Reflect.get(entity, name)] as const);
      checkRow(meta.class, Object.fromEntries(values));
      for (const [name, value] of values) {
        const kept = tableOf(meta.class)?.fields.get(name)?.kept;
        if (kept === undefined || typeof value !== 'string') continue;
        Reflect.set(entity, name, kept(value));
        Reflect.set(payload, name, kept(value));
      }
    }
  }
}
