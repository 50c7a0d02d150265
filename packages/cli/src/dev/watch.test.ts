import { matters } from './watch';

describe('what starts the program again', () => {
  it.each([
    'src/items.ts',
    'src/view.tsx',
    'lib/old.cjs',
    '.env',
    '.env.local',
    'package.json',
    'tsconfig.build.json',
    'C:/shop/src/items.ts',
  ])('%s does', (path) => expect(matters(path)).toBe(true));
  it.each(['src/items.test.ts', 'src/items.spec.tsx', 'types.test-d.ts', 'README.md', 'package-lock.json', 'data.sqlite', 'src/items.ts~'])(
    '%s does not',
    (path) => expect(matters(path)).toBe(false),
  );
});
