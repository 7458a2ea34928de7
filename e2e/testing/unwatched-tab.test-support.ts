import { until } from "@sockscope/stack";
import type { Browser, CDPSession } from "playwright-core";

const LOAD_TIMEOUT_MS = 30_000;

/** A tab that no debugger is attached to: pages that Playwright watches are never hidden, and never frozen. */
export interface UnwatchedTab {
  /** What the function returns in the page; it reaches nothing of its file. The debugger is there for as long as that takes. */
  evaluate<Args extends readonly unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** Freezes it behind another tab, as the browser does with tabs that were not looked at for a while. */
  freeze(): Promise<void>;
  /** The user comes back to it. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

interface Evaluated {
  readonly result: { readonly value: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

/** Sends one command to a tab, which is attached to for as long as that takes. */
async function command(
  devTools: CDPSession,
  targetId: string,
  method: string,
  params: object,
): Promise<Evaluated> {
  const { sessionId } = await devTools.send("Target.attachToTarget", { targetId });
  const answered = new Promise<Evaluated>((resolve, reject) => {
    devTools.on("Target.receivedMessageFromTarget", (received) => {
      if (received.sessionId !== sessionId) return;
      const { id, result, error } = JSON.parse(received.message);
      if (error) reject(new Error(error.message));
      else if (id === 1) resolve(result);
    });
  });
  const message = JSON.stringify({ id: 1, method, params });
  await devTools.send("Target.sendMessageToTarget", { sessionId, message });
  try {
    return await answered;
  } finally {
    await devTools.send("Target.detachFromTarget", { sessionId });
  }
}

/** Opens such a tab. */
export async function openUnwatched(browser: Browser, url: string): Promise<UnwatchedTab> {
  const devTools = await browser.newBrowserCDPSession();
  const { targetId } = await devTools.send("Target.createTarget", { url });
  const send = (method: string, params: object): Promise<Evaluated> =>
    command(devTools, targetId, method, params);

  async function evaluate(run: unknown, ...args: readonly unknown[]): Promise<unknown> {
    const expression = `(${run})(...${JSON.stringify(args)})`;
    const { result, exceptionDetails } = await send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(`${exceptionDetails.text} in ${expression}`);
    return result.value;
  }

  const isThere = (to: string): boolean => location.href === to && document.readyState === "complete";
  await until(async () => (await evaluate(isThere, url)) || undefined, { timeoutMs: LOAD_TIMEOUT_MS });
  return {
    evaluate: evaluate as UnwatchedTab["evaluate"],
    freeze: async () => {
      await devTools.send("Target.createTarget", { url: "about:blank" });
      await send("Page.setWebLifecycleState", { state: "frozen" });
    },
    comeBack: async () => {
      await send("Page.setWebLifecycleState", { state: "active" });
      await devTools.send("Target.activateTarget", { targetId });
    },
    close: async () => {
      await devTools.send("Target.closeTarget", { targetId });
      await devTools.detach();
    },
  };
}
