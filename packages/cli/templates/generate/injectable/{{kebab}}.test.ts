import { {{pascal}} } from './{{kebab}}.js';

describe('{{pascal}}', () => {
  it('greets', () => {
    const {{camel}} = new {{pascal}}();
    expect({{camel}}.greet('Ada')).toBe('Hello, Ada!');
  });
});
