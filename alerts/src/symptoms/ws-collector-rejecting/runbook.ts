import {
  type Catalog,
  COLLECTOR_BATCHES,
  COLLECTOR_REFUSALS,
  DEFAULT_MAX_SESSIONS,
  type Period,
} from "@sockscope/catalog";
import type { RefusalCode } from "@sockscope/catalog/protocol";
import { compare, divide, increase, not, rangeInWords, sumBy } from "@sockscope/promql";
import { recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import {
  collectorLines,
  collectorsScraped,
  droppedByPages,
  NO_COLLECTOR,
  refusedShare,
  restartCollectors,
  sessionsRemembered,
} from "../../runbook/questions/of-collectors.ts";
import type { Runbook, Step } from "../../runbook/runbook.ts";

const RECENT: Period = "10m";

/** A page sends about so many batches in that time. */
const BATCHES_OF_A_PAGE = 40;

/** Whoever has so many tabs is one user. */
const TABS_OF_ONE_USER = 5;

/** What has to be done about a refusal. */
type RefusedFor = "configuration" | "room" | "fault" | "protocol" | "lateness" | "scanning";

/** Each code, so that every refusal of a page is of one cause and no more. */
const REFUSED_FOR: Readonly<Record<RefusalCode, RefusedFor>> = {
  SOCKSCOPE_ERR_APP: "configuration",
  SOCKSCOPE_ERR_KEY: "configuration",
  SOCKSCOPE_ERR_ORIGIN: "configuration",
  SOCKSCOPE_ERR_SESSIONS_FULL: "room",
  SOCKSCOPE_ERR_INTERNAL: "fault",
  SOCKSCOPE_ERR_CONTENT_ENCODING: "protocol",
  SOCKSCOPE_ERR_CONTENT_TYPE: "protocol",
  SOCKSCOPE_ERR_BODY_TOO_LARGE: "protocol",
  SOCKSCOPE_ERR_TEXT: "protocol",
  SOCKSCOPE_ERR_VERSION: "protocol",
  SOCKSCOPE_ERR_BATCH: "protocol",
  SOCKSCOPE_ERR_BODY_TIMEOUT: "lateness",
  SOCKSCOPE_ERR_TOO_OLD: "lateness",
  SOCKSCOPE_ERR_DRAINING: "lateness",
  SOCKSCOPE_ERR_PATH: "scanning",
  SOCKSCOPE_ERR_METHOD: "scanning",
  SOCKSCOPE_ERR_HTTP: "scanning",
};

function codesOf(why: RefusedFor): readonly RefusalCode[] {
  const codes = Object.keys(REFUSED_FOR) as RefusalCode[];
  return codes.filter((code) => REFUSED_FOR[code] === why);
}

function refusalsFor(
  catalog: Catalog,
  told: Pick<Question, "id" | "asks" | "ifHealthy" | "ifUnhealthy">,
  codes: readonly RefusalCode[],
): Question {
  return {
    ...told,
    unit: "count",
    healthy: { most: catalog.thresholds.WsCollectorRejecting.fewestTurnedAway },
    query: sumBy(["job"], increase(COLLECTOR_REFUSALS, { code: codes }, RECENT)),
    withoutSeries: NO_COLLECTOR,
  };
}

/** What the collector itself remembers of refusals, with the last message of each. */
const READ_STATUS: Step = {
  does: "Read what was wrong with the last of each app and code.",
  command: `curl --silent --max-time 5 "$COLLECTOR_ADMIN_URL/status" | jq --raw-output '.refused[] | "\\(.last_at) \\(.app) \\(.code) \\(.count) \\(.last_message)"'`,
};

function pagesRefused(): Question {
  const refused = sumBy([], increase(COLLECTOR_BATCHES, { result: "refused" }, RECENT));
  return {
    id: "pages-refused",
    asks: `Of how many pages, at least, are the batches that were refused within the last ${rangeInWords(RECENT)}?`,
    unit: "count",
    healthy: { most: TABS_OF_ONE_USER },
    query: divide(refused, BATCHES_OF_A_PAGE),
    withoutSeries: NO_COLLECTOR,
    ifHealthy:
      "One user with a few tabs, or a few old pages that try seldom. Let the alert end, and read why.",
    ifUnhealthy: "Many pages. Go on. (Refused pages send seldom, so there are more than this.)",
  };
}

/** The collector refuses what pages send. */
export function wsCollectorRejectingRunbook(catalog: Catalog): Runbook {
  const { fewestTurnedAway } = catalog.thresholds.WsCollectorRejecting;
  const refusals: Question = {
    id: "refusals",
    asks: `How many requests of pages were refused, by code, within the last ${rangeInWords(RECENT)} (without those that scanners make)?`,
    unit: "count",
    healthy: { most: fewestTurnedAway },
    query: sumBy(["job", "code"], increase(COLLECTOR_REFUSALS, { code: not(codesOf("scanning")) }, RECENT)),
    withoutSeries: NO_COLLECTOR,
    ifHealthy: "Next to none are refused now. It may be over; watch it for 15 minutes.",
    ifUnhealthy: "Pages are turned away now. The code says why: take the cause that names it.",
  };
  const share = refusedShare(catalog, {
    ifHealthy: "Most of what pages send is taken.",
    ifUnhealthy: "Numbers of browsers are too small by as much.",
  });
  const remembered = sessionsRemembered({
    ifHealthy: "There is room for new pages, with the default of `--max-sessions`.",
    ifUnhealthy: `The table is nearly full, if \`--max-sessions\` is its default (${DEFAULT_MAX_SESSIONS}): take the cause "The table of sessions is full".`,
  });
  const scraped = collectorsScraped(catalog, {
    ifHealthy: "All collectors are there.",
    ifUnhealthy: "One is gone, and the others have its pages, too: go to WsCollectorDown.",
  });
  const dropped = droppedByPages({
    ifHealthy: "Pages lose little by it: most refusals are tried again.",
    ifUnhealthy: "What was refused is lost for good.",
  });
  const misfit = refusalsFor(
    catalog,
    {
      id: "refused-for-configuration",
      asks: `How many requests were refused for their app, key or origin, within the last ${rangeInWords(RECENT)}?`,
      ifHealthy: "Pages and collectors agree on who they are: it is not this.",
      ifUnhealthy: "Pages name an app, a key or an origin that the collectors are not configured for.",
    },
    codesOf("configuration"),
  );
  const full = refusalsFor(
    catalog,
    {
      id: "refused-for-want-of-room",
      asks: `How many requests of new pages were refused because the table of sessions is full, within the last ${rangeInWords(RECENT)}?`,
      ifHealthy: "There is room: it is not this.",
      ifUnhealthy: "New pages are not heard; those that are known are.",
    },
    codesOf("room"),
  );
  const fault = refusalsFor(
    catalog,
    {
      id: "refused-for-a-fault",
      asks: `How many requests met a fault of the collector's own, within the last ${rangeInWords(RECENT)}?`,
      ifHealthy: "None to speak of: it is not this.",
      ifUnhealthy: "A collector fails. Its log has each fault.",
    },
    codesOf("fault"),
  );
  const unreadable = refusalsFor(
    catalog,
    {
      id: "refused-as-unreadable",
      asks: `How many requests could the collectors not read, within the last ${rangeInWords(RECENT)}?`,
      ifHealthy: "What comes can be read: it is not this.",
      ifUnhealthy:
        "Pages speak another protocol than the collectors, or something on the way changes what they send.",
    },
    codesOf("protocol"),
  );
  const late = refusalsFor(
    catalog,
    {
      id: "refused-as-late",
      asks: `How many requests came too slowly, too late, or while a collector shut down, within the last ${rangeInWords(RECENT)}?`,
      ifHealthy: "Batches come in time: it is not this.",
      ifUnhealthy: "A rollout that does not end, or a way that is slow.",
    },
    codesOf("lateness"),
  );
  return {
    impact:
      "Users feel nothing. What their pages report is thrown away or waits, so numbers of browsers are too small.",
    callAtOnce: [
      {
        whom: "owner of the collectors",
        when: "the alert is a page and its code is SOCKSCOPE_ERR_INTERNAL",
      },
    ],
    isReal: refusals,
    oneOrMany: { sessions: pagesRefused() },
    who: [
      {
        by: "app and code, within the last hour",
        query: compare(sumBy(["app", "code"], increase(COLLECTOR_REFUSALS, {}, "1h")), ">", 0),
        read: "Whose pages, and why. `other` named no app that is configured: a page whose app is misspelt, or a scanner (PATH, METHOD, HTTP).",
      },
      {
        by: "collector and result",
        query: sumBy(["instance", "result"], increase(COLLECTOR_BATCHES, {}, RECENT)),
        read: "One collector alone: its configuration or its release.",
      },
      {
        by: "app, of pages that are there",
        query: recorded(SESSIONS_ACTIVE_SUM),
        read: "An app whose pages vanish at the same time has lost all of them.",
      },
    ],
    firstFiveMinutes: [share, remembered, scraped, dropped],
    causes: [
      {
        id: "configuration",
        title: "App, key or origin are not configured",
        signal:
          "A new page, a new address of it or a new key: `APP`, `KEY` or `ORIGIN` in the code, 401 or 403 in the browser.",
        confirm: misfit,
        evidence: [
          {
            id: "misfits-in-status",
            asks: "For how many apps and codes does the collector remember such a refusal, within the last 15 minutes?",
            unit: "count",
            healthy: { most: 0 },
            command: `curl --silent --max-time 5 "$COLLECTOR_ADMIN_URL/status" | jq '[.refused[] | select(.code | test("_(APP|KEY|ORIGIN)$")) | select((.last_at | sub("[.][0-9]+"; "") | fromdateiso8601) > now - 900)] | length'`,
            ifHealthy: "This collector refused none of them: it is not this, or it is another collector.",
            ifUnhealthy: "Its last message says what was sent and what is configured.",
          },
        ],
        fix: [
          READ_STATUS,
          {
            does: "Correct the app, the key or the origins in the collectors' configuration, or in the page.",
          },
          ...restartCollectors(),
        ],
        verify: misfit,
        undo: [{ does: "Set the configuration back, and start the collectors again." }],
      },
      {
        id: "sessions-full",
        title: "The table of sessions is full",
        signal:
          "`SESSIONS_FULL`, 503 in the browser: more pages than `--max-sessions`, or sessions that somebody makes up.",
        confirm: full,
        fix: [
          {
            does: "Where pages are that many, start collectors with a larger `--max-sessions`: each session takes some 200 bytes.",
          },
          {
            does: "Where pages are not, somebody makes sessions up: limit requests per address before the collectors.",
          },
        ],
        verify: full,
        undo: [{ does: "Start them with the limit that they had; take the limit of requests out again." }],
      },
      {
        id: "collector-fault",
        title: "A fault of the collector's own",
        signal: "`INTERNAL`, 500 in the browser; each has a line in the collector's log.",
        confirm: fault,
        evidence: [
          {
            id: "collector-faults",
            asks: "How many faults of its own did the collector log, within the last 15 minutes?",
            unit: "count",
            healthy: { most: 0 },
            command: `${collectorLines(15, '.event == "fault"', "1")} | wc -l`,
            ifHealthy: "None: what stands before the collector answers with 500 itself.",
            ifUnhealthy: "Read them, and send one with the report of the bug.",
          },
        ],
        fix: [
          ...restartCollectors(),
          { does: "Where it began with a release of the collectors, deploy the one before." },
        ],
        verify: fault,
        undo: [{ does: "Deploy the newer release again once it is mended." }],
      },
      {
        id: "protocol",
        title: "Pages and collectors speak another protocol",
        signal:
          "`VERSION`, `BATCH`, `TEXT`, `CONTENT_TYPE`, `CONTENT_ENCODING` or `BODY_TOO_LARGE`: a release of one side, or a proxy that compresses or rewrites bodies.",
        confirm: unreadable,
        fix: [
          READ_STATUS,
          { does: "Deploy the collectors before the pages; a proxy must pass bodies on as they are." },
        ],
        verify: unreadable,
        undo: [{ does: "Roll the pages back to the release that the collectors understand." }],
      },
      {
        id: "late",
        title: "Batches come late, or a rollout does not end",
        signal:
          "`TOO_OLD`, `BODY_TIMEOUT` or `DRAINING`: pages that were offline for long, a slow way, a collector that is told to stop and gets traffic.",
        confirm: late,
        fix: [
          {
            does: "Let the balancer take a collector out when its /healthz says 503, and look whether a rollout hangs.",
            command: {
              kubernetes:
                'kubectl rollout status --namespace "$NAMESPACE" --timeout=10s "deployment/$COLLECTOR"',
              hosts: 'systemctl status "$COLLECTOR"',
            },
          },
        ],
        verify: late,
        undo: [{ does: "Put the collector back into the balancer." }],
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
        step: { does: "Start more collectors, with a balancer that chooses by the URL's path." },
        blastRadius:
          "Pages that move to another collector are sessions twice for some minutes, so shares of users are too small.",
        undo: { does: "Stop them once the others have room." },
      },
    ],
    doneWhen: [refusals, share],
    escalation: [
      { whom: "owner of the collectors", when: "no cause is confirmed after 30 minutes" },
      { whom: "chat page's on-call", when: "one app alone is refused" },
    ],
    tellUsers: "Nothing: users do not feel it.",
  };
}
