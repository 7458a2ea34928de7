import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Symptom } from "@sockscope/alerts";
import { SESSIONS_ACTIVE } from "@sockscope/catalog";
import { type FaultId, type FaultsClient, faultsClient } from "@sockscope/demo/faults";
import { type ChatPage, openChatPage } from "@sockscope/demo/users";
import { DEMO_APP, type Stack, startStack, until } from "@sockscope/stack";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { HeldAlert } from "./testing/alertmanager.test-support.ts";
import { arrives } from "./testing/arrival.test-support.ts";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { seriesName } from "./testing/exposition.test-support.ts";
import { openPreview } from "./testing/preview-page.test-support.ts";

/*
 * Time and numbers are scaled. Conditions have to hold for seconds instead of minutes; and users are few, so those numbers of alerts that
 * are about them are smaller, and keep their order: a storm is five times the cuts of a spike. Windows are as they are: a stack begins
 * with nothing, so what happens in its first minutes is all that there was. Alerts over hours keep their numbers: there was no hour.
 */
const ALERTING = {
  holds: "3s",
  alerts: {
    WsAuthCloseSpike: { fewestSessions: 6 },
    WsInternalErrorCloseSpike: { fewestCloses: 6 },
    WsReconnectStorm: { fewestCutsPage: 30 },
    WsMessagesNotAppearing: { fewestUserMessages: 6, fewestAssistantMessages: 12 },
  },
} as const;

const USERS = 8;
/** That many tabs that load at once keep a busy machine waiting. */
const PATIENCE_MS = 120_000;
const SOCKSCOPE = fileURLToPath(new URL("../cli/dist/sockscope.js", import.meta.url));

interface Report {
  readonly diagnoses: readonly {
    readonly alert: string;
    readonly labels: object;
    readonly health: string;
    readonly scope: string;
    readonly headline: string;
    readonly likeliest: readonly string[];
    readonly runbook: string | null;
  }[];
}

/** Runs the command; it ends with 1, since something is not healthy. */
function diagnose({ configuration }: Stack, ...args: readonly string[]): Promise<Report> {
  const how = ["--config", configuration, "--format", "json"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [SOCKSCOPE, "diagnose", ...args, ...how], (error, printed, complained) => {
      if (error?.code !== 1) reject(new Error(`${error?.code} ${complained}`));
      else resolve(JSON.parse(printed));
    });
  });
}

describe("what is broken on purpose", () => {
  let browser: Browser;
  let stack: Stack;
  let faults: FaultsClient;
  let chats: readonly ChatPage[];

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser?.close());

  async function arrive(): Promise<ChatPage> {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const chat = await openChatPage(page, stack.chat.pageUrl);
    await chat.connected();
    await chat.say("Is anybody there?");
    return chat;
  }

  beforeEach(async () => {
    stack = await startStack({ alerting: ALERTING });
    faults = faultsClient(stack.chat.metricsUrl);
    chats = await Promise.all(Array.from({ length: USERS }, arrive));
    const active = seriesName(SESSIONS_ACTIVE.name, { app: DEMO_APP });
    expect(await arrives(stack, active, (sessions) => sessions === USERS)).toBe(USERS);
  }, PATIENCE_MS);

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await stack?.stop();
  });

  /** Writes without waiting for an answer. */
  async function write({ page }: ChatPage, text: string): Promise<void> {
    await page.getByTestId("message").fill(text);
    await page.getByTestId("send").click();
  }

  /** The names of the alerts that call somebody: those that Alertmanager holds, and neither inhibits nor silences. */
  async function paging(): Promise<readonly string[]> {
    const only = new URLSearchParams({
      active: "true",
      inhibited: "false",
      silenced: "false",
      filter: 'severity="page"',
    });
    const answer = await fetch(`${stack.alertmanager.url}/api/v2/alerts?${only}`);
    const held = (await answer.json()) as readonly HeldAlert[];
    return [...new Set(held.map(({ labels }) => labels["alertname"] ?? ""))];
  }

  /** What the preview's page of alerts says to run for one that fires. */
  async function adviceFor(alert: string): Promise<readonly string[]> {
    const { page } = await openPreview(browser, `${stack.preview.url}/alerts`);
    const rule = page
      .getByTestId("rule")
      .filter({ hasText: alert })
      .and(page.locator('[data-state="firing"]'));
    const command = await rule.getByTestId("diagnose").first().textContent();
    await page.close();
    const [, args = expect.fail(`The preview says ${command}.`)] =
      /^npm run sockscope -- diagnose (.+)$/.exec(command ?? "") ?? [];
    return args.split(" ");
  }

  async function pages(): Promise<readonly string[]> {
    const names = await until(
      async () => {
        const all = await paging();
        return all.length > 0 ? all : undefined;
      },
      { timeoutMs: PATIENCE_MS },
    );
    return names ?? expect.fail("Nobody is called.");
  }

  function writeAll(text: string): Promise<unknown> {
    return Promise.all(chats.map((chat) => write(chat, text)));
  }

  const incidents: readonly {
    readonly fault: FaultId;
    /** Breaks it, and has users do what it is noticed by. */
    readonly happens: () => Promise<unknown>;
    readonly alert: Symptom["name"];
    readonly cause: string;
  }[] = [
    {
      fault: "expire_tokens",
      happens: () => faults.turnOn("expire_tokens", { seconds: 120 }),
      alert: "WsAuthCloseSpike",
      cause: "token-expiry",
    },
    {
      fault: "consumer_error",
      // No longer than it takes: who comes back is closed again, and many cuts are a storm.
      happens: async () => {
        await faults.turnOn("consumer_error", { seconds: 60 });
        await writeAll("And now?");
        await faults.turnOff("consumer_error");
      },
      alert: "WsInternalErrorCloseSpike",
      cause: "consumer-exceptions",
    },
    {
      fault: "lifetime_limit",
      happens: () => faults.turnOn("lifetime_limit", { seconds: 600, lifetimeSeconds: 20 }),
      alert: "WsReconnectStorm",
      cause: "proxy-idle-timeout",
    },
    {
      fault: "lose_messages",
      happens: async () => {
        await faults.turnOn("lose_messages", { seconds: 600 });
        await writeAll("And now?");
        await writeAll("Hello?");
      },
      alert: "WsMessagesNotAppearing",
      cause: "lost-on-the-way",
    },
  ];
  it.each(incidents)(
    "$fault pages $alert alone, and the diagnosis names $cause",
    async ({ happens, alert, cause }) => {
      await happens();
      expect(await pages()).toEqual([alert]);
      const advice = await adviceFor(alert);
      let report: Report | undefined;
      await until(
        async () => {
          report = await diagnose(stack, ...advice);
          return report.diagnoses[0]?.likeliest.length === 1 || undefined;
        },
        { timeoutMs: PATIENCE_MS },
      );
      expect(report?.diagnoses).toMatchObject([
        {
          alert,
          health: "unhealthy",
          scope: "incident",
          likeliest: [cause],
          runbook: `${stack.preview.url}/runbooks/${alert}.md`,
        },
      ]);
      // It still is the only one, and the walk through all that fires says the same.
      expect(await paging()).toEqual([alert]);
      const all = await diagnose(stack, "--prometheus", stack.prometheus.url);
      expect(all.diagnoses.find((one) => one.alert === alert)?.likeliest).toEqual([cause]);
    },
    2 * PATIENCE_MS,
  );
});
