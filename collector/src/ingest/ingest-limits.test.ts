import { expect, it } from "vitest";
import { INGEST_LIMITS } from "./ingest-limits.ts";

it("lets no connection be cut for idleness while its request may still arrive", () => {
  expect(INGEST_LIMITS.idleMs).toBeGreaterThan(INGEST_LIMITS.requestMs);
  expect(INGEST_LIMITS.requestMs).toBeGreaterThanOrEqual(INGEST_LIMITS.headersMs);
});
