import {
  AFFECTED_SESSIONS,
  CLOSES,
  type ClientCloseCode,
  type CloseCodeLabel,
  COLLECTOR_BATCHES,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_SESSIONS,
  COLLECTOR_SESSIONS_ENDED,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECT_TIMEOUT_MS,
  CONNECTION_DURATION,
  type ConnectionState,
  type ConnectOutcome,
  type ConnectTrigger,
  type EndedBy,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  type Histogram,
  INBOUND_SILENCE,
  type LabelSet,
  type Metric,
  type Phase,
  RECONNECT_EPISODES_STARTED,
  SESSIONS_STARTED,
  STABLE_UPTIME_MS,
  TIME,
} from "@sockscope/catalog";
import { type Collector, startCollector } from "@sockscope/collector";
import { until } from "@sockscope/stack";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./testing/browser.test-support.ts";
import {
  type Exposition,
  type Moves,
  movesBetween,
  scrape,
  seriesName,
} from "./testing/exposition.test-support.ts";
import { accepting, FRAME, type Peer, refused, silent } from "./testing/peers.test-support.ts";
import { PLAIN_APP, type PlainSite, servePlainPage } from "./testing/plain-page.test-support.ts";

/** Long enough after a moment that something is decided by then. */
const JUST_AFTER_MS = 1000;
/** After a close, until it is certain that no word of a lost network comes any more, and an episode is counted as begun. */
const EPISODE_CERTAIN_MS = 1000 + JUST_AFTER_MS;
const ARRIVAL_TIMEOUT_MS = 10_000;

/** A counter or a histogram of the page, and by how much it moves. */
interface Counted {
  readonly metric: Metric;
  readonly labels: LabelSet;
  readonly by: number;
}

function attempt(outcome: ConnectOutcome, trigger: ConnectTrigger = "initial"): Counted {
  return { metric: CONNECT_ATTEMPTS, labels: { outcome, trigger }, by: 1 };
}

function closes(code: ClientCloseCode, phase: Phase, ended_by: EndedBy, by = 1): Counted {
  return { metric: CLOSES, labels: { code, phase, ended_by }, by };
}

function affected(code: CloseCodeLabel): Counted {
  return { metric: AFFECTED_SESSIONS, labels: { code }, by: 1 };
}

function observes(metric: Histogram, by = 1): Counted {
  return { metric, labels: {}, by };
}

const GOT_FRAME: Counted = { metric: FRAMES_RECEIVED, labels: { event: "pong" }, by: 1 };
/** An attempt that the server's first frame decides. */
const OPENED: readonly Counted[] = [attempt("opened"), observes(CONNECT_DURATION), GOT_FRAME];
const ENDED: readonly Counted[] = [observes(CONNECTION_DURATION), observes(INBOUND_SILENCE)];
const EPISODE: Counted = { metric: RECONNECT_EPISODES_STARTED, labels: { after: "close" }, by: 1 };

interface Row {
  readonly what: string;
  readonly peer: () => Promise<Peer>;
  /** What happens in the page. The functions in here run there: nothing of this file is in their reach. */
  readonly happens: (page: Page, peer: Peer) => Promise<unknown>;
  readonly moves: readonly Counted[];
  /** For how long the page is in a state, which is the only one for so long, in seconds at the least. */
  readonly time?: readonly [state: ConnectionState, seconds: number];
  /** Whether the page goes away in it, and so reports by itself. */
  readonly leaves?: true;
}

const openUntilClose = (page: Page, { url }: Peer): Promise<unknown> =>
  page.evaluate((to) => happened(observed(to), "close"), url);

/** As after a close from which clients come back: an episode begins. */
const openUntilEpisode = (page: Page, { url }: Peer): Promise<unknown> =>
  page.evaluate(
    async ([to, waitMs]) => {
      await happened(observed(to), "close");
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    },
    [url, EPISODE_CERTAIN_MS] as const,
  );

const openUntilFrame = (page: Page, { url }: Peer): Promise<unknown> =>
  page.evaluate((to) => happened(observed(to), "message"), url);

/** Goes away as a user does who follows a link. */
const leave = (page: Page): Promise<unknown> => page.goto("about:blank");

const answersNothing = (): Promise<Peer> => accepting(() => {});
const answersWithFrame = (): Promise<Peer> => accepting((socket) => socket.send(FRAME));

const closeAfterFrame = (page: Page, { url }: Peer): Promise<unknown> =>
  page.evaluate(async (to) => {
    const socket = observed(to);
    await happened(socket, "message");
    const closed = happened(socket, "close");
    socket.close(4000);
    await closed;
  }, url);

