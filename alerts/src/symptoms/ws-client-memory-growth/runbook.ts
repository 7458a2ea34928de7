import {
  boundText,
  type Catalog,
  CLOSES,
  FRAMES_RECEIVED,
  HEAP_GROWTH,
  type Period,
  type SessionAge,
  TIME,
} from "@sockscope/catalog";
import {
  and,
  atBound,
  clampMin,
  compare,
  countOf,
  divide,
  type Expression,
  increase,
  multiply,
  not,
  rangeInWords,
  subtract,
  sumBy,
} from "@sockscope/promql";
import { errorBudget, heapsInBounds, heapsMeasured, shareAtBound } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import { connectedTime, NO_PAGE } from "../../runbook/questions/of-browsers.ts";
import { FEWEST_FOR_A_SHARE, shareOf, TOO_FEW } from "../../runbook/questions/share-of.ts";
import type { Runbook } from "../../runbook/runbook.ts";
import { percentage } from "../human-numbers.ts";

/** As the alert has it. */
const DAY: Period = "1d";

const RECENT: Period = "6h";

/** An hour is enough to tell a release that fills memory quickly, and pages of that age are many. */
const YOUNG: SessionAge = "1h";

const NONE_MEASURED = {
  verdict: "unknown",
  means: `No page of that age was measured: nobody stays so long, or no browser of theirs tells its heap. ${TOO_FEW}`,
} as const;

/** Page-hours in which a page wanted a connection. */
const pageHours: Expression<"app"> = divide(sumBy(["app"], increase(TIME, {}, RECENT)), 3600);

/** The share of the pages of an age, within six hours, that grew by more than is promised. */
function grownOf(catalog: Catalog, age: SessionAge): Expression<"app"> {
  const { bound } = catalog.targets.client_memory.objective;
  const of = { session_age: age };
  const inBounds = sumBy(["app"], increase(atBound(HEAP_GROWTH, bound), of, RECENT));
  const measured = sumBy(["app"], increase(countOf(HEAP_GROWTH), of, RECENT));
  return shareOf(subtract(measured, inBounds), measured);
}

function grownAt(
  catalog: Catalog,
  age: SessionAge,
  told: Pick<Question, "ifHealthy" | "ifUnhealthy">,
): Question {
  const { objective } = catalog.targets.client_memory;
  return {
    id: `grown-at-${age}`,
    asks: `Which share of the pages that were open for ${age} grew by more than ${boundText(objective)}, within the last ${rangeInWords(RECENT)}?`,
    unit: "share",
    healthy: { most: errorBudget(catalog.targets.client_memory) },
    query: grownOf(catalog, age),
    withoutSeries: NONE_MEASURED,
    ...told,
  };
}

/** What happens to a page in an hour, on average. */
function perPageHour(events: Expression<"app">): Expression<"app"> {
  return and(divide(events, pageHours), compare(pageHours, ">=", 1));
}

