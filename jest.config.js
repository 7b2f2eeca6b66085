/** Suites that start processes or browsers, or train for long. `npm test` leaves them to `npm run test:all`. */
const SLOW = [
  'bench',
  'cli',
  'distributed',
  'exercise',
  'examples/report',
  'examples/report-phone',
  'hostile',
  'memory',
  'reference',
  'tutorial',
];

const shared = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: { '\\.ts$': ['ts-jest', { diagnostics: false, tsconfig: 'tsconfig.json' }] },
  moduleNameMapper: { '^tfjs-session$': '<rootDir>/src/index.ts' },
};
const inside = { ...shared, setupFiles: ['<rootDir>/test/quiet.ts'] };
const slow = SLOW.map((name) => `<rootDir>/test/${name}[./]`);

/** @type {import('jest').Config} */
module.exports = {
  // Jest would leave one core free, which of two is half.
  maxWorkers: '100%',
  // A limit for tests that hang, not for tests on a busy machine.
  testTimeout: 300_000,
  projects: [
    { ...inside, displayName: 'unit', testPathIgnorePatterns: [...slow, '<rootDir>/test/ops/'] },
    { ...inside, displayName: 'rows', testMatch: ['<rootDir>/test/ops/*.test.ts'] },
    { ...shared, displayName: 'slow', testMatch: SLOW.map((n) => `<rootDir>/test/${n}{.test.ts,/**/*.test.ts}`) },
  ],
};
