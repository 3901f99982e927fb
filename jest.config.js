/**
 * Packages that ship ES modules only and are therefore compiled for the
 * CommonJS test run; everything else in node_modules is loaded as it is.
 */
const ESM_ONLY = ['cookie', 'jose', 'oidc-provider', 'content-disposition', 'strip-bom', 'uuid']

/** In a `.ts` file `<T>(…)` opens a function, in a `.tsx` file an element. */
const swc = (tsx) => ['@swc/jest', {
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    parser: { syntax: 'typescript', tsx },
    transform: { react: { runtime: 'automatic' } },
    target: 'es2022',
  },
  module: { type: 'commonjs' },
}]

const transform = { '^.+\\.(ts|js|mjs)$': swc(false), '^.+\\.tsx$': swc(true) }

const base = {
  rootDir: import.meta.dirname,
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(.*/node_modules/)?(${ESM_ONLY.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.data/'],
  testPathIgnorePatterns: ['/node_modules/'],
}

const OTHER_PROJECTS = ['\\.store\\.test\\.ts$', '/tests/hosts/', '/tests/e2e/', '/tests/faults/', '/tests/bench/']

/** One jest project per kind of surroundings a test needs. */
export default {
  // For what hangs. How long a test takes says more of the machine than of the code. Projects have none of their own.
  testTimeout: 120_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testEnvironment: 'node',
      testMatch: ['**/*.test.ts', '<rootDir>/tooling/*.test.js'],
      testPathIgnorePatterns: [...base.testPathIgnorePatterns, ...OTHER_PROJECTS],
    },
    {
      ...base,
      displayName: 'dom',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/outlook-addin/**/*.test.tsx', '<rootDir>/preview/**/*.test.tsx'],
    },
    {
      ...base,
      displayName: 'store',
      testEnvironment: 'node',
      testMatch: ['**/*.store.test.ts'],
      globalSetup: '<rootDir>/tests/postgres.setup.ts',
      globalTeardown: '<rootDir>/tests/postgres.teardown.ts',
    },
    {
      ...base,
      displayName: 'hosts',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/hosts/**/*.test.ts'],
      globalSetup: '<rootDir>/tests/bundles.setup.ts',
    },
    {
      ...base,
      displayName: 'faults',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/faults/**/*.test.ts'],
      globalSetup: '<rootDir>/tests/faults.setup.ts',
      globalTeardown: '<rootDir>/tests/postgres.teardown.ts',
    },
    {
      ...base,
      displayName: 'e2e',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
      globalSetup: '<rootDir>/tests/bundles.setup.ts',
    },
  ],
}
