import { availableParallelism } from 'node:os';
import type { Config } from 'jest';

const config: Config = {
  preset: '@vivace/compiler/jest',
  testMatch: ['<rootDir>/{packages,apps}/**/*.test.ts'],
  // Two also on a machine with two cores, where Jest alone would take one.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // No test depends on the speed of the machine: this is for one that is slow and busy.
  testTimeout: 120_000,
  testPathIgnorePatterns: ['/node_modules/', '/cli/templates/'],
  // Besides the preset's: the API of TypeScript, the parser and the watcher, which tests of our own load, are ES modules too.
  transformIgnorePatterns: [
    '/node_modules/(?!(cookie|@fastify/cookie|content-disposition|set-cookie-parser|toad-cache|jose|range-parser|arktype|arkregex|@ark|typescript|oxc-parser|chokidar|readdirp|@nestjs|@mikro-orm|kysely|pg-boss|serialize-error|non-error|rrule-temporal|@platformatic)/)',
  ],
  modulePathIgnorePatterns: ['/dist/', '/\\.vivace/', '/\\.cache/', '/cli/templates/'],
  // Unit tests read the sources, so that they need no build and coverage shows lines of TypeScript.
  moduleNameMapper: {
    '^#getExePath$': '<rootDir>/packages/compiler/tests/tsc-path.ts',
    '^vivace$': '<rootDir>/packages/vivace/src/index.ts',
    '^vivace/status$': '<rootDir>/packages/vivace/src/status.ts',
    '^vivace/(security|responses|middleware|settings|openapi|testing|extend|reflect-metadata)$':
      '<rootDir>/packages/vivace/src/$1.ts',
    '^@vivace/(sql|queue|http|redis|events|telemetry)$': '<rootDir>/packages/$1/src/index.ts',
    '^@vivace/(sql|queue|redis|events)/testing$': '<rootDir>/packages/$1/src/testing.ts',
    '^@vivace/events/kafka$': '<rootDir>/packages/events/src/kafka/kafka.ts',
    '^@vivace/telemetry/sentry$': '<rootDir>/packages/telemetry/src/sentry.ts',
  },
  // The other packages are tested from outside, on real engines.
  collectCoverageFrom: [
    'packages/{vivace,compiler,cli,lint}/src/**/*.ts',
    '!**/*.test.ts',
    '!**/*.test-d.ts',
  ],
  coverageProvider: 'v8',
  coverageReporters: ['text-summary'],
  // What the tests beside the code cover now: `scripts/jest.mjs` asks for it.
  coverageThreshold: { global: { statements: 77, branches: 83, functions: 75, lines: 77 } },
};

export default config;
