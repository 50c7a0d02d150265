import { ReferenceKind, UnderscoreNamingStrategy } from '@mikro-orm/core';
import type { Class } from 'vivace';
import { SqlBootError } from '../boot-error';
import { fieldFacts } from './facts';
import type { EntityField } from './fields';

const NAMING = new UnderscoreNamingStrategy();
/** Bytes; PostgreSQL cuts a longer one. */
const LONGEST = 63;

/**
 * Looks for columns that could not stand beside each other.
 *
 * @throws SqlBootError COLUMN_NAME
 */
export function checkNames(type: Class, fields: readonly EntityField[]): void {
  const names = new Map<string, string>();
  for (const field of fields)
    for (const column of columnsOf(field)) {
      const { name } = field;
      const where = `${type.name}.${name}`;
      const other = names.get(column);
      if (other !== undefined)
        throw new SqlBootError(
          'COLUMN_NAME',
          where,
          `Its column ${column} is that of ${other} too.`,
          `one of them, as a relation has its key (author.id); or @Column({ name: '…' }) ${name}`,
        );
      if (Buffer.byteLength(column) > LONGEST)
        throw new SqlBootError(
          'COLUMN_NAME',
          where,
          `Its column ${column} has more than ${LONGEST} characters.`,
          `@Column({ name: '…' }) ${name}`,
        );
      names.set(column, name);
    }
}

/** Whether a row keeps it: all but the end of a relation that holds many. */
export function isColumn({ property }: Pick<EntityField, 'property'>): boolean {
  return !('kind' in property && MANY.has(property.kind));
}

/** A relation to one has the key of its target. */
function columnsOf({ name, property, target }: EntityField): readonly string[] {
  if (!isColumn({ property })) return [];
  if (property.fieldName !== undefined) return [property.fieldName];
  const plain = NAMING.propertyToColumnName(name);
  if (target === undefined) return [plain];
  const keys = [...fieldFacts(target() as Function)].filter(([, { id }]) => id === true);
  return keys.map(
    ([key, { column }]) => `${plain}_${column?.name ?? NAMING.propertyToColumnName(key)}`,
  );
}

const MANY: ReadonlySet<unknown> = new Set([ReferenceKind.ONE_TO_MANY, ReferenceKind.MANY_TO_MANY]);
