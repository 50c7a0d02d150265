import { TestProject } from '../../tests/project';
import { injectIdentities } from './inject';

const files = {
  'package.json': JSON.stringify({
    name: 'shop',
    type: 'commonjs',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  }),
  'src/index.ts': `export { Item as Thing } from './item.js'; export { open } from './store.js'; export class Own {}`,
  'src/item.ts': `import { Machine } from './machine.js'; export class Item { detail?: Detail; of = () => new Machine(); }
    export class Detail { text!: string } export class Unused {}`,
  'src/machine.ts': `export class Machine { wheels = 4 } export default class {}`,
  'src/store.ts': `import { Machine } from './machine.js'; declare const field: PropertyDecorator;
    export class Store { machine = new Machine() } export class Row { @field text!: string }
    export const open = () => new Store();`,
};
const registered = (code: string) => [...code.matchAll(/\.push\(\["([^"]+)"/g)].map(([, id]) => id);

/** The ids that the built files register, and those that have types. */
function built(project: TestProject, options?: { exported: boolean }) {
  injectIdentities(project.path('dist'), project.root, options);
  const scripts = ['index', 'item', 'machine', 'store'].map((name) => `dist/${name}.js`);
  const sideCar = JSON.parse(
    project.read('dist/__types.cjs').replace('module.exports = ', '').replace(/;\s*$/, ''),
  ) as { files: object; defs: object };
  return {
    ids: scripts.flatMap((script) => registered(project.read(script))).toSorted(),
    typed: Object.keys(sideCar.defs).toSorted(),
    files: Object.keys(sideCar.files),
  };
}

describe('a build registers', () => {
  let project: TestProject;
  beforeAll(() => {
    project = new TestProject(files);
    project.tsc();
  });
  afterAll(() => project[Symbol.dispose]());

  it('the classes that have types, and no others', () => {
    const { ids, typed } = built(project);
    expect(ids).toEqual(typed);
    expect(ids.map((id) => id!.split('#')[1])).toEqual([
      'Own',
      'Detail',
      'Item',
      'Unused',
      'Machine',
      'Machine~2',
      'Row',
      'Store',
    ]);
  });

  it('only what the exports of its package reach and what is decorated, where it is asked to', () => {
    const { ids, typed, files } = built(project, { exported: true });
    expect(ids).toEqual(typed);
    expect(ids).toEqual([
      'shop/src/index.ts#Own',
      'shop/src/item.ts#Detail',
      'shop/src/item.ts#Item',
      'shop/src/store.ts#Row',
    ]);
    expect(files).toEqual(['shop/src/index.ts', 'shop/src/item.ts', 'shop/src/store.ts']);
  });

  it('the same when it runs again', () => {
    const scripts = () =>
      ['item', 'machine', 'store'].map((name) => project.read(`dist/${name}.js`));
    built(project, { exported: true });
    const before = scripts();
    built(project);
    built(project, { exported: true });
    expect(scripts()).toEqual(before);
  });
});
