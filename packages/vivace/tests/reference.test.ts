import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../../scripts/reference/main.mjs');

/** Reads the declarations in `dist`, which `npm run build` writes. */
test('the reference has every public name and option, each with what it is, and is up to date', () => {
  const { stderr } = spawnSync(process.execPath, [SCRIPT, '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
});
