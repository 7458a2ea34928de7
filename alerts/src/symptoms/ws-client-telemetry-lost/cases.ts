import {
  type Catalog,
  COLLECTOR_BATCHES,
  COLLECTOR_SEQUENCE_GAPS,
  CONNECT_ATTEMPTS,
  SERVER_CONNECTIONS_OPENED,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { above, enough, justBelow, once, type Part, partOf, tooFew } from "../made-up.ts";

/** As many connections a minute as servers accept, for ten minutes; then this share of them. */
function reportedAfterTenMinutes(share: number, aMinute: number, job: string): SilentCase["series"] {
  const then = Number((share * aMinute).toPrecision(10));
  return {
    [selector(SERVER_CONNECTIONS_OPENED.name, {
      app: "chat",
      job,
      route: "/ws",
      auth_method: "cookie",
    })]: `0+${aMinute}x70`,
    [selector(CONNECT_ATTEMPTS.name, {
      app: "chat",
      outcome: "opened",
      trigger: "initial",
    })]: `0+${aMinute}x10 ${10 * aMinute + then}+${then}x59`,
  };
}

function gaps({ part, whole }: Part): SilentCase["series"] {
  return {
    [selector(COLLECTOR_SEQUENCE_GAPS.name, { app: "chat" })]: once(part, 45),
    [selector(COLLECTOR_BATCHES.name, { app: "chat", result: "accepted" })]: once(whole - part, 45),
  };
}

/** What lost telemetry looks like, and what only looks like it. */
export function wsClientTelemetryLostCases(catalog: Catalog): AlertCases {
  const { ofYesterday, fewestOpened, gapShare, fewestGaps } = catalog.thresholds.WsClientTelemetryLost;
  const job = catalog.jobs.servers;
  const aMinute = enough(fewestOpened) / 20;
  return {
    fires: [
      {
        title: "fires when browsers report fewer of the connections than the day before",
        series: reportedAfterTenMinutes(ofYesterday / 2, aMinute, job),
        at: "62m",
        firing: [
          {
            labels: { severity: "ticket", evidence: "coverage" },
            description: `Within the last 30 minutes, browsers reported ${percentage(ofYesterday / 2)} of the connections that servers accepted, less than ${percentage(ofYesterday)} of their mean share within the day before.`,
          },
        ],
      },
      {
        title: "fires when numbered batches never come",
        series: gaps(partOf(above(gapShare), enough(fewestGaps))),
        at: "30m",
        firing: [
          {
            labels: { severity: "ticket", evidence: "gaps" },
            description: `Within the last hour, ${percentage(above(gapShare))} of the batches that pages numbered never came.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when browsers report a little less than the day before",
        series: reportedAfterTenMinutes((1 + ofYesterday) / 2, aMinute, job),
        at: "62m",
      },
      {
        title: "stays silent when servers accept few connections",
        series: reportedAfterTenMinutes(ofYesterday / 2, tooFew(fewestOpened) / 30, job),
        at: "62m",
      },
      {
        title: "stays silent when just not too many batches are missing",
        series: gaps(partOf(justBelow(gapShare), enough(fewestGaps))),
        at: "30m",
      },
      {
        title: "stays silent when a few are missing, of few",
        series: gaps(partOf(above(gapShare), tooFew(fewestGaps))),
        at: "30m",
      },
    ],
  };
}
