/** ESM-only packages that Fastify and its plugins load; Jest's CommonJS loader needs them transformed. */
const esmOnly = ['cookie', 'content-disposition', 'set-cookie-parser', 'toad-cache', 'jose'];

/** The Jest preset `@vivace/compiler/jest`. */
export default {
  testEnvironment: 'node',
  transform: { '\\.([cm]?ts|tsx|m?js)$': require.resolve('./jest-transform') },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  coverageProvider: 'v8' as const,
};