/** The slow ones first: a few run at a time. */
const ROWS: readonly Row[] = [
  {
    what: "a server never answers the handshake, and then the page gives up",
    peer: silent,
    happens: (page, { url }) =>
      page.evaluate(
        async ([to, waitMs]) => {
          const socket = observed(to);
          await new Promise((resolve) => setTimeout(resolve, waitMs));
          const closed = happened(socket, "close");
          socket.close();
          await closed;
        },
        [url, CONNECT_TIMEOUT_MS + JUST_AFTER_MS] as const,
      ),
    moves: [attempt("timed_out")],
    time: ["reconnecting", CONNECT_TIMEOUT_MS / 1000],
  },
  {
    what: "a server accepts and is silent for the stable uptime",
    peer: answersNothing,
    happens: (page, { url }) =>
      page.evaluate(
        async ([to, waitMs]) => {
          await happened(observed(to), "open");
          await new Promise((resolve) => setTimeout(resolve, waitMs));
        },
        [url, STABLE_UPTIME_MS + JUST_AFTER_MS] as const,
      ),
    moves: [attempt("opened"), observes(CONNECT_DURATION)],
    time: ["connected", STABLE_UPTIME_MS / 1000],
  },
  {
    what: "a server accepts and closes 4401",
    peer: () => accepting((socket) => socket.close(4401)),
    happens: openUntilClose,
    moves: [attempt("rejected"), closes("4401", "opened", "peer"), affected("4401"), ...ENDED],
  },
  {
    what: "a server accepts and closes 4401, twice in one page",
    peer: () => accepting((socket) => socket.close(4401)),
    happens: async (page, peer) => {
      await openUntilClose(page, peer);
      await openUntilEpisode(page, peer);
    },
    moves: [
      attempt("rejected"),
      attempt("rejected", "backoff"),
      closes("4401", "opened", "peer", 2),
      affected("4401"),
      ...ENDED,
      ...ENDED,
      EPISODE,
    ],
  },
  {
    what: "a server accepts and closes 1011 without a frame",
    peer: () => accepting((socket) => socket.close(1011)),
    happens: openUntilEpisode,
    moves: [attempt("dropped"), closes("1011", "opened", "peer"), affected("1011"), ...ENDED, EPISODE],
  },
  {
    what: "a server accepts and the connection is cut",
    peer: () => accepting((socket) => socket.terminate()),
    happens: openUntilEpisode,
    moves: [attempt("dropped"), closes("1006", "opened", "network"), affected("1006"), ...ENDED, EPISODE],
  },
  {
    what: "a server accepts, sends a frame, and closes 1000",
    peer: () =>
      accepting((socket) => {
        socket.send(FRAME);
        socket.close(1000);
      }),
    happens: openUntilClose,
    moves: [...OPENED, closes("1000", "opened", "peer"), ...ENDED],
  },
  {
    what: "a server accepts and sends a frame",
    peer: answersWithFrame,
    happens: openUntilFrame,
    moves: OPENED,
  },
  {
    what: "the page sends a frame",
    peer: answersWithFrame,
    happens: (page, { url }) =>
      page.evaluate(async (to) => {
        const socket = observed(to);
        await happened(socket, "message");
        socket.send('{"type":"ping","id":1}');
      }, url),
    moves: [...OPENED, { metric: FRAMES_SENT, labels: { event: "ping" }, by: 1 }],
  },
  {
    what: "nobody listens on the port",
    peer: refused,
    happens: openUntilClose,
    moves: [attempt("failed"), closes("1006", "never_opened", "network"), affected("1006")],
  },
  {
    what: "the page closes at once",
    peer: answersNothing,
    happens: (page, { url }) =>
      page.evaluate(async (to) => {
        const socket = observed(to);
        const closed = happened(socket, "close");
        socket.close();
        await closed;
      }, url),
    moves: [attempt("aborted")],
  },
  {
    what: "the page closes in its open listener",
    peer: answersNothing,
    happens: (page, { url }) =>
      page.evaluate(async (to) => {
        const socket = observed(to);
        socket.addEventListener("open", () => socket.close(1000));
        await happened(socket, "close");
      }, url),
    moves: [attempt("aborted")],
  },
  {
    what: "the page closes before anything is decided",
    peer: answersNothing,
    happens: (page, { url }) =>
      page.evaluate(async (to) => {
        const socket = observed(to);
        await happened(socket, "open");
        await new Promise((resolve) => setTimeout(resolve));
        const closed = happened(socket, "close");
        socket.close(1000);
        await closed;
      }, url),
    moves: [attempt("aborted"), closes("1000", "opened", "page"), ...ENDED],
  },
  {
    what: "the page closes after a frame with 4000",
    peer: answersWithFrame,
    happens: closeAfterFrame,
    moves: [...OPENED, closes("4xxx", "opened", "page"), ...ENDED],
  },
  {
    what: "the page closes after a frame, and the connection is cut instead of an answer",
    peer: () =>
      accepting((socket) => {
        socket.send(FRAME);
        socket.pause();
      }),
    happens: async (page, peer) => {
      const closed = await page.evaluateHandle(async (to) => {
        const socket = observed(to);
        await happened(socket, "message");
        const end = happened(socket, "close");
        socket.close(4000);
        // Not the promise itself, which this would wait for.
        return { end };
      }, peer.url);
      peer.cut();
      await closed.evaluate(({ end }) => end);
    },
    moves: [...OPENED, closes("1006", "opened", "page"), ...ENDED],
  },
  {
    what: "the user leaves a page with a connection",
    peer: answersWithFrame,
    happens: async (page, peer) => {
      await openUntilFrame(page, peer);
      await leave(page);
    },
    moves: [...OPENED, closes("none", "opened", "left"), ...ENDED],
    leaves: true,
  },
  {
    what: "the user leaves before anything is decided",
    peer: answersNothing,
    happens: async (page, peer) => {
      await page.evaluate((to) => happened(observed(to), "open"), peer.url);
      await leave(page);
    },
    moves: [attempt("aborted"), closes("none", "opened", "left"), ...ENDED],
    leaves: true,
  },
  {
    what: "the user leaves while the page connects",
    peer: silent,
    happens: async (page, peer) => {
      await page.evaluate((to) => void observed(to), peer.url);
      await leave(page);
    },
    moves: [attempt("aborted")],
    leaves: true,
  },
];

