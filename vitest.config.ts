import { defineConfig } from 'vitest/config';

const withEngine = ['./test/fixtures/engine.ts'];

/** `npm test` runs every project; `npx vitest run --project unit` one of them. */
export default defineConfig({
  test: {
    // on two cores the runner would leave one to itself: most tests wait for the engine, a browser or a server
    maxWorkers: '100%',
    reporters: ['default', './test/fixtures/closing-line.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/{domain,mail,web,ground}/**/*.test.{ts,tsx}'], testTimeout: 30_000 } },
      {
        test: {
          name: 'store',
          include: ['test/{store,usecases,http}/**/*.test.{ts,tsx}'],
          globalSetup: withEngine,
          testTimeout: 30_000,
        },
      },
      { test: { name: 'local', include: ['test/local/**/*.test.{ts,tsx}'], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.{ts,tsx}'],
          globalSetup: ['./test/fixtures/browser-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'lambda',
          include: ['test/lambda/**/*.test.ts'],
          globalSetup: withEngine,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: { name: 'stacks', include: ['test/stacks/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000 },
      },
    ],
  },
});
