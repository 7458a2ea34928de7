import { namesIn } from "sockscope";
import { describe, expect, it } from "vitest";
import { readingsWithFiles } from "./readers.ts";

describe("the names in a query", () => {
  const known = new Set(["a_total", "b_seconds", "app:a:sum", "b_seconds_count"]);

  it.each([
    ["sum by (app) (rate(a_total[5m])) / app:a:sum", ["a_total", "app:a:sum"]],
    ['b_seconds_bucket{le="a_total"}', ["b_seconds"]],
    ["b_seconds_count", ["b_seconds_count"]],
    ["c_total", []],
    ['x{note="\\"a_total"}', []],
  ])("%s", (query, names) => {
    expect(namesIn(query, known)).toEqual(names);
  });
});

describe("who reads a metric", () => {
  it("names everybody once, those who read it through a recording rule too", () => {
    const readings = readingsWithFiles("ws_connections_active").map(
      ({ reader: { kind, name }, through }) => `${kind} ${name} ${through ?? ""}`,
    );
    expect(readings).toContain("recording rule job:ws_connections_active:sum ");
    expect(readings).toContain("panel Open connections ");
    expect(readings).toContain("alert WsMassDisconnect job:ws_connections_active:sum");
    expect(new Set(readings).size).toBe(readings.length);
  });

  it("names a file for everybody", () => {
    const files = readingsWithFiles("ws_client_closes_total").map(({ file }) => file);
    expect(files.filter((file) => !/^[a-z]+\/src\/[\w/-]+\.ts$/.test(file))).toEqual([]);
  });
});
