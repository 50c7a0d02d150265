import type { BodyInput, ParameterInput } from '../model/node';
import type { ObjectSchema } from '../schema/schema';
import type { Values } from './runtime';
import { libraryGroupReader } from './library-reading';
import { modelReaderOf } from './model-reader';
import type { InputReading } from './reading';

/** The reading of all values of one kind as one DTO. */
export function modelReading(
  input: ParameterInput | BodyInput,
  raw: string,
  loc: readonly string[],
): InputReading {
  const options = {
    loc,
    groups: input.groups,
    convertNames: input.kind === 'header' && input.convertNames,
    emptyIsAbsent: input.kind === 'form' || input.kind === 'file',
  };
  const { read, interpret, sent } =
    input.schema.kind === 'library'
      ? libraryGroupReader(input.schema, options)
      : modelReaderOf(input.schema as ObjectSchema, options);
  return {
    raw,
    absent: undefined,
    isAbsent: () => false,
    read: (values) => read(values as Values),
    interpret: (values) => interpret(values as Values),
    loc,
    sent: (values) => sent(values as Values),
  };
}
