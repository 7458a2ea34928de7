import type { Page } from "playwright-core";

/** The demo page as a person uses it. */
export interface ChatPage {
  readonly page: Page;
  /** Resolves when the page says that it is connected. */
  connected(): Promise<void>;
  /** Writes a message and waits for the reply. */
  say(text: string): Promise<void>;
  /** Resolves when the page says that the server takes its user no more. */
  signedOut(): Promise<void>;
  /** Has the session end, as it does when a token expires. */
  expireSession(): Promise<void>;
  /** Judges the last answer. */
  judge(): Promise<void>;
  /** Signs in on another device: this page's connection is ended. */
  signInElsewhere(): Promise<void>;
  /** Presses the page's own way back. */
  reconnect(): Promise<void>;
  /** Loads the page again, as people do whom the page tells to. */
  reload(): Promise<void>;
  /** Goes away from the page, as closing the tab does: the page gets its `pagehide`. */
  leave(): Promise<void>;
}

/** Opens the demo page in a tab. */
export async function openChatPage(page: Page, url: string): Promise<ChatPage> {
  await page.goto(url);
  const inState = (state: "open" | "rejected"): Promise<void> =>
    page.locator(`[data-testid="state"][data-state="${state}"]`).waitFor();
  const replies = page.locator('[data-testid="messages"] [data-role="assistant"]:not(.typing)');
  return {
    page,
    connected: () => inState("open"),
    signedOut: () => inState("rejected"),
    say: async (text) => {
      const before = await replies.count();
      await page.getByTestId("message").fill(text);
      await page.getByTestId("send").click();
      await replies.nth(before).waitFor();
    },
    expireSession: async () => {
      await page.getByTestId("expire-session").click();
      await inState("rejected");
    },
    judge: async () => {
      await page.getByTestId("helpful").click();
    },
    signInElsewhere: async () => {
      await page.getByTestId("sign-in-elsewhere").click();
      await inState("rejected");
    },
    reconnect: async () => {
      await page.getByTestId("reconnect").click();
      await inState("open");
    },
    reload: async () => {
      await page.reload();
      await inState("open");
    },
    leave: async () => {
      await page.goto("about:blank");
    },
  };
}
