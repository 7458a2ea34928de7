import { describe, expect, it } from "vitest";
import { compareCosts } from "./measurement.ts";
import { type Bench, runBenches } from "./run-benches.ts";

function reporting(bench: string): Bench {
  return async (report) =>
    report(compareCosts({ bench, value: 1, unit: "B", peer: "p@1.0.0", peerValue: 2 }));
}

const benches = new Map<string, Bench>([
  ["heavy", reporting("heavy")],
  [
    "broken",
    async (report) => {
      await reporting("broken")(report);
      throw new Error("allocates");
    },
  ],
  ["light", reporting("light")],
]);

async function run(...ids: string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runBenches(ids, benches, {
    print: (line) => printed.push(JSON.parse(line).bench),
    complain: (line) => complaints.push(line),
  });
  return { exitCode, printed, complaints };
}

describe("benches", () => {
  it("run only those that are named", async () => {
    expect(await run("light", "heavy")).toEqual({ exitCode: 0, printed: ["heavy", "light"], complaints: [] });
  });

  it("run all when none is named, print what a failed one has measured, and then fail", async () => {
    expect(await run()).toEqual({
      exitCode: 1,
      printed: ["heavy", "broken", "light"],
      complaints: ["broken: allocates"],
    });
  });

  it("run none when one is unknown, and say which there are", async () => {
    expect(await run("light", "lihgt")).toEqual({
      exitCode: 1,
      printed: [],
      complaints: ["There is no bench lihgt; there are heavy, broken, light."],
    });
  });
});
