import {
  AFFECTED_SESSIONS,
  CLOSES,
  CONNECT_ATTEMPTS,
  RECONNECT_DELAY,
  RECONNECT_EPISODE_ATTEMPTS,
  RECONNECT_EPISODES,
  STABLE_UPTIME_MS,
  TIME,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { fakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { createLivingPage } from "../testing/living-page.test-support.ts";

const KEY = { episode: "chat" };

describe("an attempt that ended before it had a socket", () => {
  it("has failed, first as the initial one, then as a backoff's, and the page reconnects", () => {
    const { observations, pass, totals } = createLivingPage();
    observations.attempted(KEY);
    pass(5_000);
    observations.attempted(KEY);
    pass(5_000);
    const all = totals();
    expect(all.shown(CONNECT_ATTEMPTS)).toEqual(["failed backoff 1", "failed initial 1"]);
    expect(all.shown(TIME)).toEqual(["reconnecting 10"]);
  });

  it("counts under its trigger, and under other when the catalog does not know it", () => {
    const { observations, totals, told } = createLivingPage();
    observations.attempted({ ...KEY, trigger: "manual" });
    observations.attempted({ ...KEY, trigger: "full moon" as never });
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["failed manual 1", "failed other 1"]);
    expect(told).toHaveLength(1);
  });

  it("is one of the episode of its key", () => {
    const { observations, open, pass, totals } = createLivingPage();
    const socket = open(KEY);
    pass(STABLE_UPTIME_MS);
    socket.end(1006);
    observations.attempted(KEY);
    observations.attempted({ episode: "another" }).gaveUp();
    expect(totals().shown(RECONNECT_EPISODES)).toEqual([]);
    observations.attempted(KEY).gaveUp();
    expect(totals().shown(RECONNECT_EPISODES)).toEqual(["gave_up close 1"]);
    expect(observations.worstState()).toBe("gave_up");
  });

  it("counts among the attempts of its episode, and has no delay that anybody saw", () => {
    const { observations, open, pass, totals } = createLivingPage();
    const socket = open(KEY);
    pass(STABLE_UPTIME_MS);
    socket.end(1006);
    pass(1_000);
    observations.attempted({ ...KEY, trigger: "backoff" });
    pass(2_000);
    open({ ...KEY, trigger: "backoff" });
    pass(STABLE_UPTIME_MS);
    const all = totals();
    expect(all.of(RECONNECT_EPISODE_ATTEMPTS)).toMatchObject({ count: 1, sum: 2 });
    expect(all.of(RECONNECT_DELAY)).toMatchObject({ count: 1, sum: 2 });
  });

  it("leaves nothing wanted where the application wants no more", () => {
    const { observations } = createLivingPage();
    const observation = observations.attempted(KEY);
    expect(observations.worstState()).toBe("reconnecting");
    observation.unwanted();
    expect(observations.worstState()).toBeUndefined();
  });

  it("counts nothing while the page is away, nor when all is stopped", () => {
    const { observations, totals } = createLivingPage();
    observations.leave();
    observations.attempted(KEY);
    observations.comeBack();
    observations.attempted(KEY);
    observations.stop();
    observations.attempted(KEY);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual(["failed initial 1"]);
  });
});

describe("a socket that its client finds lost", () => {
  it("is cut at once by the network, and its late close is no news", () => {
    const { observations, open, pass, totals } = createLivingPage();
    const socket = open(KEY);
    pass(STABLE_UPTIME_MS);
    observations.observe(socket).lost();
    expect(observations.worstState()).toBe("reconnecting");
    socket.close();
    pass(5_000);
    socket.end(1000);
    const all = totals();
    expect(all.shown(CLOSES)).toEqual(["1006 opened network 1"]);
    expect(all.shown(AFFECTED_SESSIONS)).toEqual(["1006 1"]);
    expect(socket.listeners).toBe(0);
  });

  it("records nothing when it had ended before it was observed", () => {
    const { observations, totals } = createLivingPage();
    const socket = fakeWebSocket();
    socket.end(1006);
    observations.observe(socket, KEY).lost();
    expect(totals().shown(CLOSES)).toEqual([]);
    expect(totals().shown(CONNECT_ATTEMPTS)).toEqual([]);
  });

  it("records nothing when it is no longer observed, nor a second time", () => {
    const { observations, open, totals } = createLivingPage();
    const stopped = observations.observe(open(KEY));
    stopped.stop();
    stopped.lost();
    const lost = observations.observe(open(KEY));
    lost.lost();
    lost.lost();
    expect(totals().shown(CLOSES)).toEqual(["1006 opened network 1"]);
  });
});

describe("a close that its client answers by itself", () => {
  it.each([
    [true, "reconnecting", []],
    [false, "rejected", ["4401 1"]],
  ])("leaves the page as it is where that is %s", (is, state, affected) => {
    const { observations, open, pass, totals } = createLivingPage();
    const socket = open({ ...KEY, isAnswered: (code) => is && code === 4401 });
    pass(STABLE_UPTIME_MS);
    socket.end(4401);
    expect(observations.worstState()).toBe(state);
    expect(totals().shown(AFFECTED_SESSIONS)).toEqual(affected);
  });
});
