import type { Catalog } from "@sockscope/catalog";
import { stringify } from "yaml";
import { inhibitRules } from "./inhibition.ts";
import {
  alertmanagerReceiver,
  type Receiver,
  type Receivers,
  type TicketHours,
  webhookConfig,
} from "./receivers.ts";
import { GENERATED_NOTICE } from "./rules.ts";

/** Gets whatever does not say that it can wait. */
const PAGER = "pager";

/** Gets what does not wake anybody up. */
const INBOX = "inbox";

/** Gets the Watchdog, and calls when it stops. */
const DEAD_MANS_SWITCH = "dead-mans-switch";

const TICKET_HOURS = "ticket hours";

/** Pages of environments that wake nobody up, as Alertmanager reads them; a dot in a value is a dot. */
function elsewhere({ pageWhere = {} }: Receivers): readonly (readonly string[])[] {
  return Object.entries(pageWhere).map(([label, values]) => [
    `${label}!~"${values.map((value) => value.replaceAll(".", "[.]")).join("|")}"`,
    // What is true of every environment has none.
    `${label}!=""`,
  ]);
}

function timeInterval({ from, to, days, location }: TicketHours): object {
  const times = [{ start_time: from, end_time: to }];
  return { name: TICKET_HOURS, time_intervals: [{ times, weekdays: [days], location }] };
}

/** Alertmanager shows what it got, and tells nobody. */
const NOBODY: Receiver = {};

/** Alertmanager's configuration. */
export function routing(catalog: Catalog, receivers: Receivers): string {
  const { page, ticket = NOBODY, ticketHours, deadMansSwitch } = receivers;
  // One notification for each symptom and whom it is about, however many rules and series fire.
  const groupLabels = ["alertname", ...catalog.environmentLabels, "app", "job"];
  const toInbox = (matchers: readonly string[]): object => ({
    receiver: INBOX,
    matchers,
    ...(ticketHours && { active_time_intervals: [TICKET_HOURS] }),
  });
  const config = {
    route: {
      receiver: PAGER,
      group_by: groupLabels,
      // For an incident's other rules to fire, so that one call names them all and inhibits what follows from it.
      group_wait: "30s",
      // Whoever is at it hears of what joins at most so often.
      group_interval: "5m",
      // Twice a shift: a page that was taken and forgotten comes back.
      repeat_interval: "4h",
      routes: [
        {
          receiver: DEAD_MANS_SWITCH,
          matchers: ['severity="none"'],
          // One alert that is always there waits for no other.
          group_wait: "0s",
          // So often it says that all is well, which no repeat may be longer than.
          group_interval: "1m",
          repeat_interval: "1m",
        },
        ...[['severity="ticket"'], ...elsewhere(receivers)].map(toInbox),
      ],
    },
    inhibit_rules: inhibitRules(catalog),
    ...(ticketHours && { time_intervals: [timeInterval(ticketHours)] }),
    receivers: [
      alertmanagerReceiver(PAGER, page, groupLabels, "page"),
      alertmanagerReceiver(INBOX, ticket, groupLabels, "ticket"),
      {
        name: DEAD_MANS_SWITCH,
        ...(deadMansSwitch && { webhook_configs: [webhookConfig(deadMansSwitch, false)] }),
      },
    ],
  };
  return GENERATED_NOTICE + stringify(config, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** The same routing for a stack on one's own machine: alerts are grouped, inhibited and shown, and nobody is called. */
export function localRouting(catalog: Catalog): string {
  return routing(catalog, { page: NOBODY });
}
