import { dirname } from 'node:path';
import { addToList } from './add-to-list';
import { clashOf } from './clash';
import { namesOf } from './names';
import { generatePart, PART_NAMES } from './parts';

const plain = { type: 'module', dependencies: {} } as const;
const onDatabase = {
  type: 'module',
  dependencies: { '@vivace/sql': '*', '@vivace/queue': '*' },
} as const;
/** Each part with the projects it can be made in. */
const PLACES = PART_NAMES.flatMap((part) => [
  ...(part === 'entity' || part === 'job' ? [] : [[part, 'memory', plain] as const]),
  [part, 'a database', onDatabase] as const,
]);

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
    ['statuses', 'Status'],
    ['buses', 'Bus'],
    ['houses', 'House'],
    ['heroes', 'Hero'],
    ['shoes', 'Shoe'],
    ['movies', 'Movie'],
    ['pies', 'Pie'],
    ['tv-series', 'TvSeries'],
    ['caches', 'Cache'],
    ['people', 'Person'],
    ['news', 'News'],
    ['HTTPRoutes', 'HttpRoute'],
  ])('%s is of several %s', (text, singular) => expect(namesOf(text).singular).toBe(singular));
  it.each(['', '../evil', '1st', "a'b"])('cannot be %j', (text) =>
    expect(() => namesOf(text)).toThrow('cannot be a name'),
  );
});

describe('a folder before the name', () => {
  it.each(['controller', 'resource', 'websocket'])('is in the path of a %s too', (part) => {
    const { files, listed, route } = generatePart(part, 'admin/OrderItems', plain);
    expect(route).toBe('/admin/order-items');
    expect([...files.keys()].every((file) => dirname(file) === 'admin/order-items')).toBe(true);
    expect(dirname(listed[0]!.file)).toBe('admin/order-items');
    const texts = [...files.values()].join('\n');
    expect(texts).toContain("@Controller('/admin/order-items'");
    expect(texts).not.toMatch(/['`]\/order-items/);
  });
  it('is none of a part that answers nothing', () =>
    expect(generatePart('dto', 'admin/orders', plain).route).toBeUndefined());
  it.each(['../users', 'admin//users', '/users', 'admin/'])(
    'has a name of its own: not %j',
    (name) => expect(() => generatePart('dto', name, plain)).toThrow('cannot be a name'),
  );
});

describe('an entity', () => {
  it.each([
    ['tag', 'Tag'],
    ['tags', 'Tag'],
    ['post', 'Post'],
    ['id', 'IdOut'],
  ])('of the name %s is the class %s, which the database is told of', (name, written) => {
    const { files, listed } = generatePart('entity', name, onDatabase);
    expect([...files.values()].join()).toContain(`class ${written} `);
    expect(listed).toMatchObject([{ option: 'entities', name: written }]);
  });
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
    expect([...generatePart(part, name, plain).files.values()].join()).toContain(
      `class ${written} `,
    ),
  );
  it('is kept where there is nothing else', () =>
    expect(namesOf('controller', 'controller').pascal).toBe('Controller'));
});

describe('a word that is there already', () => {
  const clash = (part: string, name: string, project: typeof plain | typeof onDatabase = plain) =>
    clashOf(generatePart(part, name, project));

  it.each([
    ['dependency', 'delete', 'delete'],
    ['middleware', 'new', 'new'],
    ['dto', 'promise', 'Promise'],
    ['dto', 'length', 'Length'],
    ['dependency', 'dependency', 'dependency'],
  ])('is no name of %s: %s', (part, name, word) => expect(clash(part, name)).toBe(word));

  it.each(PLACES)('is none of those that %s writes itself, with %s', (part, _, project) =>
    expect(clash(part, 'order items', project)).toBeUndefined(),
  );

  it.each(['posts', 'gets', 'maps', 'promises', 'controllers', 'sessions', 'entities'])(
    'is avoided in a resource of %s',
    (name) =>
      expect([clash('resource', name), clash('resource', name, onDatabase)]).toEqual([
        undefined,
        undefined,
      ]),
  );
});

describe('the controllers of an application', () => {
  const add = (text: string): string | undefined =>
    addToList(text, 'controllers', 'Books', './books.js');

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
    expect(add(`new Vivace({\n  controllers: [${names}],\n});\n`)).toContain(
      '  controllers: [\n    Controller0,\n',
    );
  });

  it.each(['', '  return '])(
    'are in an object of several lines where one is too short: %j',
    (before) => {
      const indent = /^ */.exec(before)![0];
      const name = 'C'.repeat(96 - `${before}new Vivace({ controllers: [] });`.length);
      expect(
        add(`${before}new Vivace({ controllers: [${name}] });\n`)?.split('\n').slice(1),
      ).toEqual([
        `${before}new Vivace({`,
        `${indent}  controllers: [${name}, Books],`,
        `${indent}});`,
        '',
      ]);
    },
  );

  it.each([
    'new Vivace({ controllers });',
    'new Vivace({ controllers: [...many] });',
    'new Vivace({ controllers: [A] });\nnew Vivace({ controllers: [B] });',
    '// controllers: [A]',
  ])('are left alone where they are not plain: %s', (text) => expect(add(text)).toBeUndefined());

  it('are not listed twice', () => {
    const listed = "import { Books } from './books.js';\nnew Vivace({ controllers: [Books] });";
    expect(add(listed)).toBe(listed);
    expect(add(listed.replace('[Books]', '[]'))).toBe(listed);
  });

  it('are left alone where another folder has one of that name', () =>
    expect(
      add("import { Books } from './old/books.js';\nnew Vivace({ controllers: [Books] });"),
    ).toBeUndefined());
});