/** Of a histogram its count and the bucket that has everything; the value decides which others move. */
function clientMoves({ metric, labels, by }: Counted): Moves {
  const ours = { app: PLAIN_APP, ...labels };
  if (metric.type !== "histogram") return { [seriesName(metric.name, ours)]: by };
  return {
    [seriesName(`${metric.name}_count`, ours)]: by,
    [seriesName(`${metric.name}_bucket`, { ...ours, le: "+Inf" })]: by,
  };
}

/** What moves when one batch of a new session carries this, all of it. */
function expectedMoves({ moves, leaves }: Row): Moves {
  const measurements = moves.reduce((sum, { by }) => sum + by, 0);
  const app = PLAIN_APP;
  const expected: Record<string, number> = {
    [seriesName(SESSIONS_STARTED.name, { app })]: 1,
    [seriesName(COLLECTOR_BATCHES.name, { app, result: "accepted" })]: 1,
    [seriesName(COLLECTOR_MEASUREMENTS.name, { app })]: measurements,
    [seriesName(COLLECTOR_SESSIONS.name, {})]: 1,
    ...(leaves && { [seriesName(COLLECTOR_SESSIONS_ENDED.name, { app, how: "left" })]: 1 }),
  };
  for (const [series, by] of moves.flatMap((counted) => Object.entries(clientMoves(counted))))
    expected[series] = (expected[series] ?? 0) + by;
  return expected;
}

/** Without the time in states, and the buckets and sums of these histograms, which depend on a value. */
function withoutValues(moved: Moves, moves: readonly Counted[]): Moves {
  const observed = moves.flatMap(({ metric }) => (metric.type === "histogram" ? [metric.name] : []));
  const dependsOnValue = (series: string): boolean =>
    series.startsWith(`${TIME.name}{`) ||
    // What a page sends as it leaves, the browser may send once more.
    series.includes('result="duplicate"') ||
    observed.some(
      (name) =>
        series.startsWith(`${name}_sum{`) ||
        (series.startsWith(`${name}_bucket{`) && !series.includes('le="+Inf"')),
    );
  return Object.fromEntries(Object.entries(moved).filter(([series]) => !dependsOnValue(series)));
}

describe.concurrent("what happens to a page's socket, and which series move", () => {
  let browser: Browser;
  let site: PlainSite;
  /** Collectors take a while to close, and nothing has to wait for it. */
  const collectors: Collector[] = [];

  beforeAll(async () => {
    site = await servePlainPage();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([site?.close(), ...collectors.map((collector) => collector.close())]);
  });

  /** The whole scrape of a collector of its own, before and after: rows may run together. */
  async function scrapesAround({
    peer,
    happens,
    leaves,
  }: Row): Promise<[before: Exposition, after: Exposition]> {
    const local = { host: "127.0.0.1", port: 0 };
    const apps = [{ name: PLAIN_APP, origins: [site.origin] }];
    const collector = await startCollector({ listen: local, admin: local, apps, maxSessions: 10 });
    collectors.push(collector);
    const metricsUrl = `${collector.adminUrl}/metrics`;
    const other = await peer();
    const page = await site.open(browser, collector.ingestUrl);
    try {
      const before = await scrape(metricsUrl);
      await happens(page, other);
      if (!leaves) await page.evaluate(() => sockscope.flush());
      const after = await until(() => scrapeAfterBatch(metricsUrl), { timeoutMs: ARRIVAL_TIMEOUT_MS });
      return [before, after ?? before];
    } finally {
      await page.close();
      await other.close();
    }
  }

  async function scrapeAfterBatch(metricsUrl: string): Promise<Exposition | undefined> {
    const now = await scrape(metricsUrl);
    const accepted = seriesName(COLLECTOR_BATCHES.name, { app: PLAIN_APP, result: "accepted" });
    return (now.get(accepted) ?? 0) > 0 ? now : undefined;
  }

  it.each(ROWS.map((row) => [row.what, row] as const))("%s", async (_, row) => {
    const [before, after] = await scrapesAround(row);
    const moved = movesBetween(before, after);
    expect(withoutValues(moved, row.moves)).toEqual(expectedMoves(row));
    const [state, seconds] = row.time ?? [];
    if (state)
      expect(moved[seriesName(TIME.name, { app: PLAIN_APP, state })]).toBeGreaterThanOrEqual(seconds ?? 0);
  });
});
