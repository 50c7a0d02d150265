import { Code } from './code';

describe('Code', () => {
  it('makes a function of the lines written', () => {
    const code = new Code('double');
    code.block('if (n > 10)', () => code.line('return 0;')).line('return n * 2;');
    const double = code.compile<(n: number) => number>('n');
    expect(double(4)).toBe(8);
    expect(double(11)).toBe(0);
    expect(double.name).toBe('double');
  });

  it('names a value once', () => {
    const code = new Code();
    const value = { a: 1 };
    const name = code.constant(value, 'Item-Out');
    expect(code.constant(value)).toBe(name);
    expect(code.constant({ a: 1 }, 'Item-Out')).not.toBe(name);
    expect(code.line(`return ${name};`).compile<() => unknown>('')()).toBe(value);
  });

  it('keeps any text a text', () => {
    const evil = '"]; throw 1; //\u2028`${x}\\';
    const code = new Code();
    expect(code.line(`return ${code.key(evil)};`).compile<() => unknown>('')()).toBe(evil);
  });

  it('makes identifiers of any hint', () => {
    const code = new Code();
    const names = ['1-a', '1-a', '', 'class', 'Object', 'item', 'item'].map((hint) =>
      code.variable(hint),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names[5]).toBe('item');
    code
      .line(`const ${names.map((name, index) => `${name} = ${index}`).join(', ')};`)
      .line(`return Object.keys([${names.join()}]).length;`);
    expect(code.compile<() => unknown>('')()).toBe(names.length);
  });

  it('prints async functions', async () => {
    const code = new Code();
    await expect(
      code.line('return await 3;').compile<() => Promise<number>>('', true)(),
    ).resolves.toBe(3);
  });
});
