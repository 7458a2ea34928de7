import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogOf, readConfig } from "@sockscope/config";
import { Switchboard } from "@sockscope/demo/faults";
import { instrumentServer } from "@sockscope/server";
import { collectDefaultMetrics, Registry } from "prom-client";
import { catchUpAfterOutages } from "./chat/catching-up.ts";
import { Chat } from "./chat/chat.ts";
import { Replies } from "./chat/replies.ts";
import type { Demo, DemoOptions } from "./demo-options.ts";
import { networkToChat } from "./faults/broken-network.ts";
import { followChatFaults } from "./faults/chat-faults.ts";
import { ExpiringTokens } from "./faults/expired-tokens.ts";
import { Groups } from "./groups/groups.ts";
import { baseUrl, listen, stopListening } from "./http/listen.ts";
import { metricsApp } from "./http/metrics-app.ts";
import { pageApp } from "./http/page-app.ts";
import { PageNotBuiltError } from "./http/page-not-built-error.ts";
import { DEFAULT_LIMITS } from "./limits/chat-limits.ts";
import { scheduleOnTimers } from "./schedule.ts";
import { keyRingIn } from "./session/key-file.ts";
import { SessionEnds } from "./session/session-ends.ts";
import { SessionGate } from "./session/session-gate.ts";
import { SessionTokens } from "./session/session-tokens.ts";
import { SignedOutSessions } from "./session/signed-out.ts";
import { CHAT_ROUTE, ChatServer } from "./sockets/chat-server.ts";
import { originRule } from "./sockets/same-origin.ts";
import { openState } from "./state.ts";

const BUILT_PAGE_DIR = fileURLToPath(new URL("../../page/dist/site", import.meta.url));
const CONFIGURATION = fileURLToPath(new URL("../../sockscope.config.json", import.meta.url));
const LOOPBACK = "127.0.0.1";
const SESSION_LIFETIME_MS = 900_000;
/** Over so long a time clients come back after a drain, in ms: one server takes them all in much less. */
const DRAIN_SPREAD_MS = 2_000;

/**
 * Starts the chat, its page and its metrics.
 *
 * @throws PageNotBuiltError when there is no page to serve
 * @throws KeysUnreadableError when the state directory has keys that nobody can read
 * @throws InvalidAppError when the app's name cannot be a label
 * @throws Error of the system when an address cannot be listened on
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { schedule = scheduleOnTimers, random = Math.random, now = Date.now, log = () => {} } = options;
  const { app = "chat", collectorUrl, stateDir, pageDir = BUILT_PAGE_DIR } = options;
  if (!existsSync(join(pageDir, "index.html"))) throw new PageNotBuiltError(pageDir);
  if (stateDir !== undefined) mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const reportError = (error: unknown, correlationId: string): void =>
    log({ event: "error", correlation_id: correlationId, message: String(error) });
  if (options.redisUrl !== undefined && stateDir === undefined)
    log({
      event: "sessions_not_kept",
      message:
        "a restart signs everybody out, and no other process knows the sessions of this one: give --state-dir as well",
    });

  const origins = originRule(options.publishedOnLoopback ? LOOPBACK : options.host, options.allowedOrigins);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const registry = new Registry();
  // What questions about processes read: when they began, and what they use of the machine.
  collectDefaultMetrics({ register: registry });
  const faults = new Switchboard({ schedule, now: () => performance.now() });
  const catalog = catalogOf(await readConfig(CONFIGURATION));
  const keys = keyRingIn(stateDir);
  const tokens = new SessionTokens({ keys, lifetimeMs: SESSION_LIFETIME_MS, now });
  const checkedTokens = new ExpiringTokens(tokens, faults, now);
  const signedOut = new SignedOutSessions({
    stateDir,
    now,
    reportError: (error) => reportError(error, ""),
  });
  const writer = randomUUID();
  const isHeard = (threadId: string): boolean => groups.has(threadId);
  const state = await openState({ ...options, writer, isHeard, schedule, now, log, faults, reportError });
  const { threads } = state;
  const groups: Groups = new Groups(state.relay);
  catchUpAfterOutages({ threads, groups, relay: state.relay, reportError });
  const instrumentation = instrumentServer({ app, registry, routes: [CHAT_ROUTE], log, catalog });
  const replies = new Replies({
    writer,
    threads,
    send: (threadId, frame, acceptedAtMs) => groups.send(threadId, frame, acceptedAtMs),
    acceptedNow: () => instrumentation.now(),
    schedule,
    random,
    now,
    reportError,
  });
  const chatServer = new ChatServer({
    chat: new Chat({ writer, groups, threads, replies, limits, random, now, catalog, reportError }),
    tokens: new SessionGate(checkedTokens, signedOut),
    instrumentation,
    limits,
    faults,
    origins,
    isQueryTokenAllowed: options.developmentQueryToken ?? false,
    schedule,
    random,
    now,
    reportError,
  });
  const sessionEnds = new SessionEnds({ signedOut, peers: chatServer.peers, relay: state.sessionRelay });
  followChatFaults(faults, chatServer, replies);
  const pageServer = createServer(
    pageApp({
      pageDir,
      config: { collector: collectorUrl, app },
      tokens,
      check: (token) => checkedTokens.check(token),
      signedOut,
      sessionEnds,
      chatServer,
      faults,
      origins,
      reportError,
      runbooksDir: options.runbooksDir,
      isCookieSecure: options.secureCookie ?? false,
      now,
    }),
  );
  instrumentation.watchHandshakes(pageServer);
  pageServer.on("upgrade", (request, stream, head) => void chatServer.upgrade(request, stream, head));
  const metricsServer = createServer(
    metricsApp({
      registry,
      faults,
      health: state.health,
      origins: originRule(options.metricsHost),
      reportError,
      log,
    }),
  );
  const stopping: (() => Promise<void>)[] = [];

  const close = async (): Promise<void> => {
    faults.end();
    await Promise.all([chatServer.drain(DRAIN_SPREAD_MS), replies.stop()]);
    await Promise.all([
      ...stopping.map((stop) => stop()),
      stopListening(pageServer),
      stopListening(metricsServer),
    ]);
    await state.close();
  };
  try {
    const { metricsHost = LOOPBACK, metricsPort = 0, host = LOOPBACK, port = 0 } = options;
    const metricsUrl = baseUrl(metricsHost, await listen(metricsServer, metricsHost, metricsPort));
    const target = { host: LOOPBACK, port: await listen(pageServer, LOOPBACK, 0) };
    const network = await networkToChat({ faults, schedule, target, host, port });
    stopping.push(network.close);
    await replies.start();
    return {
      pageUrl: baseUrl(host, network.port),
      metricsUrl,
      maxSeries: instrumentation.maxSeries,
      rotateKeys: () => keys.rotate(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
