import { {{pascal}}Service } from './{{kebab}}.service.js';

describe('{{pascal}}Service', () => {
  it('greets', () => {
    const service = new {{pascal}}Service();
    expect(service.greet('Ada')).toBe('Hello, Ada!');
  });
});
