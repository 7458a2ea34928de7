import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "*/src/**/*.test.ts",
            "demo/*/src/**/*.test.ts",
            "dashboards/preview/src/**/*.test.ts",
            "docs/examples/*.test.ts",
          ],
          environment: "node",
          // No test is about how fast it is: a machine that does something else as well must not fail one.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts", "*/e2e/**/*.test.ts"],
          environment: "node",
          // One real stack at a time; the hooks start browsers and Prometheus.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
