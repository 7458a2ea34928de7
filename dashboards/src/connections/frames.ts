import { FRAMES_RECEIVED, FRAMES_SENT } from "@sockscope/catalog";
import { rate, sumBy } from "@sockscope/promql";
import { graph } from "../graph.ts";
import type { PanelSpec } from "../panel.ts";
import { APP, WINDOW } from "./windows.ts";

/** What is said over connections. */
export const FRAMES: readonly PanelSpec[] = [
  graph({
    id: 10,
    width: 8,
    height: 8,
    title: "Frames received by browsers",
    description: "By event. Assistant messages at zero while users write: messages do not appear.",
    unit: "cps",
    queries: [{ expression: sumBy(["event"], rate(FRAMES_RECEIVED, APP, WINDOW)), legend: "{{event}}" }],
  }),
  graph({
    id: 11,
    width: 8,
    height: 8,
    title: "Frames sent by browsers",
    description: "By event, handed to an open socket; whether they arrived, the server knows.",
    unit: "cps",
    queries: [{ expression: sumBy(["event"], rate(FRAMES_SENT, APP, WINDOW)), legend: "{{event}}" }],
  }),
];
