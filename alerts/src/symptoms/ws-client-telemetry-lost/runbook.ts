import {
  type Catalog,
  COLLECTOR_LEFT_OUT,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_SEQUENCE_GAPS,
  CONNECT_ATTEMPTS,
  type Period,
  SERVER_CONNECTIONS_OPENED,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import {
  add,
  and,
  clampMin,
  compare,
  divide,
  type Expression,
  increase,
  labelled,
  multiply,
  or,
  rangeInWords,
  rate,
  ratio,
  subtract,
  sumBy,
} from "@sockscope/promql";
import { ACCEPTED_ATTEMPTS, ALERT_WINDOWS, meanOfDayBefore, OPENS_PER_SERVER_OPEN } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import {
  collectorsScraped,
  droppedByPages,
  NO_COLLECTOR,
  refusedShare,
} from "../../runbook/questions/of-collectors.ts";
import { shareOf, TOO_FEW } from "../../runbook/questions/share-of.ts";
import { rollBackCollectors } from "../../runbook/remedies/of-servers.ts";
import type { Runbook } from "../../runbook/runbook.ts";
import { percentage } from "../human-numbers.ts";
import { accepted, coverage, gaps } from "./alerts.ts";

const { gaps: HOUR, beforeNow } = ALERT_WINDOWS.WsClientTelemetryLost;
const { range: COVERAGE_RANGE } = OPENS_PER_SERVER_OPEN;
const RECENT: Period = "10m";

const ofYesterday = ratio(coverage, meanOfDayBefore(coverage, beforeNow));
const opened = sumBy([], increase(SERVER_CONNECTIONS_OPENED, {}, COVERAGE_RANGE));
const gapShare = divide(gaps, add(accepted, gaps));

function byEvidence(ofCoverage: Expression<never>, ofGaps: Expression<never>): Expression<"evidence"> {
  return or(labelled(ofCoverage, "evidence", "coverage"), labelled(ofGaps, "evidence", "gaps"));
}

/** How much of the loss that may be is there, of either kind: so the page answers whichever of the two fired. */
function lossOfAllowed(catalog: Catalog): Question {
  const limits = catalog.thresholds.WsClientTelemetryLost;
  return {
    id: "loss-of-allowed",
    asks: `How much of the loss that may be is there, by the alert's evidence (coverage within ${rangeInWords(COVERAGE_RANGE)}, gaps within ${rangeInWords(HOUR)})?`,
    unit: "share",
    healthy: { most: 1 },
    query: byEvidence(
      and(
        clampMin(divide(subtract(1, ofYesterday), 1 - limits.ofYesterday), 0),
        compare(opened, ">=", limits.fewestOpened),
      ),
      and(divide(gapShare, limits.gapShare), compare(gaps, ">=", limits.fewestGaps)),
    ),
    withoutSeries: {
      verdict: "healthy",
      means: "Too few connections and batches to say that some are missing.",
    },
    ifHealthy: "As much is missing as always. It may be over.",
    ifUnhealthy:
      "Numbers of browsers are too small now. `coverage`: pages do not report at all. `gaps`: they report, and batches are lost on the way.",
  };
}

function untold(catalog: Catalog): Question {
  const limits = catalog.thresholds.WsClientTelemetryLost;
  const asBefore = multiply(opened, meanOfDayBefore(coverage, beforeNow));
  const missing = clampMin(subtract(asBefore, multiply(opened, coverage)), 0);
  return {
    id: "untold",
    asks: `How many connections (coverage, within ${rangeInWords(COVERAGE_RANGE)}) and batches (gaps, within ${rangeInWords(HOUR)}) were not told of that should have been?`,
    unit: "count",
    healthy: { most: Math.min(limits.fewestGaps, (1 - limits.ofYesterday) * limits.fewestOpened) },
    query: byEvidence(missing, gaps),
    withoutSeries: NO_COLLECTOR,
    ifHealthy: "A few pages that crashed. Let the alert end.",
    ifUnhealthy: "Many pages. Go on.",
  };
}

function coverageOfYesterday(catalog: Catalog): Question {
  return {
    id: "coverage-of-yesterday",
    asks: `Which share of the connections do browsers report, within ${rangeInWords(COVERAGE_RANGE)}, against its mean of the day before?`,
    unit: "share",
    healthy: { least: catalog.thresholds.WsClientTelemetryLost.ofYesterday },
    query: ofYesterday,
    withoutSeries: {
      verdict: "unknown",
      means: "Servers accepted no connection, no day before is known, or Prometheus has no server.",
    },
    ifHealthy: "As many pages report as did the day before: it is not this.",
    ifUnhealthy:
      "Pages connect and do not report. A day later this is the new normal: look now. It is this only when no other cause is confirmed.",
  };
}

function gapsOnTheWay(catalog: Catalog): Question {
  const { gapShare: most, fewestGaps } = catalog.thresholds.WsClientTelemetryLost;
  return {
    id: "gap-share",
    asks: `Which share of the batches that pages numbered never came, within the last ${rangeInWords(HOUR)}?`,
    unit: "share",
    healthy: { most },
    query: shareOf(gaps, add(accepted, gaps), fewestGaps),
    withoutSeries: { verdict: "healthy", means: `Fewer than ${fewestGaps} batches came: no share to go by.` },
    ifHealthy: "What pages send arrives: it is not this.",
    ifUnhealthy:
      "Batches are lost between page and collector, or pages of one session come to several collectors. It is half an hour late: the loss began earlier.",
  };
}

function unknownEntries(): Question {
  return {
    id: "unknown-entries",
    asks: `How many entries that collectors do not know came with each 100 measurements, within the last ${rangeInWords(RECENT)}?`,
    unit: "count",
    healthy: { most: 1 },
    query: multiply(
      100,
      shareOf(
        sumBy(["app"], increase(COLLECTOR_LEFT_OUT, {}, RECENT)),
        sumBy(["app"], increase(COLLECTOR_MEASUREMENTS, {}, RECENT)),
      ),
    ),
    withoutSeries: { ...NO_COLLECTOR, means: `No page reports. ${TOO_FEW} ${NO_COLLECTOR.means}` },
    ifHealthy: "Collectors know what pages send: it is not this.",
    ifUnhealthy: "Pages are of a newer release than the collectors, or send metrics that nobody declared.",
  };
}

/** Browsers see less than they should. */
export function wsClientTelemetryLostRunbook(catalog: Catalog): Runbook {
  const loss = lossOfAllowed(catalog);
  const silent = coverageOfYesterday(catalog);
  const lost = gapsOnTheWay(catalog);
  const unknown = unknownEntries();
  const scraped = collectorsScraped(catalog, {
    ifHealthy: "Prometheus sees every collector.",
    ifUnhealthy: 'A collector is gone: take the cause "A collector is gone".',
  });
  const refused = refusedShare(catalog, {
    ifHealthy: "Collectors take what comes.",
    ifUnhealthy: 'Collectors refuse what pages send: take the cause "Collectors refuse what pages send".',
  });
  const dropped = droppedByPages({
    ifHealthy: "Pages get rid of what they measure.",
    ifUnhealthy:
      'Pages cannot send: look at the panel "Measurements that pages dropped, by where". `internal` and `value` are faults in the page, the rest is the way or the collector.',
  });
  return {
    impact:
      "Users feel nothing. Every number that browsers tell is too small, so alerts about users come late or not at all.",
    callAtOnce: [],
    isReal: loss,
    oneOrMany: { sessions: untold(catalog) },
    who: [
      {
        by: "app",
        query: ratio(
          sumBy(["app"], rate(CONNECT_ATTEMPTS, ACCEPTED_ATTEMPTS, COVERAGE_RANGE)),
          sumBy(["app"], rate(SERVER_CONNECTIONS_OPENED, {}, COVERAGE_RANGE)),
        ),
        read: "Coverage, where pages and servers have the same app. Look at its graph over two days: a step is a release or a setting, and the app that has it is the one to look at.",
      },
      {
        by: "app and where, over an hour",
        query: sumBy(["app", "where"], increase(TELEMETRY_LOST, {}, HOUR)),
        read: "What pages say that they dropped. It comes late, and pages that cannot report cannot say it.",
      },
      {
        by: "app, over an hour",
        query: sumBy(["app"], increase(COLLECTOR_SEQUENCE_GAPS, {}, HOUR)),
        read: "Batches that never came: half an hour late at least.",
      },
    ],
    firstFiveMinutes: [scraped, refused, dropped, unknown],
    causes: [
      {
        id: "page-release",
        title: "A release of the page that does not report",
        signal:
          "Coverage falls in a step, with a deploy of the page: the SDK is not loaded, has a wrong address or app, or a Content-Security-Policy or a blocker's list forbids the collector.",
        confirm: silent,
        evidence: [
          {
            id: "collector-reachable",
            asks: "With which HTTP status does the collector's root answer from here (404 is right, since nothing is there; 0: not at all)?",
            unit: "count",
            healthy: { least: 404, most: 404 },
            command: `curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}\\n' "$COLLECTOR_URL/"`,
            ifHealthy: "Somebody answers as the collector does: pages can reach it.",
            ifUnhealthy:
              "Pages do not reach the collector: look at its balancer, its name and its certificate.",
          },
          {
            id: "policies-without-collector",
            asks: "How many of the page's Content-Security-Policies limit connections and do not name the collector (1, too, where the page does not answer)?",
            unit: "count",
            healthy: { most: 0 },
            command: `curl --silent --max-time 5 --head "$PAGE_ORIGIN/" | awk -v collector="$COLLECTOR_URL" 'tolower($0) ~ /^content-security-policy:/ && /connect-src|default-src/ && !index($0, collector) { without++ } END { print NR ? without + 0 : 1 }'`,
            ifHealthy: "No policy in a header forbids it. (One may stand in the page's HTML, too.)",
            ifUnhealthy:
              "Read `connect-src` in that policy: unless a wildcard there covers the collector, browsers do not send to it.",
          },
        ],
        fix: [
          { does: "Open the page with the browser's console: the SDK says there why it does not report." },
          { does: "Roll back what went out last of the page, or correct its address of the collector." },
        ],
        verify: silent,
        undo: [{ does: "Deploy the page's newer release again." }],
      },
      {
        id: "refused",
        title: "Collectors refuse what pages send",
        signal:
          "Pages report, and the collectors answer with an error: an origin, an app or a key that is not configured.",
        confirm: refused,
        fix: [{ does: "Go on with the runbook of WsCollectorRejecting: it names the code and what to do." }],
        verify: refused,
        undo: [{ does: "As that runbook says." }],
        explains: ["page-release"],
      },
      {
        id: "collector-gone",
        title: "A collector is gone",
        signal: "Pages of one collector keep what they measure until it is back, and then drop it.",
        confirm: scraped,
        fix: [{ does: "Go on with the runbook of WsCollectorDown." }],
        verify: scraped,
        undo: [{ does: "As that runbook says." }],
        explains: ["page-release", "lost-on-the-way"],
      },
      {
        id: "lost-on-the-way",
        title: "Batches are lost between page and collector",
        signal:
          "Pages number their batches and some never come: a proxy drops them, or a balancer sends one page's batches to several collectors in turns.",
        confirm: lost,
        fix: [
          {
            does: "Where there are several collectors, let the balancer choose by the URL's path, which has the session.",
          },
          {
            does: "Look in the log of whatever stands before the collectors for requests to /v1/batches that it ended itself.",
          },
        ],
        verify: lost,
        undo: [{ does: "Set the balancer back to what it was." }],
      },
      {
        id: "older-collector",
        title: "Collectors are older than the pages",
        signal: "From a release of the pages on, part of each batch is left out; the rest counts.",
        confirm: unknown,
        fix: [
          {
            does: "Deploy the collectors' newer release, or declare the page's own metrics in their configuration.",
          },
        ],
        verify: unknown,
        undo: [...rollBackCollectors()],
        explains: ["page-release"],
      },
    ],
    mitigations: [
      {
        step: {
          does: "Tell whoever is on call that numbers of browsers are too small, and to trust those of servers.",
        },
        blastRadius: "None.",
        undo: { does: "Tell them that it is over." },
      },
      {
        step: {
          does: "Roll the page back to the release that reported, though users do not feel the fault.",
        },
        blastRadius:
          "Whatever else the release brought is gone, and open pages load the old one only when they are reloaded.",
        undo: { does: "Deploy the newer release again." },
      },
    ],
    doneWhen: [loss, scraped],
    escalation: [
      {
        whom: "chat page's on-call",
        when: `coverage stays below ${percentage(catalog.thresholds.WsClientTelemetryLost.ofYesterday)} of the day before, and no other cause is confirmed`,
      },
      { whom: "owner of the collectors", when: "batches are lost on the way" },
    ],
    tellUsers: "Nothing: users do not feel it.",
  };
}
