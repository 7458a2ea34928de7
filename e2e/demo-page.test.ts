import { CONNECT_ATTEMPTS } from "@sockscope/catalog";
import { wireName } from "@sockscope/catalog/protocol";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { focused, type ShownPage, showDemoPage, tabbed } from "./testing/demo-page.test-support.ts";

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
/** As large as a finger, in px. See https://www.w3.org/TR/WCAG22/#target-size-enhanced */
const FINGER_PX = 44;
/** An answer about it is long enough to be streamed. */
const LONG_ANSWER = "What does close code 4401 mean?";

/** A batch leaves every few seconds. */
const PATIENT = { timeout: 30_000 };
/** How a batch counts it. */
const attemptOpened = (trigger: string) =>
  expect.stringContaining(`${wireName(CONNECT_ATTEMPTS.name)}/opened/${trigger} `);

let browser: Browser;
let shown: ShownPage;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
afterEach(() => shown?.close());

const inState = (page: Page, state: string): Promise<void> =>
  page.locator(`[data-testid="state"][data-state="${state}"]`).waitFor();
const switchOf = (page: Page, id: string): Locator => page.getByTestId(`fault-${id}`).getByRole("switch");
const openGroup = (page: Page, group: string): Promise<void> =>
  page.getByTestId(`faults-${group}`).locator("summary").click();
const hasFocus = (page: Page, testId: string): Promise<void> =>
  page.locator(`[data-testid="${testId}"]:focus`).waitFor();

describe("the demo's page by keyboard", () => {
  it("has its controls in the order in which they are read, and nothing traps the focus", async () => {
    shown = await showDemoPage(browser);
    expect(await tabbed(shown.page, 10)).toEqual([
      "open-drawer",
      "conversation",
      "button",
      "button",
      "button",
      "message",
      "send",
      "summary",
      "expire-session",
      "sign-in-elsewhere",
    ]);
  });

  it("keeps the focus when Try now goes away with the connection that it made", async () => {
    shown = await showDemoPage(browser);
    const { page, network } = shown;
    await page.getByTestId("message").focus();
    network.refuse(true);
    await page.getByTestId("reconnect").waitFor();
    expect(await focused(page)).toBe("message");
    expect(await page.title()).toMatch(/^Reconnecting: attempt \d+ of 10 · /);
    // Until it connects, each attempt takes the button away for a moment.
    while ((await focused(page)) !== "reconnect")
      await page
        .getByTestId("reconnect")
        .focus({ timeout: 5_000 })
        .catch(() => {});
    network.refuse(false);
    await page.keyboard.press("Enter");
    await inState(page, "open");
    expect(await focused(page)).toBe("state");
    expect(await page.title()).toMatch(/^Connected · /);
  });

  it("keeps the focus where a message was sent, an answer was judged, and a session was lost", async () => {
    shown = await showDemoPage(browser);
    const { page, chat } = shown;
    await page.getByTestId("message").fill("Is anybody there?");
    await page.getByTestId("send").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("helpful").waitFor();
    expect(await focused(page)).toBe("send");
    await page.getByTestId("helpful").focus();
    await page.keyboard.press("Enter");
    await page.getByText("Thank you.").waitFor();
    expect(await focused(page)).toBe("conversation");
    await page.getByTestId("expire-session").focus();
    await page.keyboard.press("Enter");
    await inState(page, "rejected");
    expect(await focused(page)).toBe("expire-session");
    expect(await page.getByTestId("reconnect").innerText()).toBe("Sign in again and reconnect");
    await page.getByTestId("reconnect").focus();
    await page.keyboard.press("Enter");
    await chat.connected();
    expect(await focused(page)).toBe("state");
  });

  it("keeps the focus when a fault is stopped at the top, and when one ends by itself", async () => {
    shown = await showDemoPage(browser);
    const { page, faults } = shown;
    await openGroup(page, "messages");
    await switchOf(page, "lose_messages").focus();
    await page.keyboard.press("Space");
    const stop = page.getByRole("button", { name: "Stop: Lose messages" });
    await stop.waitFor();
    expect(
      await switchOf(page, "lose_messages").evaluate((element) => element === document.activeElement),
    ).toBe(true);
    await stop.focus();
    await page.keyboard.press("Enter");
    await hasFocus(page, "state");
    await faults.turnOn("lose_messages");
    await stop.focus();
    await faults.turnOff("lose_messages");
    await hasFocus(page, "state");
  });
});

