import { parse } from 'vivace';
import { {{pascal}} } from './{{kebab}}.model.js';

describe('{{pascal}}', () => {
  it('needs a name', () => {
    expect(parse({{pascal}}, { name: 'first' })).toEqual({ name: 'first' });
    expect(() => parse({{pascal}}, { name: '' })).toThrow();
  });
});
