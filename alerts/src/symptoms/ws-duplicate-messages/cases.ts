import { type Catalog, DUPLICATES_RENDERED } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases } from "../alert-case.ts";
import { amount } from "../human-numbers.ts";
import { once } from "../made-up.ts";

const SHOWN_TWICE = selector(DUPLICATES_RENDERED.name, { app: "chat" });

/** What a message looks like that is shown twice. */
export function wsDuplicateMessagesCases(catalog: Catalog): AlertCases {
  const { count } = catalog.targets.duplicates_shown.objective;
  const firing = [
    {
      labels: { severity: "ticket", app: "chat" },
      description: `Within the last hour, pages of chat showed a message twice: ${amount(count + 1)} of them.`,
    },
  ];
  return {
    fires: [
      {
        title: "fires when one more is shown twice than may be",
        series: { [SHOWN_TWICE]: once(count + 1, 30) },
        at: "10m",
        firing,
      },
      {
        title: "goes on firing after the hour in which it is counted",
        series: { [SHOWN_TWICE]: once(count + 1, 130) },
        at: "75m",
        firing,
      },
    ],
    staysSilent: [
      {
        title: "stays silent when as many are shown twice as may be",
        series: { [SHOWN_TWICE]: once(count, 30) },
        at: "10m",
      },
      {
        title: "stays silent hours later",
        series: { [SHOWN_TWICE]: once(count + 1, 130) },
        at: "130m",
      },
    ],
  };
}
