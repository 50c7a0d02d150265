import type { Types } from '../reflect/types';
import { SchemaBuilder, type SchemaDefaults } from './builder';
import { refuseSecondCopy } from './class-transformer';

const builders = new WeakMap<Types, Map<string, SchemaBuilder>>();

/** One builder for all applications of a process that read classes alike, so that a class that was read and compiled for one of them is ready for the next. */
export function builderFor(types: Types, { extra, strict }: SchemaDefaults): SchemaBuilder {
  refuseSecondCopy();
  const known = builders.get(types) ?? new Map<string, SchemaBuilder>();
  builders.set(types, known);
  const key = `${extra} ${strict}`;
  const builder = known.get(key) ?? new SchemaBuilder(types, { extra, strict });
  known.set(key, builder);
  return builder;
}
