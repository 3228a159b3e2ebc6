import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { TYPESCRIPT_FLAGS } from './main/typescript-flags.mjs';

export default defineConfig({
  test: {
    // A busy machine is slow, not wrong.
    expect: { poll: { timeout: 20_000 } },
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'tests/bench/**', 'node_modules/**'],
    globalSetup: ['tests/support/postgres.ts'],
    alias: { electron: path.resolve('tests/support/electron-stub.ts') },
    setupFiles: ['tests/support/properties.ts'],
    testTimeout: 30_000,
    // Threads that a test starts load TypeScript.
    execArgv: TYPESCRIPT_FLAGS,
    // Roles belong to a whole PostgreSQL server: files of one run take turns, parts of the check run beside each other.
    maxWorkers: 1,
    reporters: ['default', ['json', { outputFile: process.env.VITEST_JSON ?? 'out/vitest.json' }]],
  },
});