describe('the entities and jobs of an application', () => {
  it.each(['entities', 'jobs'] as const)('%s get one more as controllers do', (option) =>
    expect(addToList(`const a = of({ ${option}: [A] });\n`, option, 'B', './b.js')).toBe(
      `import { B } from './b.js';\nconst a = of({ ${option}: [A, B] });\n`,
    ),
  );
});

describe('several parts of one name', () => {
  const pairs = PART_NAMES.flatMap((one, index) =>
    PART_NAMES.slice(index + 1).map((other): [string, string] => [one, other]),
  );
  const filesOf = (part: string): readonly string[] => [
    ...generatePart(part, 'orders', onDatabase).files.keys(),
  ];
  // A resource is a controller with more beside it, and an entity.
  it.each(
    pairs.filter((pair) => !['controller,resource', 'entity,resource'].includes(pair.join())),
  )('are files of their own: %s and %s', (one, other) => {
    const files = filesOf(one);
    expect(filesOf(other).filter((file) => files.includes(file))).toEqual([]);
  });
});

describe('a part', () => {
  it.each(PLACES)('%s has a test, with %s', (part, _, project) => {
    const files = [...generatePart(part, 'order items', project).files.keys()];
    expect(files.some((file) => file.endsWith('.test.ts'))).toBe(true);
    expect(files.every((file) => dirname(file) === 'order-items')).toBe(true);
  });

  it.each(PLACES)('%s has every word of its templates filled in, with %s', (part, _, project) => {
    const { files } = generatePart(part, 'order items', project);
    expect([...files].flat().join('\n')).not.toMatch(/\{\{|\}\}/);
  });

  it.each(PLACES)('%s imports files as both kinds of modules do, with %s', (part, _, project) => {
    const importsOf = (type: 'module' | 'commonjs'): readonly string[] =>
      [...generatePart(part, 'order items', { ...project, type }).files.values()].flatMap(
        (text) => text.match(/(?<=from ')\.[^']*/g) ?? [],
      );
    expect(importsOf('module').length).toBeGreaterThan(0);
    expect(importsOf('module').filter((path) => !path.endsWith('.js'))).toEqual([]);
    expect(importsOf('commonjs')).toEqual(
      importsOf('module').map((path) => path.replace(/\.js$/, '')),
    );
  });

  it.each([
    ['entity', '@vivace/sql'],
    ['job', '@vivace/queue'],
  ])('%s is for projects with %s', (part, needed) =>
    expect(() => generatePart(part, 'orders', plain)).toThrow(`generate ${part} needs ${needed}.`),
  );
});
