/** Tests run as native ES modules on Node 22 (tools/test.mjs passes --experimental-vm-modules); swc only strips types. */
const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2023', transform: { react: { runtime: 'classic' } } },
      module: { type: 'es6' },
    },
  ],
}
const common = {
  // Not where passing files are: what was stripped once and how long each file took serves the next run.
  cacheDirectory: '<rootDir>/.cache/jest',
  transform,
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/spfx/', '<rootDir>/emulator/'],
  modulePathIgnorePatterns: ['<rootDir>/spfx/', '<rootDir>/emulator/playground/', '/lib/', '/dist/'],
}
const secondAttempt = { setupFilesAfterEnv: ['<rootDir>/tests/second-attempt.ts'] }
/** Folders of pure tests with many files over the same modules: `<folder>.test.ts` beside the folder runs them all, having loaded the product once. */
export const grouped = '/tests/(core/(actions|posture|report)|bot/(act|identity))/'
/** Tests that try each field, mutant or door, and those of random cases: pure as the fast ones, but longer than one waits after each change. */
const longer = '\\.(thorough|property)\\.test\\.tsx?$'
const withPrograms = '\\.(integration|browser)\\.test\\.tsx?$'

export default {
  maxWorkers: 2,
  testSequencer: '<rootDir>/tools/test-order.mjs',
  testTimeout: 300_000,
  projects: [
    {
      ...common,
      displayName: 'fast',
      testMatch: ['<rootDir>/tests/**/*.test.{ts,tsx}'],
      testPathIgnorePatterns: [...common.testPathIgnorePatterns, withPrograms, longer, grouped],
    },
    { ...common, displayName: 'thorough', testMatch: ['<rootDir>/tests/**/*.{thorough,property}.test.ts'] },
    // To run one of a group by itself; left out of every tier, because `fast` has them all.
    {
      ...common,
      displayName: 'one',
      testMatch: ['<rootDir>/tests/{core/{actions,posture,report},bot/{act,identity}}/**/*.test.ts'],
      testPathIgnorePatterns: [...common.testPathIgnorePatterns, withPrograms, longer],
    },
    { ...common, ...secondAttempt, displayName: 'integration', testMatch: ['<rootDir>/tests/**/*.integration.test.ts'] },
    { ...common, ...secondAttempt, displayName: 'browser', testMatch: ['<rootDir>/tests/**/*.browser.test.{ts,tsx}'] },
  ],
}
