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
          // Two real stacks at a time: most of what they do is wait. The hooks start browsers and Prometheus.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
