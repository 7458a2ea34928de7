import { expect, it } from "vitest";
import { shownDashboard } from "./manifest.ts";

const DASHBOARDS = ["sockscope-connections", "sockscope-overview"].map((uid) => ({
  uid,
  title: uid,
  tags: [],
}));
const uidAt = (path: string): string | undefined =>
  shownDashboard({ timeInterval: "5s", dashboards: DASHBOARDS }, path)?.uid;

it("knows which dashboard the page at a path shows first", () => {
  expect(uidAt("/")).toBe("sockscope-overview");
  expect(uidAt("/d/sockscope-connections")).toBe("sockscope-connections");
  expect(uidAt("/d/sockscope-connections/any-words")).toBe("sockscope-connections");
});

it("knows of none where another page is, or there is no such dashboard", () => {
  for (const path of ["/alerts", "/runbooks/WsCollectorDown.md", "/d/sockscope-conn", "/d/%", "/d/"])
    expect(uidAt(path)).toBeUndefined();
});
