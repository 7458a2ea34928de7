import { describe, expect, it } from "vitest";
import { annotationEvents } from "./annotation-events.ts";

const STEP_MS = 60_000;
const FORMAT = { titleFormat: "{{alertname}}", textFormat: "for {{app}}", tagKeys: "app, severity" };
const LABELS = { alertname: "WsDown", app: "chat", severity: "page", job: "x" };

describe("annotations from a query", () => {
  it("are one region where points follow each other, and another after a gap", () => {
    const times = [0, 60_000, 120_000, 300_000];
    const events = annotationEvents([{ labels: LABELS, times, values: [1, 1, 2, 1] }], FORMAT, STEP_MS);
    expect(events).toEqual([
      { time: 0, timeEnd: 120_000, title: "WsDown", text: "for chat", tags: ["chat", "page"] },
      { time: 300_000, timeEnd: 300_000, title: "WsDown", text: "for chat", tags: ["chat", "page"] },
    ]);
  });

  it("are nothing where the value is zero or missing", () => {
    const series = { labels: {}, times: [0, 60_000, 120_000], values: [0, null, 0.5] };
    expect(annotationEvents([series], {}, STEP_MS)).toMatchObject([{ time: 120_000, timeEnd: 120_000 }]);
  });

  it("are at the value where that is the moment", () => {
    const series = { labels: {}, times: [0, 60_000], values: [1_700_000_000_000, 1_700_000_000_000] };
    expect(annotationEvents([series], { useValueForTime: true }, STEP_MS)).toMatchObject([
      { time: 1_700_000_000_000, timeEnd: 1_700_000_000_000 },
    ]);
  });
});
