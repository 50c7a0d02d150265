import { esmPackagesOf } from './esm-packages';

/** Packages of ES modules that Fastify and its plugins load, one that loads them by `import()`, and arktype, whose schemas inputs may have: Jest's CommonJS loader needs them transformed. */
const esmOnly = [
  'cookie',
  '@fastify/cookie',
  'content-disposition',
  'set-cookie-parser',
  'toad-cache',
  'jose',
  'range-parser',
  'arktype',
  'arkregex',
  '@ark',
  ...esmPackagesOf(process.cwd()),
];

/** The Jest preset `@vivace/compiler/jest`. */
export default {
  testEnvironment: 'node',
  // The first test of a file may compile types and open a database: a busy machine needs more than Jest's five seconds.
  testTimeout: 30_000,
  globalSetup: require.resolve('./setup'),
  resolver: require.resolve('./resolver'),
  reporters: [require.resolve('./reporter'), 'default'],
  transform: { '\\.([cm]?ts|tsx|m?js)$': require.resolve('./transform') },
  // pnpm keeps a package below .pnpm/NAME@VERSION/node_modules.
  transformIgnorePatterns: [`/node_modules/(?!\\.pnpm/|(${esmOnly.join('|')})/)`],
  // What was built holds the tests once more.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/\\.vivace/', '<rootDir>/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/\\.vivace/'],
  // Istanbul rewrites the defaults of parameters; V8 leaves the code as it is.
  coverageProvider: 'v8' as const,
};
