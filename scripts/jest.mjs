// Runs all tests. Where `CI` is set, those beside the code also hold how much of it they cover; the others run without
// that, since a file takes twice its time with the coverage of V8. There a test that failed may leave a process which holds
// the output open: the run ends all the same, and says what failed.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const BESIDE_THE_CODE = '/packages/[^/]+/src/';
const runs =
  process.env.CI === undefined
    ? [[]]
    : [
        ['--coverage', '--forceExit', BESIDE_THE_CODE],
        [
          '--forceExit',
          '--testPathIgnorePatterns',
          '/node_modules/',
          '/cli/templates/',
          BESIDE_THE_CODE,
        ],
      ];
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const codes = runs.map(
  (options) => spawnSync(process.execPath, [jest, ...options], { stdio: 'inherit' }).status ?? 1,
);
process.exitCode = Math.max(...codes);
