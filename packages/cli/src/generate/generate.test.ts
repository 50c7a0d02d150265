import { dirname } from 'node:path';
import { addController } from './add-controller';
import { clashOf } from './clash';
import { namesOf } from './names';
import { generatePart, PART_NAMES } from './parts';

describe('a name', () => {
  it.each([
    'orderItems',
    'OrderItems',
    'order-items',
    'order_items',
    'ORDER_ITEMS',
    ' order items ',
  ])('may be written %j', (text) =>
    expect(namesOf(text)).toEqual({
      kebab: 'order-items',
      camel: 'orderItems',
      pascal: 'OrderItems',
      constant: 'ORDER_ITEMS',
      singular: 'OrderItem',
    }),
  );
  it.each([
    ['categories', 'Category'],
    ['boxes', 'Box'],
    ['status', 'Status'],
    ['HTTPRoutes', 'HttpRoute'],
  ])('%s is of several %s', (text, singular) => expect(namesOf(text).singular).toBe(singular));
  it.each(['', '../evil', '1st', "a'b"])('cannot be %j', (text) =>
    expect(() => namesOf(text)).toThrow('cannot be a name'),
  );
});

describe('a name that ends with what the part is', () => {
  it.each(['OrderItemsController', 'order-items controller', 'orderItems'])(
    'is %s without it',
    (text) => expect(namesOf(text, 'controller').pascal).toBe('OrderItems'),
  );
  it.each([
    ['injectable', 'users service', 'UsersService'],
    ['websocket', 'ChatSocket', 'ChatSocket'],
  ])('does not have it twice as %s: %s', (part, name, written) =>
    expect([...generatePart(part, name, true).files.values()].join()).toContain(
      `class ${written} `,
    ),
  );
  it('is kept where there is nothing else', () =>
    expect(namesOf('controller', 'controller').pascal).toBe('Controller'));
});

describe('a word that is there already', () => {
  const clash = (part: string, name: string): string | undefined =>
    clashOf(generatePart(part, name, true));

  it.each([
    ['dependency', 'delete', 'delete'],
    ['middleware', 'new', 'new'],
    ['dto', 'promise', 'Promise'],
    ['dto', 'length', 'Length'],
    ['dependency', 'dependency', 'dependency'],
  ])('is no name of %s: %s', (part, name, word) => expect(clash(part, name)).toBe(word));

  it.each(PART_NAMES)('is none of those that %s writes itself', (part) =>
    expect(clash(part, 'order items')).toBeUndefined(),
  );

  it.each(['posts', 'gets', 'maps', 'promises', 'controllers'])(
    'is avoided in a resource of %s',
    (name) => expect(clash('resource', name)).toBeUndefined(),
  );
});

describe('the controllers of an application', () => {
  const add = (text: string): string | undefined => addController(text, 'Books', './books.js');

  it('get one more, and its import', () =>
    expect(
      add(
        "import { Vivace } from 'vivace';\n\nexport const app = new Vivace({ controllers: [Items] });\n",
      ),
    ).toBe(
      "import { Vivace } from 'vivace';\nimport { Books } from './books.js';\n\nexport const app = new Vivace({ controllers: [Items, Books] });\n",
    ));

  it.each(['import { A } from "./a.js";\n', "import { A } from './a.js'\n"])(
    'are imported as the others are: %s',
    (line) => {
      const added = add(`${line}new Vivace({ controllers: [A] })\n`)?.split('\n')[1];
      expect(`${added}\n`).toBe(line.replace('A', 'Books').replace('./a.js', './books.js'));
    },
  );

  it('stay as they are formatted', () =>
    expect(add('new Vivace({\n  controllers: [\n    Items,\n  ],\n});\n')).toContain(
      '  controllers: [\n    Items,\n    Books,\n  ],\n',
    ));

  it('stand one a line where they are too long for one', () => {
    const names = Array.from({ length: 9 }, (_, index) => `Controller${index}`).join(', ');
    expect(add(`new Vivace({ controllers: [${names}] });\n`)).toContain('[\n  Controller0,\n');
  });

  it.each([
    'new Vivace({ controllers });',
    'new Vivace({ controllers: [...many] });',
    'new Vivace({ controllers: [A] });\nnew Vivace({ controllers: [B] });',
    '// controllers: [A]',
  ])('are left alone where they are not plain: %s', (text) => expect(add(text)).toBeUndefined());

  it('are not listed twice', () =>
    expect(add('new Vivace({ controllers: [Books] });')).toBe(
      'new Vivace({ controllers: [Books] });',
    ));
});

describe('several parts of one name', () => {
  const pairs = PART_NAMES.flatMap((one, index) =>
    PART_NAMES.slice(index + 1).map((other): [string, string] => [one, other]),
  );
  const filesOf = (part: string): readonly string[] => [
    ...generatePart(part, 'orders', true).files.keys(),
  ];
  // A resource is a controller with more beside it.
  it.each(pairs.filter((pair) => pair.join() !== 'controller,resource'))(
    'are files of their own: %s and %s',
    (one, other) => {
      const files = filesOf(one);
      expect(filesOf(other).filter((file) => files.includes(file))).toEqual([]);
    },
  );
});

describe('a part', () => {
  it.each(PART_NAMES)('%s has a test', (part) => {
    const files = [...generatePart(part, 'order items', true).files.keys()];
    expect(files.some((file) => file.endsWith('.test.ts'))).toBe(true);
    expect(files.every((file) => dirname(file) === 'order-items')).toBe(true);
  });

  it.each(PART_NAMES)('%s has every word of its templates filled in', (part) => {
    const { files } = generatePart(part, 'order items', true);
    expect([...files].flat().join('\n')).not.toMatch(/\{\{|\}\}/);
  });

  it.each(PART_NAMES)('%s imports files as CommonJS and ES modules do', (part) => {
    const importsOf = (isModule: boolean): readonly string[] =>
      [...generatePart(part, 'order items', isModule).files.values()].flatMap(
        (text) => text.match(/(?<=from ')\.[^']*/g) ?? [],
      );
    expect(importsOf(true).length).toBeGreaterThan(0);
    expect(importsOf(true).filter((path) => !path.endsWith('.js'))).toEqual([]);
    expect(importsOf(false)).toEqual(importsOf(true).map((path) => path.replace(/\.js$/, '')));
  });
});
