import type { Field, Schema } from './schema';

/** A required field that is read and written as it is, but for what is said otherwise. */
export const plainField = (name: string, schema: Schema, more: Partial<Field> = {}): Field => ({
  name,
  in: [name],
  out: name,
  schema,
  presence: 'required',
  input: true,
  output: true,
  computed: false,
  transformIn: [],
  before: [],
  after: [],
  transformOut: [],
  notes: {},
  ...more,
});
