import {
  AFFECTED_SESSIONS,
  CLOSES,
  COLLECTOR_BATCHES,
  COLLECTOR_LEFT_OUT,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_REFUSALS,
  COLLECTOR_SEQUENCE_GAPS,
  COLLECTOR_SESSIONS,
  COLLECTOR_SESSIONS_ENDED,
  CONNECT_DURATION,
  SESSION_SILENCE_MS,
  SESSIONS_ACTIVE,
  SESSIONS_STARTED,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import {
  counterLine,
  DEDUPLICATION_WINDOW,
  histogramLine,
  MAX_BATCH_AGE_MS,
} from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { SESSION_RETENTION_MS } from "./sessions/session-table.ts";
import { BATCH_HEADERS, pathOf } from "./testing/batches.test-support.ts";
import { CLOSED, closeLine, seriesOf } from "./testing/lines.test-support.ts";
import { TestPage } from "./testing/page.test-support.ts";
import { scrape } from "./testing/scrape.test-support.ts";
import { send } from "./testing/send.test-support.ts";
import { startTestCollector } from "./testing/start.test-support.ts";

const CLOSE = closeLine(2);
const THREE_BELOW_5_AND_ONE_ABOVE_ALL = [
  ...CONNECT_DURATION.layout.bounds.map((bound) => (bound === 5 ? 3 : 0)),
  1,
];

function openedIn(layout: string): string {
  return histogramLine(seriesOf(CONNECT_DURATION), layout, THREE_BELOW_5_AND_ONE_ABOVE_ALL, 50);
}

const ACCEPTED = `${COLLECTOR_BATCHES.name}{app="chat",result="accepted"}`;
const DUPLICATE = `${COLLECTOR_BATCHES.name}{app="chat",result="duplicate"}`;
const REFUSED = `${COLLECTOR_BATCHES.name}{app="chat",result="refused"}`;
const MEASUREMENTS = `${COLLECTOR_MEASUREMENTS.name}{app="chat"}`;
const STARTED = `${SESSIONS_STARTED.name}{app="chat"}`;
const ACTIVE = `${SESSIONS_ACTIVE.name}{app="chat"}`;
const LEFT = `${COLLECTOR_SESSIONS_ENDED.name}{app="chat",how="left"}`;
const VANISHED = `${COLLECTOR_SESSIONS_ENDED.name}{app="chat",how="vanished"}`;
const GAPS = `${COLLECTOR_SEQUENCE_GAPS.name}{app="chat"}`;

function leftOut(reason: string): string {
  return `${COLLECTOR_LEFT_OUT.name}{app="chat",reason="${reason}"}`;
}

function refused(code: string, app = "chat"): string {
  return `${COLLECTOR_REFUSALS.name}{app="${app}",code="${code}"}`;
}

/** What a test's row may do. */
interface Stage {
  readonly page: TestPage;
  readonly ingestUrl: string;
  readonly pass: (ms: number) => void;
}

type Act = (stage: Stage) => Promise<unknown> | undefined;

interface Row {
  readonly what: string;
  /** What happened before. */
  readonly given?: Act;
  readonly happens: Act;
  /** Every series that moves, and by how much. */
  readonly moves: Readonly<Record<string, number>>;
}

const twoBatches: Act = async ({ page }) => {
  await page.send(1);
  await page.send(2);
};

const ROWS: readonly Row[] = [
  {
    what: "a first batch starts a session, which is not active yet",
    happens: ({ page }) => page.send(1),
    moves: { [ACCEPTED]: 1, [STARTED]: 1, [COLLECTOR_SESSIONS.name]: 1 },
  },
  {
    what: "a second batch makes it active",
    given: ({ page }) => page.send(1),
    happens: ({ page }) => page.send(2),
    moves: { [ACCEPTED]: 1, [ACTIVE]: 1 },
  },
  {
    what: "a third batch is just a batch",
    given: twoBatches,
    happens: ({ page }) => page.send(3),
    moves: { [ACCEPTED]: 1 },
  },
  {
    what: "a counter counts, and its events are measurements",
    given: twoBatches,
    happens: ({ page }) => page.send(3, { lines: [CLOSE] }),
    moves: {
      [ACCEPTED]: 1,
      [MEASUREMENTS]: 2,
      [`${CLOSES.name}{app="chat",code="4401",phase="opened",ended_by="peer"}`]: 2,
    },
  },
  {
    what: "a histogram's observations are measurements, and its sum is none",
    given: twoBatches,
    happens: ({ page }) => page.send(3, { lines: [openedIn(CONNECT_DURATION.layout.id)] }),
    moves: {
      [ACCEPTED]: 1,
      [MEASUREMENTS]: 4,
      [`${CONNECT_DURATION.name}_bucket{app="chat",le="5"}`]: 3,
      [`${CONNECT_DURATION.name}_bucket{app="chat",le="10"}`]: 3,
      [`${CONNECT_DURATION.name}_bucket{app="chat",le="30"}`]: 3,
      [`${CONNECT_DURATION.name}_bucket{app="chat",le="+Inf"}`]: 4,
      [`${CONNECT_DURATION.name}_sum{app="chat"}`]: 50,
      [`${CONNECT_DURATION.name}_count{app="chat"}`]: 4,
    },
  },
  {
    what: "what an SDK lost is counted and is no measurement",
    given: twoBatches,
    happens: ({ page }) =>
      page.send(3, { lines: [counterLine(seriesOf(TELEMETRY_LOST, { where: "queue" }), 9)] }),
    moves: { [ACCEPTED]: 1, [`${TELEMETRY_LOST.name}{app="chat",where="queue"}`]: 9 },
  },
  {
    what: "what is left out is neither counted nor a measurement",
    given: twoBatches,
    happens: ({ page }) =>
      page.send(3, {
        lines: [
          counterLine("ws_client_from_the_future_total", 1),
          counterLine(seriesOf(CLOSES, { code: "4401", phase: "opened" }), 1),
          counterLine(seriesOf(CLOSES, { ...CLOSED, ended_by: "nobody" }), 1),
          counterLine(seriesOf(CLOSES, { ...CLOSED, phase: "never_opened" }), 1),
          counterLine(seriesOf(AFFECTED_SESSIONS, { code: "1000" }), 1),
          counterLine(seriesOf(SESSIONS_STARTED), 1),
          openedIn("connect-9"),
        ],
      }),
    moves: {
      [ACCEPTED]: 1,
      [leftOut("unknown_metric")]: 2,
      [leftOut("unknown_label")]: 1,
      [leftOut("unknown_label_value")]: 1,
      [leftOut("impossible_labels")]: 2,
      [leftOut("unknown_layout")]: 1,
    },
  },
  {
    what: "a copy changes nothing but its own count",
    given: ({ page }) => page.send(1, { lines: [CLOSE] }),
    happens: ({ page }) => page.send(1, { lines: [CLOSE] }),
    moves: { [DUPLICATE]: 1 },
  },
  {
    what: "a copy of the leaving batch changes nothing but its own count",
    given: async (stage) => {
      await twoBatches(stage);
      await stage.page.send(3, { leaving: true });
    },
    happens: ({ page }) => page.send(3, { leaving: true }),
    moves: { [DUPLICATE]: 1 },
  },
  {
    what: "the leaving batch ends its session",
    given: twoBatches,
    happens: ({ page }) => page.send(3, { leaving: true }),
    moves: { [ACCEPTED]: 1, [ACTIVE]: -1, [LEFT]: 1 },
  },
  {
    what: "a session whose only batch is the leaving one starts and ends, and is never active",
    happens: ({ page }) => page.send(1, { leaving: true }),
    moves: { [ACCEPTED]: 1, [STARTED]: 1, [LEFT]: 1, [COLLECTOR_SESSIONS.name]: 1 },
  },
  {
    what: "a batch that the leaving one overtook does not bring its page back",
    given: async ({ page }) => {
      await page.send(1);
      await page.send(3, { leaving: true });
    },
    happens: ({ page }) => page.send(2),
    moves: { [ACCEPTED]: 1 },
  },
  {
    what: "a higher number brings a page back that had left, and does not start it again",
    given: ({ page }) => page.send(1, { leaving: true }),
    happens: ({ page }) => page.send(2),
    moves: { [ACCEPTED]: 1, [ACTIVE]: 1 },
  },
  {
    what: "a page that leaves a second time has ended before",
    given: async ({ page }) => {
      await page.send(1, { leaving: true });
      await page.send(2);
    },
    happens: ({ page }) => page.send(3, { leaving: true }),
    moves: { [ACCEPTED]: 1, [ACTIVE]: -1 },
  },
  {
    what: "a silence as long as a page may be silent changes nothing",
    given: twoBatches,
    happens: ({ pass }) => void pass(SESSION_SILENCE_MS),
    moves: {},
  },
  {
    what: "a longer silence ends the session",
    given: twoBatches,
    happens: ({ pass }) => void pass(SESSION_SILENCE_MS + 1),
    moves: { [ACTIVE]: -1, [VANISHED]: 1 },
  },
  {
    what: "a silence after the leaving batch changes nothing",
    given: ({ page }) => page.send(1, { leaving: true }),
    happens: ({ pass }) => void pass(SESSION_SILENCE_MS + 1),
    moves: {},
  },
  {
    what: "a batch after the silence brings the session back",
    given: async (stage) => {
      await twoBatches(stage);
      stage.pass(SESSION_SILENCE_MS + 1);
    },
    happens: ({ page }) => page.send(3),
    moves: { [ACCEPTED]: 1, [ACTIVE]: 1 },
  },
  {
    what: "a session is forgotten long after it ended, and only then its missing number is certain",
    given: async ({ page, pass }) => {
      await page.send(1);
      await page.send(3);
      pass(SESSION_SILENCE_MS + 1);
    },
    happens: ({ pass }) => void pass(SESSION_RETENTION_MS),
    moves: { [GAPS]: 1, [COLLECTOR_SESSIONS.name]: -1 },
  },
  {
    what: "numbers that leave the window unseen are gaps",
    given: twoBatches,
    happens: ({ page }) => page.send(DEDUPLICATION_WINDOW + 4),
    moves: { [ACCEPTED]: 1, [GAPS]: 2 },
  },
  {
    what: "a refused batch counts for its app",
    given: twoBatches,
    happens: ({ page }) => page.send(3, { lines: [CLOSE, CLOSE] }),
    moves: { [REFUSED]: 1, [refused("SOCKSCOPE_ERR_BATCH")]: 1 },
  },
  {
    what: "a batch that is too old does not start a session",
    happens: ({ page }) => page.send(1, { closedMsAgo: MAX_BATCH_AGE_MS + 1 }),
    moves: { [REFUSED]: 1, [refused("SOCKSCOPE_ERR_TOO_OLD")]: 1 },
  },
  {
    what: "a request that names an app is that app's also when its path is wrong",
    happens: ({ ingestUrl }) => send(ingestUrl, { path: "/?app=chat" }),
    moves: { [refused("SOCKSCOPE_ERR_PATH")]: 1 },
  },
  {
    what: "a batch of an app that is not configured is nobody's",
    happens: ({ ingestUrl }) =>
      send(ingestUrl, { path: pathOf().replace("app=chat", "app=nobody"), headers: BATCH_HEADERS }),
    moves: {
      [`${COLLECTOR_BATCHES.name}{app="other",result="refused"}`]: 1,
      [refused("SOCKSCOPE_ERR_APP", "other")]: 1,
    },
  },
];

function difference(before: Map<string, number>, after: Map<string, number>): Record<string, number> {
  const names = new Set([...before.keys(), ...after.keys()]);
  const moved = [...names].map((name) => [name, (after.get(name) ?? 0) - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(moved.filter(([, by]) => by !== 0));
}

describe("what happened, and which series moved", () => {
  it.each(ROWS)("$what", async ({ given, happens, moves }) => {
    let now = 0;
    const { ingestUrl, adminUrl } = await startTestCollector({ clock: () => now });
    const pass = (ms: number): void => {
      now += ms;
    };
    const stage = { page: new TestPage(ingestUrl, 1), ingestUrl, pass };
    await given?.(stage);
    const before = await scrape(adminUrl);
    await happens(stage);
    expect(difference(before, await scrape(adminUrl))).toEqual(moves);
  });
});

describe("seven open pages", () => {
  it("are seven active sessions, whoever else came and left", async () => {
    let now = 0;
    const { ingestUrl, adminUrl } = await startTestCollector({ clock: () => now });
    const pages = Array.from({ length: 38 }, (_, number) => new TestPage(ingestUrl, number));
    const [staying, passing] = [pages.slice(0, 7), pages.slice(7)];
    for (const page of pages) {
      now += 1000;
      await page.send(1);
      await page.send(2);
    }
    for (const page of passing) {
      now += 1000;
      await page.send(3, { leaving: true });
    }
    for (const page of staying) await page.send(3);
    const exposed = await scrape(adminUrl);
    expect(exposed.get(ACTIVE)).toBe(7);
    expect(exposed.get(STARTED)).toBe(38);
    expect(exposed.get(LEFT)).toBe(31);
    expect(exposed.get(VANISHED)).toBe(0);
  });
});
