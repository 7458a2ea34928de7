import type { Catalog } from "@sockscope/catalog";
import { countBy, firingAlerts, multiply, or, orOfEveryEnvironment } from "@sockscope/promql";
import { firstAttemptsPanel } from "../first-attempts.ts";
import { FAULTS, WATCHDOG } from "../our-alerts.ts";
import { bigNumber } from "../panels/big-number.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { ANY_EVENT } from "../panels/thresholds.ts";
import { lostPanel, seeErrorPanel } from "./users.ts";
import { CONNECTIONS, SIZE } from "./verdict.ts";
import { inTimePanel, unansweredPanel } from "./what-they-write.ts";

function pagesPanel(): PanelSpec {
  const pages = countBy([], firingAlerts({ alertname: FAULTS, severity: "page" }));
  // What always fires and does not: nothing evaluates our alerts, so that none fires is no good news.
  const evaluated = multiply(0, countBy([], orOfEveryEnvironment(firingAlerts({ alertname: WATCHDOG }))));
  return bigNumber(
    {
      ...SIZE,
      id: 1,
      title: "Alerts that page",
      description:
        "How many alerts that wake somebody fire now, of every app and job. Which ones, the table below says. Only those are counted that this Prometheus evaluates.",
      unit: "short",
      traits: ["of every app"],
      queries: [{ refId: "pages", expression: or(pages, evaluated), legend: "firing" }],
      emptyWhere: `nothing evaluates alerts here: not even ${WATCHDOG} fires, which always does; what Grafana evaluates is in its own list of alerts`,
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
