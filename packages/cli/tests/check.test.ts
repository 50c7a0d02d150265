import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';

const CLI = join(__dirname, '../bin/vivace.js');
const LINT = join(__dirname, '../../lint');

const project = () =>
  folder({
    'package.json': '{}',
    'src/app.ts':
      "import { Vivace } from 'vivace';\n\nexport const app = new Vivace({ debug: true });\n",
  });

function check(cwd: string): readonly [code: number | null, output: string] {
  const env = { ...process.env, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'check'], {
    cwd,
    env,
    encoding: 'utf8',
  });
  return [status, stdout + stderr];
}

describe('vivace check', () => {
  test('finds what the rules of @vivace/lint say, and fails', () => {
    using place = project();
    mkdirSync(join(place.path, 'node_modules/@vivace'), { recursive: true });
    symlinkSync(LINT, join(place.path, 'node_modules/@vivace/lint'), 'junction');
    expect(check(place.path)).toEqual([
      1,
      expect.stringMatching(/^src\/app\.ts:3 {2}vivace\/safe-options\n[^]*\n3 findings\n$/),
    ]);
  });

  test('says what to install where the rules are missing', () => {
    using place = project();
    expect(check(place.path)).toEqual([
      1,
      'error @vivace/lint, which has the rules, is not installed in this project.\nhint  npm install --save-dev @vivace/lint\n',
    ]);
  });
});
