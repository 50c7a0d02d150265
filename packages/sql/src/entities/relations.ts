import { ReferenceKind } from '@mikro-orm/core';
import type { Class } from 'vivace';
import type { ShapeType } from 'vivace/extend';
import { SqlBootError } from '../boot-error';
import { fieldFacts, type ManyFacts } from './facts';
import type { Property } from './columns';
import type { Place } from './fields';

export interface Relation {
  readonly property: Property;
  readonly target: () => object;
}

/** The relation that a field is; undefined for one that is none. */
export function relationOf(type: ShapeType, place: Place): Relation | undefined {
  const { facts } = place;
  if (facts.many !== undefined) return manyOf(facts.many, place);
  const target = targetOf(type);
  if (target === undefined || !place.isEntity(target.type)) return undefined;
  const property = {
    kind: ReferenceKind.MANY_TO_ONE,
    entity: () => target.type,
    index: true,
    deleteRule: facts.onDelete ?? 'no action',
    ...(place.field.nullable && { nullable: true }),
    ...(target.ref && { ref: true }),
    ...(facts.id === true && { primary: true }),
    ...(facts.column?.name !== undefined && { fieldName: facts.column.name }),
    ...(place.field.description !== undefined && { comment: place.field.description }),
  };
  return { property: property as Property, target: () => target.type as object };
}

/** The class that `Rel<Team>` and `Ref<Team>` point to. */
function targetOf(type: ShapeType): { type: unknown; ref: boolean } | undefined {
  if (type.is === 'object') return { type: type.shape().type, ref: false };
  if (type.is !== 'foreign' || !POINTERS.has(type.name)) return undefined;
  const [of] = type.args;
  const inner = of === undefined ? undefined : targetOf(of);
  return inner && { ...inner, ref: REFERENCES.has(type.name) };
}
const REFERENCES: ReadonlySet<string> = new Set(['Ref', 'Reference', 'EntityRef']);
const POINTERS: ReadonlySet<string> = new Set(['Rel', 'Opt', ...REFERENCES]);

function manyOf(many: ManyFacts, place: Place): Relation {
  const target = many.of() as Class;
  if (!place.isEntity(target))
    throw new SqlBootError(
      'ENTITY_MISSING',
      nameOf(place),
      `${target.name} is no entity of this database.`,
      `database({ entities: [${target.name}, …] }), and @Entity() above ${target.name}`,
    );
  checkEnd(many, target, place);
  const property = {
    kind: many.kind === '1:m' ? ReferenceKind.ONE_TO_MANY : ReferenceKind.MANY_TO_MANY,
    entity: () => target,
    ...(many.end === undefined ? { owner: true } : { mappedBy: many.end }),
    ...(many.orphans === 'remove' && { orphanRemoval: true }),
  };
  return { property: property as Property, target: () => target };
}

function checkEnd({ kind, end }: ManyFacts, target: Class, place: Place): void {
  if (end === undefined) return;
  const other = fieldFacts(target).get(end);
  if (kind === 'm:n') {
    if (other?.many?.kind === 'm:n' && other.many.end === undefined) return;
    throw new SqlBootError(
      'RELATION_ENDS',
      nameOf(place),
      `${target.name}.${end}, its other end, owns no table between.`,
      `@ManyToMany(() => ${place.type.name}) ${end} = new Collection<${place.type.name}>(this), in ${target.name}`,
    );
  }
  const found = place.fieldsOf(target).find(({ name }) => name === end);
  const points = found && targetOf(found.type)?.type;
  if (points === place.type || (typeof points === 'function' && isKin(place.type, points))) return;
  throw new SqlBootError(
    'RELATION_ENDS',
    nameOf(place),
    `${target.name}.${end}, its other end, does not point to ${place.type.name}.`,
    `${end}!: Rel<${place.type.name}>, in ${target.name}`,
  );
}

function isKin(type: Class, points: Function): boolean {
  return type.prototype instanceof points;
}

function nameOf({ type, field }: Place): string {
  return `${type.name}.${field.name}`;
}
