/** Suites that start processes or browsers, or train for long. `npm test` leaves them to `npm run test:all`. */
const SLOW = [
  'bench',
  'cli',
  'distributed',
  'exercise',
  'examples/report',
  'examples/report-phone',
  'hostile',
  'live',
  'memory',
  'processes',
  'reference',
  'tutorial',
];
/** Those that have the compiler read the whole library; left to `npm run test:all` too. */
const COMPILER = ['docs', 'types'];
/** Those in which nothing is computed: they say the same on every device, and run with the portable one. */
const NO_DEVICE = ['calls', 'features', 'format', 'structure', 'surface'];
const once = process.env.TFJS_TEST_DEVICES === 'native' ? NO_DEVICE : [];

const shared = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: { '\\.ts$': '<rootDir>/build/jest-transform.js' },
  moduleNameMapper: { '^tfjs-session$': '<rootDir>/src/index.ts' },
  setupFiles: ['<rootDir>/test/jest-process.ts'],
};
const inside = {
  ...shared,
  setupFiles: [...shared.setupFiles, '<rootDir>/test/quiet.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/left-over.ts'],
};
const elsewhere = [...SLOW, ...COMPILER, ...once, 'ops'].map((name) => `<rootDir>/test/${name}[./]`);
const suites = (names) => names.map((name) => `<rootDir>/test/${name}{.test.ts,/**/*.test.ts}`);

/** @type {import('jest').Config} */
module.exports = {
  // Jest would leave one core free, which of two is half.
  maxWorkers: '100%',
  // A limit for tests that hang, not for tests on a busy machine.
  testTimeout: 300_000,
  globalSetup: '<rootDir>/build/jest-setup.js',
  testSequencer: '<rootDir>/build/jest-sequencer.js',
  projects: [
    { ...inside, displayName: 'unit', testPathIgnorePatterns: elsewhere },
    { ...inside, displayName: 'rows', testMatch: ['<rootDir>/test/ops/*.test.ts'] },
    { ...inside, displayName: 'compiler', testMatch: suites(COMPILER) },
    { ...shared, displayName: 'slow', testMatch: suites(SLOW) },
  ],
};