describe("the drawer", () => {
  it("takes the focus, closes on Escape and gives the focus back", async () => {
    shown = await showDemoPage(browser);
    const { page, chat } = shown;
    await chat.expireSession();
    await chat.reconnect();
    await page.getByTestId("open-drawer").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("drawer").waitFor();
    expect(await focused(page)).toBe("close-drawer");
    const close = page.getByTestId("closes").locator("li").first();
    expect(await close.innerText()).toMatch(/4401\s+authentication\s+\d\d:\d\d:\d\d\s+Ended by the server/);
    expect(await page.getByTestId("attempts").locator("li").count()).toBeGreaterThan(0);
    expect(await page.getByTestId("durations").innerText()).toContain("95 %");
    await page.keyboard.press("Escape");
    await page.getByTestId("drawer").waitFor({ state: "detached" });
    expect(await focused(page)).toBe("open-drawer");
  });
});

describe("what the page says that it measured", () => {
  it("has of each attempt the outcome and the trigger that go to the collector", async () => {
    shown = await showDemoPage(browser);
    const { page, chat } = shown;
    const counted: string[] = [];
    await page.route("http://127.0.0.1:9/**", (route) => {
      counted.push(...(route.request().postData() ?? "").split("\n"));
      return route.fulfill({ status: 204, headers: { "access-control-allow-origin": "*" } });
    });
    await page.reload();
    await chat.connected();
    const events = page.getByTestId("events");
    await events.getByText(/^Attempt opened after \d+ ms, initial$/).waitFor();
    await openGroup(page, "server");
    await page.getByTestId("server-error").click();
    await events.getByText(/^Attempt opened after \d+ ms, backoff$/).waitFor();
    for (const trigger of ["initial", "backoff"])
      await expect.poll(() => counted, PATIENT).toContainEqual(attemptOpened(trigger));
  });
});

