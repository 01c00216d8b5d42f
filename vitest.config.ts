import { defineConfig } from 'vitest/config';

// unit: no server but what a test makes itself on loopback. e2e: real processes, real Postgres, Redis and Kubernetes.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/dist/**', 'test/workflows/**'],
          // Not for slow tests: for busy machines.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // One for each core: left alone, one core would be kept for watching.
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/dist/**/*.test.ts', 'test/workflows/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // No more, however many cores there are: each file starts servers of its own, on free ports.
          maxWorkers: 2,
          // After the others, which have another number of workers.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
