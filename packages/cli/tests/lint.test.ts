import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '@vivace/lint';
import { findingsIn } from '@vivace/lint/check';
import { folder } from './folder';

const CONFIGURATION = join(__dirname, '../templates/api/_oxlintrc.json');
const OXLINT = join(__dirname, '../../../node_modules/.bin/oxlint');

/** What oxlint says of a file with the configuration of the template. */
function lint(text: string): string {
  const configuration = readFileSync(CONFIGURATION, 'utf8').replace(
    '@vivace/lint',
    join(__dirname, '../../lint/dist/plugin.js'),
  );
  using place = folder({
    '.oxlintrc.json': configuration,
    'tsconfig.json':
      '{ "compilerOptions": { "strict": true, "experimentalDecorators": true }, "include": ["*.ts"] }',
    'app.ts': text,
  });
  return spawnSync(OXLINT, ['--type-aware', '--format=unix'], { cwd: place.path, encoding: 'utf8' })
    .stdout;
}

test('oxlint says in the editor what vivace check says, with the configuration of a new project', () => {
  const said = lint(
    "import { Vivace } from 'vivace';\n\nexport const app = new Vivace({\n  debug: true,\n});\n",
  );
  expect(said).toMatch(
    /app\.ts:4:3: debug sends the traces of errors to clients\. Write instead: remove it.*vivace\(safe-options\)/,
  );
});

test('gotcha 101: a promise that nobody waits for is found', () => {
  const said = lint(
    'async function work(): Promise<void> {}\nexport function handler(): void {\n  work();\n}\n',
  );
  expect(said).toMatch(/app\.ts:3:3: .*no-floating-promises/);
});

describe('the guide shows what a rule finds:', () => {
  const guide = readFileSync(join(__dirname, '../../../docs/guide/cli.md'), 'utf8');
  const rows = [...guide.matchAll(/^\| `vivace\/([\w-]+)` \| .* \| `(.*)` \|$/gm)];
  const shown = new Map(rows.map(([, rule, example]) => [rule!, example!]));

  /** An example with what stands around it: methods are in a class, and `…` leaves something out. */
  const program = (example: string): string =>
    example.replace(' … ', ' ').replace(/@(?:Get|Patch).*/, 'class Example { $& }');

  test.each(Object.keys(rules))('%s', (rule) => {
    const text = program(shown.get(rule) ?? '');
    expect(findingsIn([{ place: 'app.ts', path: '/app.ts', text }])).toContainEqual(
      expect.objectContaining({ rule, place: 'app.ts:1' }),
    );
  });
});

test('a new project turns every rule on', () => {
  const { rules: on } = JSON.parse(readFileSync(CONFIGURATION, 'utf8')) as {
    rules: Record<string, string>;
  };
  expect(Object.keys(on).filter((name) => name.startsWith('vivace/'))).toEqual(
    Object.keys(rules).map((name) => `vivace/${name}`),
  );
});
