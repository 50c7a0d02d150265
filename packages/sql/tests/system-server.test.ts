import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const url = process.env['SYSTEM_DATABASE_URL'];
const isMissing = url === undefined && process.env['CI'] === undefined;
if (isMissing)
  console.info(
    'PostgreSQL of the system is not tried: start one, and say SYSTEM_DATABASE_URL=postgres://… (.ci/postgres does both on Debian).',
  );

/** Files that start servers of their own: another address means nothing to them. */
const ELSEWHERE = ['system-server', 'embedded', 'failure'];

(isMissing ? describe.skip : describe)('a PostgreSQL that is not the embedded one', () => {
  it('does all that tests say of the packages on it', () => {
    const jest = createRequire(join(root, 'package.json')).resolve('jest/bin/jest');
    const files = ['packages/sql', 'packages/queue'];
    const { status, stderr } = spawnSync(
      process.execPath,
      [jest, ...files, '--testPathIgnorePatterns', ...ELSEWHERE],
      { cwd: root, encoding: 'utf8', env: { ...process.env, TEST_DATABASE_URL: url } },
    );
    expect(status === 0 ? '' : stderr).toBe('');
  }, 600_000);
});
