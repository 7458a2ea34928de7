import type { Catalog } from "@sockscope/catalog";
import { stringify } from "yaml";
import { alertmanagerReceiver, DEFAULT_PAGE, type Receivers } from "./receivers.ts";
import { GENERATED_NOTICE } from "./rules.ts";

/** Gets what does not wake anybody up. */
const INBOX = "inbox";

const PAGER = "pager";

function configuration({ environmentLabels }: Catalog, { page = {}, ticket = {} }: Receivers): string {
  // One notification per symptom and app, however many series fire.
  const groupLabels = ["alertname", ...environmentLabels, "app"];
  const config = {
    route: {
      receiver: INBOX,
      group_by: groupLabels,
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "4h",
      routes: [{ receiver: PAGER, matchers: ['severity="page"'] }],
    },
    receivers: [
      alertmanagerReceiver(INBOX, ticket, groupLabels, "warning"),
      alertmanagerReceiver(PAGER, page, groupLabels, "critical"),
    ],
  };
  return GENERATED_NOTICE + stringify(config, { lineWidth: 0 });
}

/** Alertmanager's configuration for production. */
export function productionRouting(catalog: Catalog, { page = DEFAULT_PAGE, ticket }: Receivers): string {
  return configuration(catalog, { page, ticket });
}

/** The same routing for a stack on one's own machine: alerts are grouped, inhibited and shown, and nobody is called. */
export function localRouting(catalog: Catalog): string {
  return configuration(catalog, {});
}
