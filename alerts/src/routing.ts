import type { Catalog } from "@sockscope/catalog";
import { stringify } from "yaml";
import { alertmanagerReceiver, type Receiver, type Receivers } from "./receivers.ts";
import { GENERATED_NOTICE } from "./rules.ts";

/** Gets what does not wake anybody up. */
const INBOX = "inbox";

const PAGER = "pager";

/** As Alertmanager reads them; a dot in a value is a dot. */
function pagerMatchers({ pageWhere = {} }: Receivers): readonly string[] {
  const where = Object.entries(pageWhere).map(
    ([label, values]) => `${label}=~"${values.map((value) => value.replaceAll(".", "[.]")).join("|")}"`,
  );
  return ['severity="page"', ...where];
}

/** Alertmanager shows what it got, and tells nobody. */
const NOBODY: Receiver = {};

function configuration({ environmentLabels }: Catalog, receivers: Receivers): string {
  const { page, ticket = {} } = receivers;
  // One notification per symptom and app, however many series fire.
  const groupLabels = ["alertname", ...environmentLabels, "app"];
  const config = {
    route: {
      receiver: INBOX,
      group_by: groupLabels,
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "4h",
      routes: [{ receiver: PAGER, matchers: pagerMatchers(receivers) }],
    },
    receivers: [
      alertmanagerReceiver(INBOX, ticket, groupLabels, "warning"),
      alertmanagerReceiver(PAGER, page, groupLabels, "critical"),
    ],
  };
  return GENERATED_NOTICE + stringify(config, { lineWidth: 0 });
}

/** Alertmanager's configuration for production. */
export function productionRouting(catalog: Catalog, receivers: Receivers): string {
  return configuration(catalog, receivers);
}

/** The same routing for a stack on one's own machine: alerts are grouped, inhibited and shown, and nobody is called. */
export function localRouting(catalog: Catalog): string {
  return configuration(catalog, { page: NOBODY });
}