describe("what is read out", () => {
  it("is each new answer once and whole, and no history when the page is loaded again", async () => {
    shown = await showDemoPage(browser);
    const { page, chat } = shown;
    const region = page.getByTestId("new-message");
    await region.evaluate((element) => {
      const { said } = Object.assign(globalThis, { said: [] as string[] });
      new MutationObserver(() => said.push(element.textContent ?? "")).observe(element, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await chat.say(LONG_ANSWER);
    const answer = await page
      .locator('[data-testid="messages"] [data-role="assistant"]:not(.typing)')
      .innerText();
    const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    expect(said).toEqual([answer.replace(/\s+/g, " ").trim()]);
    await page.reload();
    await chat.connected();
    await page.locator('[data-testid="messages"] [data-role="assistant"]').waitFor();
    expect(await region.innerText()).toBe("");
    expect(await page.getByTestId("messages").getAttribute("aria-live")).toBeNull();
  });

  it("is no countdown", async () => {
    shown = await showDemoPage(browser);
    const { page, network } = shown;
    network.refuse(true);
    await page
      .getByTestId("state")
      .getByText(/in \d+ s$/)
      .waitFor();
    const live = page.locator('[role="status"], [role="alert"], [aria-live], output');
    for (const text of await live.allInnerTexts()) expect(text).not.toMatch(/\d s\b/);
    expect(
      await page.getByTestId("state").evaluate((element) => element.closest("[aria-live], [role]")),
    ).toBeNull();
  });
});

describe("messages", () => {
  it("say that they wait, and are sent when the chat is back", async () => {
    shown = await showDemoPage(browser);
    const { page, network } = shown;
    network.refuse(true);
    await page.getByTestId("reconnect").waitFor();
    await page.getByTestId("message").fill("Are you there?");
    await page.getByTestId("send").click();
    await page.getByTestId("delivery").getByText("Waiting to be sent").waitFor();
    network.refuse(false);
    await page.locator('[data-role="assistant"]:not(.typing)').waitFor();
    expect(await page.getByTestId("delivery").count()).toBe(0);
  });

  it("say why they were refused, and are taken when they are sent again", async () => {
    shown = await showDemoPage(browser, {}, { limits: { maxPendingReplies: 1 } });
    const { page } = shown;
    for (const text of [LONG_ANSWER, "And 1006?"]) {
      await page.getByTestId("message").fill(text);
      await page.getByTestId("message").press("Enter");
    }
    await page.getByTestId("delivery").getByText("Too many messages wait for their answer.").waitFor();
    await page.locator('[data-role="assistant"]:not(.typing)').waitFor();
    await page.getByTestId("send-again").focus();
    await page.keyboard.press("Enter");
    await page.locator('[data-role="assistant"]:not(.typing)').nth(1).waitFor();
    expect(await page.locator('[data-role="user"]').count()).toBe(2);
    expect(await focused(page)).toBe("conversation");
  });

  it("leave whoever reads what was before in peace, and say that there are new ones", async () => {
    shown = await showDemoPage(browser, { viewport: { width: 1280, height: 420 } });
    const { page, chat } = shown;
    const conversation = page.locator("#conversation");
    for (const code of [1006, 1012, 1013]) await chat.say(`What does ${code} mean?`);
    const fromEnd = () => conversation.evaluate((c) => c.scrollHeight - c.scrollTop - c.clientHeight);
    expect(await fromEnd()).toBeLessThan(2);
    await page.getByTestId("message").fill("And 4401?");
    await page.getByTestId("message").press("Enter");
    await conversation.evaluate((element) => element.scrollTo(0, 0));
    await page.getByTestId("new-messages").waitFor();
    expect(await conversation.evaluate((element) => element.scrollTop)).toBe(0);
    await page.getByTestId("new-messages").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("new-messages").waitFor({ state: "detached" });
    expect(await fromEnd()).toBeLessThan(2);
    expect(await focused(page)).toBe("conversation");
  });
});

describe("a fault that is switched on the page", () => {
  it("is on at the server and at the top of the page, until it is stopped there", async () => {
    shown = await showDemoPage(browser);
    const { page, faults } = shown;
    const overload = async () => (await faults.list()).find(({ id }) => id === "overload");
    await openGroup(page, "server");
    await page.getByTestId("fault-overload").getByRole("spinbutton").fill("2000");
    await switchOf(page, "overload").click();
    await page
      .getByTestId("active-faults")
      .getByText(/Turn everybody away, \d+ s left/)
      .waitFor();
    expect(await overload()).toMatchObject({ isOn: true, values: { retryAfterMs: 2000 } });
    await inState(page, "waiting");
    await page
      .getByTestId("state")
      .getByText(/^The server asked to wait: again in \d+ s$/)
      .waitFor();
    await page.getByRole("button", { name: "Stop: Turn everybody away" }).click();
    await page.getByTestId("active-faults").waitFor({ state: "detached" });
    expect(await overload()).toMatchObject({ isOn: false });
    await inState(page, "open");
  });

  it("tells at its field what a parameter may be, until that is edited, and what the server has while it is on", async () => {
    shown = await showDemoPage(browser);
    const { page, faults } = shown;
    await openGroup(page, "server");
    const field = page.getByTestId("fault-overload").getByRole("spinbutton");
    const problem = page.getByTestId("problem-retryAfterMs");
    await field.fill("-1");
    await switchOf(page, "overload").click();
    await problem.getByText("Give a number from 0 to 300000.").waitFor();
    expect(await switchOf(page, "overload").getAttribute("aria-checked")).toBe("false");
    await field.fill("-12");
    expect(await problem.innerText()).toBe("");
    await faults.turnOn("overload", { retryAfterMs: 1_234 });
    await expect.poll(() => field.inputValue(), PATIENT).toBe("1234");
  });

  it("is seen in this tab as its row says, where it does nothing to whoever is connected", async () => {
    shown = await showDemoPage(browser);
    const { page } = shown;
    await openGroup(page, "server");
    const id = "forbid_handshake";
    expect(await page.getByTestId(`fault-${id}`).innerText()).toContain("press “Server error” under Server");
    await switchOf(page, id).click();
    await page.getByTestId("active-faults").waitFor();
    await page.getByTestId("server-error").click();
    await page
      .getByTestId("state")
      .getByText(/attempt 3 of 10/)
      .waitFor();
  });

  it("cannot be switched where it would break nothing, and says what to do", async () => {
    shown = await showDemoPage(browser);
    const { page, faults } = shown;
    await openGroup(page, "server");
    const row = page.getByTestId("fault-stop_redis");
    expect(await row.innerText()).toMatch(/not available[\s\S]*start it with REDIS_URL=/);
    await switchOf(page, "stop_redis").click({ force: true });
    expect(await switchOf(page, "stop_redis").getAttribute("aria-checked")).toBe("false");
    await expect(faults.turnOn("stop_redis")).rejects.toMatchObject({ code: "DEMO_ERR_FAULT_UNAVAILABLE" });
  });

  it("explains itself while it cuts the page's own requests, and the page comes back", async () => {
    shown = await showDemoPage(browser);
    const { page } = shown;
    await openGroup(page, "network");
    await switchOf(page, "cut_network").click();
    await page
      .getByTestId("fault-problem")
      .getByText(/“Cut the network” is on, .* nothing can be switched/)
      .waitFor();
    await page
      .getByTestId("active-faults")
      .getByText(/Cut the network, \d+ s left/)
      .waitFor();
    await page.getByTestId("active-faults").waitFor({ state: "detached" });
    await inState(page, "open");
    await page.locator('[data-testid="fault-problem"]:empty').waitFor({ state: "attached" });
    expect(await switchOf(page, "cut_network").getAttribute("aria-checked")).toBe("false");
  });
});

describe("the demo's page on a phone", () => {
  const width = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);

  it("needs no sideways scrolling and has room for fingers, with everything open and something broken", async () => {
    shown = await showDemoPage(browser, PHONE);
    const { page, chat, faults } = shown;
    await chat.say(LONG_ANSWER);
    for (const group of ["server", "network", "messages"]) await openGroup(page, group);
    await faults.turnOn("overload");
    await page.getByTestId("reconnect").waitFor();
    await page.getByTestId("active-faults").waitFor();
    expect(await width(page)).toBe(PHONE.viewport.width);
    const tooSmall = await page.locator("button, input, summary").evaluateAll(
      (controls, least) =>
        controls.flatMap((control) => {
          const { width, height } = control.getBoundingClientRect();
          return width < least || height < least
            ? [`${control.outerHTML.slice(0, 80)} ${width} × ${height}`]
            : [];
        }),
      FINGER_PX,
    );
    expect(tooSmall).toEqual([]);
  });

  it("says of several faults in one line that they are on, and stops them there", async () => {
    shown = await showDemoPage(browser, PHONE);
    const { page, faults } = shown;
    for (const id of ["lose_messages", "delay_messages"] as const) await faults.turnOn(id);
    const lines = page.getByTestId("active-faults").locator("li:visible");
    await lines.getByText("2 faults are on").waitFor();
    expect(await lines.count()).toBe(1);
    await lines.getByRole("button", { name: "Stop all" }).click();
    await page.getByTestId("active-faults").waitFor({ state: "detached" });
    expect((await faults.list()).filter(({ isOn }) => isOn)).toEqual([]);
  });

  it("has the drawer as a sheet over the page", async () => {
    shown = await showDemoPage(browser, { ...PHONE, reducedMotion: "reduce" });
    const { page } = shown;
    await page.getByTestId("open-drawer").click();
    const box = await page.getByTestId("drawer").boundingBox();
    expect(box).toMatchObject({ x: 0, width: PHONE.viewport.width });
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(PHONE.viewport.height);
    expect(box?.y).toBeGreaterThan(50);
    expect(await width(page)).toBe(PHONE.viewport.width);
  });
});

describe("the demo's page as the user wants it", () => {
  const ground = (page: Page): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

  it("is light or dark, and follows while it is open", async () => {
    shown = await showDemoPage(browser, { colorScheme: "dark" });
    const { page } = shown;
    expect(await ground(page)).toBe("rgb(11, 14, 20)");
    await page.emulateMedia({ colorScheme: "light" });
    expect(await ground(page)).toBe("rgb(243, 245, 249)");
  });

  it("does not move where motion is not wanted", async () => {
    shown = await showDemoPage(browser, { reducedMotion: "reduce" });
    const { page } = shown;
    await page.getByTestId("message").fill(LONG_ANSWER);
    await page.getByTestId("message").press("Enter");
    await page.locator(".typing").waitFor();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  it("draws its switches, edges and focus in the system's colours where these are forced", async () => {
    shown = await showDemoPage(browser, { forcedColors: "active" });
    const { page } = shown;
    await openGroup(page, "server");
    const toggle = switchOf(page, "restart");
    await toggle.focus();
    // A ring is for whoever comes by keyboard.
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    const drawn = await toggle.evaluate((element) => ({
      thumb: getComputedStyle(element, "::after").backgroundColor,
      ground: getComputedStyle(element, "::before").backgroundColor,
      outline: getComputedStyle(element).outlineStyle,
    }));
    expect(drawn.thumb).not.toBe(drawn.ground);
    expect(drawn.outline).toBe("solid");
  });
});
