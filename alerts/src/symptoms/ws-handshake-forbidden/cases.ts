import { type Catalog, SERVER_CONNECTIONS_OPENED, SERVER_HANDSHAKES_REJECTED } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases, Fired, SilentCase } from "../alert-case.ts";
import { amount, percentage } from "../human-numbers.ts";
import { above, enough, justBelow, once, type Part, partOf, steadily, tooFew } from "../made-up.ts";

/** What users look like who are turned away, and what only looks like them. */
export function wsHandshakeForbiddenCases(catalog: Catalog): AlertCases {
  const { share, fewestForbidden } = catalog.thresholds.WsHandshakeForbidden;
  const { count } = catalog.targets.forbidden.objective;
  const job = catalog.jobs.servers;
  const forbidden = (credentials: string): string =>
    selector(SERVER_HANDSHAKES_REJECTED.name, { app: "chat", job, status: "403", credentials });
  const goingOn = ({ part, whole }: Part, credentials = "present"): SilentCase["series"] => ({
    [forbidden(credentials)]: steadily(part, { within: 5, minutes: 20 }),
    [selector(SERVER_CONNECTIONS_OPENED.name, { app: "chat", job, route: "/ws", auth_method: "cookie" })]:
      steadily(whole - part, { within: 5, minutes: 20 }),
  });
  const ticket = (times: number): Fired => ({
    labels: { severity: "ticket", job },
    description: `Within the last day, users with a session got 403 from ${job}: ${amount(times)} times; ${count} may be.`,
  });
  const many = enough(fewestForbidden);
  return {
    fires: [
      {
        title: "fires when many users who are logged in get 403",
        series: goingOn(partOf(above(share), many)),
        at: "15m",
        firing: [
          {
            labels: { severity: "page", job },
            description: `Within the last 5 minutes, ${percentage(above(share))} of the handshakes of users with ${job} got 403.`,
          },
          // As many in each of three times five minutes.
          ...(3 * many > count ? [ticket(3 * many)] : []),
        ],
      },
      {
        title: "wakes nobody up when it is just not the share",
        series: goingOn(partOf(justBelow(share), many)),
        at: "15m",
        firing: 3 * many > count ? [ticket(3 * many)] : [],
      },
      {
        title: "wakes nobody up when few are refused, of few",
        series: goingOn(partOf(above(share), tooFew(fewestForbidden))),
        at: "15m",
        firing: 3 * tooFew(fewestForbidden) > count ? [ticket(3 * tooFew(fewestForbidden))] : [],
      },
      {
        title: "fires for the morning when one more gets 403 than may",
        series: { [forbidden("present")]: once(count + 1, 20) },
        at: "20m",
        firing: [ticket(count + 1)],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when as many get 403 as may",
        series: { [forbidden("present")]: once(count, 20) },
        at: "20m",
      },
      {
        title: "stays silent when scanners without credentials get 403",
        series: goingOn(partOf(above(share), many), "absent"),
        at: "15m",
      },
    ],
  };
}