/** Pages that stay open all day fill their memory. */
export function wsClientMemoryGrowthRunbook(catalog: Catalog): Runbook {
  const { fewestSessions } = catalog.thresholds.WsClientMemoryGrowth;
  const { objective } = catalog.targets.client_memory;
  const budget = errorBudget(catalog.targets.client_memory);
  const bound = boundText(objective);
  const grown: Question = {
    id: "grown-share",
    asks: `Which share of the pages that were open for 8 hours grew by more than ${bound}, within the last ${rangeInWords(DAY)}?`,
    unit: "share",
    healthy: { most: budget },
    query: and(
      subtract(1, heapsInBounds(catalog, DAY)),
      compare(heapsMeasured(DAY), ">=", FEWEST_FOR_A_SHARE),
    ),
    withoutSeries: NONE_MEASURED,
    ifHealthy: "As few as may. It is over, or was a few users.",
    ifUnhealthy:
      "Pages fill their memory. Only Chromium tells its heap; other browsers are likely no better.",
  };
  const grownPages: Question = {
    id: "grown-pages",
    asks: `How many pages grew by more than ${bound} in 8 hours, within the last ${rangeInWords(DAY)}?`,
    unit: "count",
    healthy: { most: Math.ceil(budget * fewestSessions) },
    query: multiply(clampMin(subtract(1, heapsInBounds(catalog, DAY)), 0), heapsMeasured(DAY)),
    withoutSeries: NONE_MEASURED,
    ifHealthy: "A few pages, perhaps of one user. Let the alert end.",
    ifUnhealthy: "Many pages. Go on.",
  };
  const young = grownAt(catalog, YOUNG, {
    ifHealthy: "They grow slowly, over a day.",
    ifUnhealthy: "They grow within an hour: users feel it today. Treat it as urgent.",
  });
  const halfDay = grownAt(catalog, "4h", {
    ifHealthy: "Half a day is fine.",
    ifUnhealthy: "Half a day is enough.",
  });
  const closes: Question = {
    id: "closes-per-page-hour",
    asks: `How often does a page lose its connection in an hour, over the last ${rangeInWords(RECENT)}?`,
    unit: "count",
    healthy: { most: 2 },
    query: perPageHour(sumBy(["app"], increase(CLOSES, { ended_by: not("left") }, RECENT))),
    withoutSeries: NO_PAGE,
    ifHealthy: "Connections hold: it is not this.",
    ifUnhealthy: "Pages connect again and again; what a socket holds on to is held many times over.",
  };
  const frames: Question = {
    id: "frames-per-page-hour",
    asks: `How many frames does a page get in an hour, over the last ${rangeInWords(RECENT)}?`,
    unit: "count",
    healthy: { most: 3600 },
    query: perPageHour(sumBy(["app"], increase(FRAMES_RECEIVED, {}, RECENT))),
    withoutSeries: NO_PAGE,
    ifHealthy: "No more than a page shows easily: it is not this.",
    ifUnhealthy: "More than one a second, all day: pages that keep all of it grow.",
  };
  return {
    impact: "Pages that stay open all day get slow, and the browser may end their tab.",
    callAtOnce: [],
    isReal: grown,
    oneOrMany: { sessions: grownPages },
    who: [
      {
        by: "app and age of the page",
        query: subtract(1, shareAtBound(["app", "session_age"], HEAP_GROWTH, objective.bound, {}, DAY)),
        read: "The share that grew too much. One app alone: its page. As many at `1h` as at `8h`: they grow at once and stay there, which is no leak.",
      },
      {
        by: "app, of pages that were measured",
        query: heapsMeasured(DAY),
        read: `With fewer than ${fewestSessions} a day, a share says little.`,
      },
    ],
    firstFiveMinutes: [young, halfDay, closes, frames],
    causes: [
      {
        id: "page-release",
        title: "A release of the page that does not let go",
        signal:
          "Young pages grow, too, from a release of the page on: listeners, timers or messages that are kept.",
        confirm: young,
        fix: [
          {
            does: "Take a heap snapshot of the page twice, ten minutes apart, in the browser's tools, and compare: what only grows is it.",
          },
          { does: "Roll back what went out last of the page." },
        ],
        verify: young,
        undo: [{ does: "Deploy the page's newer release again." }],
      },
      {
        id: "reconnect-loop",
        title: "Pages reconnect again and again",
        signal:
          "Each new socket leaves something behind: a listener that is not taken off, a socket that is never closed.",
        confirm: closes,
        fix: [
          { does: "Mend why they reconnect: the runbook of WsReconnectStorm has the causes." },
          { does: "Let the page close the old socket and take its listeners off before it makes a new one." },
        ],
        verify: closes,
        undo: [{ does: "Deploy the page's release before." }],
        explains: ["page-release"],
      },
      {
        id: "long-threads",
        title: "Pages keep everything they ever got",
        signal: "It is the pages with much traffic that grow; growth follows frames, not releases.",
        confirm: frames,
        fix: [
          {
            does: "Let the page keep as many messages as it shows, and fetch older ones when they are scrolled to.",
          },
        ],
        verify: grown,
        undo: [{ does: "Deploy the page's release before." }],
        explains: ["page-release"],
      },
    ],
    mitigations: [
      {
        step: { does: "Ask users who complain to reload the page." },
        blastRadius: "One page each; its thread comes back.",
        undo: { does: "None is needed." },
      },
      {
        step: { does: "Roll the page back to the release before." },
        blastRadius:
          "Whatever else the release brought is gone; open pages keep what they have until they are reloaded.",
        undo: { does: "Deploy the newer release again." },
      },
    ],
    doneWhen: [
      young,
      connectedTime(catalog, {
        ifHealthy: "The change cost no connections.",
        ifUnhealthy: "Pages lose their connections: take the change back.",
      }),
    ],
    escalation: [
      {
        whom: "chat page's on-call",
        when: `the share stays above ${percentage(budget)} for a working day`,
      },
    ],
    tellUsers: "If the chat gets slow after some hours, reload the page. What you wrote is kept.",
  };
}
