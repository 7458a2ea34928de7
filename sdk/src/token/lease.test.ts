import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "../testing/fake-host.test-support.ts";
import { FakeOrigin } from "../testing/fake-tabs.test-support.ts";
import { tokenStore } from "./token-store.ts";

const CHANNEL = "sockscope:token:/renew";

let origin: FakeOrigin;

beforeEach(() => {
  origin = new FakeOrigin();
});

function open() {
  const tab = origin.tab();
  return { tab, store: tokenStore({ url: "/renew", host: tab }) };
}

describe("what another tab tells", () => {
  it("spares this one its refresh until the end", async () => {
    const [first, second] = [open(), open()];
    await first.store.refreshAccessToken();
    await second.tab.pass(3_569_999);
    await second.store.refreshAccessToken();
    expect(origin.requests).toHaveLength(1);
    await second.tab.pass(1);
    await second.store.refreshAccessToken();
    expect(origin.requests).toHaveLength(2);
  });

  it("is enough while a third tab refreshes", async () => {
    const [first, second] = [open(), open()];
    await first.store.refreshAccessToken();
    origin.answer = () => new Promise(() => {});
    const failure = expect(first.store.refreshAccessToken({ isForced: true })).rejects.toThrow("no answer");
    await settled();
    await second.store.refreshAccessToken();
    await first.tab.pass(10_000);
    await failure;
    expect(origin.requests).toHaveLength(2);
  });

  it("does not outlast what is learned here, when it says that it is of the future", async () => {
    const { tab, store } = open();
    origin.tell(CHANNEL, { atWall: tab.wall + 3_600_000, lifetimeMs: 3_600_000 });
    await settled();
    await store.refreshAccessToken();
    origin.answer = () => Response.json({ access_token: "new", expires_in: 60 });
    expect(await store.refreshAccessToken({ isForced: true })).toBe("new");
  });

  it("is as old as it says, when it arrives after sleep", async () => {
    const { tab, store } = open();
    origin.tell(CHANNEL, { atWall: tab.wall - 3_600_000, lifetimeMs: 3_600_000 });
    await settled();
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(1);
  });

  it("does not replace what is newer here", async () => {
    const { tab, store } = open();
    await store.refreshAccessToken();
    origin.tell(CHANNEL, { atWall: tab.wall - 1, lifetimeMs: 1 });
    await settled();
    await store.refreshAccessToken();
    expect(origin.requests).toHaveLength(1);
  });

  it.each([null, undefined, 7, "news", {}, { atWall: "now", lifetimeMs: 1 }, { lifetimeMs: 3_600_000 }])(
    "is ignored when it is %j",
    async (news) => {
      const { store } = open();
      origin.tell(CHANNEL, news);
      await settled();
      await store.refreshAccessToken();
      origin.tell(CHANNEL, news);
      await settled();
      await store.refreshAccessToken();
      expect(origin.requests).toHaveLength(1);
    },
  );

  it("is not heard after stop, and nothing is told, while refreshing still works", async () => {
    const [first, second] = [open(), open()];
    first.store.stop();
    first.store.stop();
    await second.store.refreshAccessToken();
    expect(origin.told).toHaveLength(1);
    await first.store.refreshAccessToken();
    expect(origin.told).toHaveLength(1);
    expect(origin.requests).toHaveLength(2);
  });
});
