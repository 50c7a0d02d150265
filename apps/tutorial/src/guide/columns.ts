import { MaxLength } from 'class-validator';
import { shapeOf, type ShapeField } from 'vivace/extend';
import type { decimal, int } from 'vivace';

export class Team {
  id!: int;
  /** What it is called. */
  @MaxLength(80) name!: string;
  budget: decimal = '0' as decimal;
}
export class Hero {
  id!: int;
  rank: 'rookie' | 'senior' = 'rookie';
  joined: Date = new Date();
  team: Team | null = null;
}

function column({ name, type, nullable, rules, ...field }: ShapeField): string {
  const kind =
    type.is === 'object'
      ? `references ${type.shape().name}`
      : type.is === 'string' && 'maxLength' in rules
        ? `varchar(${String(rules['maxLength'])})`
        : type.is === 'string'
          ? (type.format ?? 'text')
          : type.is;
  const initial =
    'default' in field && field.default !== null ? ` default ${String(field.default)}` : '';
  return `${name} ${kind}${nullable ? '' : ' not null'}${initial}`;
}
export const columns = (type: new () => object): string[] => shapeOf(type).fields.map(column);
