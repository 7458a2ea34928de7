import type { Catalog } from "@sockscope/catalog";
import { countBy, firingAlerts, multiply, or } from "@sockscope/promql";
import { CONNECTIONS_ACTIVE_SUM, recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import { firstAttemptsPanel } from "../first-attempts.ts";
import { FAULTS } from "../our-alerts.ts";
import { bigNumber } from "../panels/big-number.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { ANY_EVENT } from "../panels/thresholds.ts";
import { lostPanel, seeErrorPanel } from "./users.ts";
import { CONNECTIONS, SIZE } from "./verdict.ts";
import { inTimePanel, unansweredPanel } from "./what-they-write.ts";

function pagesPanel(): PanelSpec {
  const pages = countBy([], firingAlerts({ alertname: FAULTS, severity: "page" }));
  // Rules that record and rules that alert are one file: without anything recorded, nothing could page.
  const evaluated = multiply(
    0,
    or(countBy([], recorded(CONNECTIONS_ACTIVE_SUM)), countBy([], recorded(SESSIONS_ACTIVE_SUM))),
  );
  return bigNumber(
    {
      ...SIZE,
      id: 1,
      title: "Alerts that page",
      description:
        "How many alerts that wake somebody fire now, of every app and job. Which ones, the table below says. Only those can fire whose rules Prometheus has loaded.",
      unit: "short",
      traits: ["of every app"],
      queries: [{ refId: "pages", expression: or(pages, evaluated), legend: "firing" }],
      emptyWhere: "Prometheus evaluates none of our rules, or knows neither a chat server nor a collector",
    },
    { colors: [{ color: "green" }, { from: ANY_EVENT, color: "red" }], decimals: 0, isVerdict: true },
  );
}

/** Is it us? One verdict for each way in which a chat fails its users. */
export function verdicts(catalog: Catalog): readonly PanelSpec[] {
  return [
    pagesPanel(),
    seeErrorPanel(catalog),
    lostPanel(catalog),
    firstAttemptsPanel(
      catalog,
      { ...SIZE, id: 4, title: "Can connect" },
      { decimals: 1, isVerdict: true, leadsTo: CONNECTIONS },
    ),
    unansweredPanel(catalog),
    inTimePanel(catalog),
  ];
}
