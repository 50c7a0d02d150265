import type { Types } from '../../reflect/types';
import type { SchemaBuilder } from '../../schema/builder';
import type { Substitutions } from './substitutions';

/** What all graphs of one build share. */
export interface BuildContext {
  readonly types: Types;
  readonly builder: SchemaBuilder;
  readonly substitutions: Substitutions;
  /** Classes of which each call of an entry point brings an instance. */
  readonly parts: ReadonlySet<unknown>;
}
