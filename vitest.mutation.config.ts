import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["e2e/mutation/*.mutation.ts"],
    environment: "node",
    testTimeout: 600_000,
    // Each test is a promtool of its own.
    maxConcurrency: 3,
  },
});
