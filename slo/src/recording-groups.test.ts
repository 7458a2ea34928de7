import { rangeSeconds } from "@sockscope/promql";
import { expect, it } from "vitest";
import { RECORDING_GROUPS } from "./recording-groups.ts";

/** How far Prometheus looks back for a sample, where nobody says otherwise. */
const LOOK_BACK_SECONDS = 300;

it("every group is evaluated well within the time in which Prometheus looks for a sample, so that none is missed", () => {
  const intervals = RECORDING_GROUPS.flatMap(({ interval }) => interval ?? []);
  expect(intervals.length).toBeGreaterThan(0);
  expect(intervals.filter((interval) => rangeSeconds(interval) > LOOK_BACK_SECONDS - 60)).toEqual([]);
});
