import * as fc from 'fast-check';
import { readers } from '../hostile/readers';
import { fuzzed, texts, values } from './texts';

describe('a reader gives a value or says what is wrong, and never throws', () => {
  it.each(readers.map(({ name, read }) => [name, read] as const))('%s', (_, read) => {
    fc.assert(fc.property(fc.oneof(texts, values), read), fuzzed(300));
  });
});
