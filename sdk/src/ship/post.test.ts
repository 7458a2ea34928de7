import { KEEP_ALIVE_MS, REFUSALS } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { FakeHost, refusal, settled } from "../testing/fake-host.test-support.ts";
import { ANSWER_TIMEOUT_MS, outcomeOf, post } from "./post.ts";

const URL = "https://collector.example/v1/batches/s?app=chat";

describe("outcomeOf", () => {
  it.each(Object.entries(REFUSALS))("agrees with the catalog about %s", (code, { status, client }) => {
    expect(outcomeOf(status, code) === "retry" ? "retry" : "drop").toBe(client);
  });

  it.each([200, 302, 400, 403, 404, 410, 413])(
    "gives nothing up for a %i that is not a collector's",
    (status) => {
      expect(outcomeOf(status, undefined)).toBe("retry");
    },
  );
});

describe("post", () => {
  it.each([true, false])("sends plain text without credentials, keepalive: %s", async (keepalive) => {
    const host = new FakeHost();
    await post(URL, "body", keepalive, host);
    expect(host.requests).toHaveLength(1);
    const request = new Request(URL, host.requests[0]?.init);
    expect(request).toMatchObject({ method: "POST", mode: "cors", credentials: "omit", keepalive });
    expect([...request.headers]).toEqual([["content-type", "text/plain;charset=UTF-8"]]);
    expect(await request.text()).toBe("body");
  });

  it("takes only a 204 for an acknowledgement", async () => {
    const host = new FakeHost();
    host.replies = [{ status: 204 }, { status: 200 }];
    expect([await post(URL, "", false, host), await post(URL, "", false, host)]).toMatchObject([
      { outcome: "accepted" },
      { outcome: "retry" },
    ]);
  });

  it("reads Retry-After in seconds and ignores what is no number", async () => {
    const host = new FakeHost();
    host.replies = [
      { status: 429, retryAfter: "30" },
      { status: 503, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT" },
      { status: 503, retryAfter: "-1" },
    ];
    const answers = [
      await post(URL, "", false, host),
      await post(URL, "", false, host),
      await post(URL, "", false, host),
    ];
    expect(answers.map((answer) => answer.retryAfterMs)).toEqual([30_000, 0, 0]);
  });

  it("names the collector's code, with its message", async () => {
    const host = new FakeHost();
    host.replies = [refusal(403, "SOCKSCOPE_ERR_ORIGIN")];
    const { problem } = await post(URL, "", false, host);
    expect(problem?.code).toBe("SOCKSCOPE_ERR_ORIGIN");
    expect(problem?.message).toContain("collector.example answers 403: for ");
  });

  it.each([404, 403, 200, 502])("says that a %i is not a collector's", async (status) => {
    const host = new FakeHost();
    host.replies = [{ status, body: "<html>" }];
    expect(await post(URL, "", false, host)).toMatchObject({
      outcome: "retry",
      problem: { code: "SOCKSCOPE_ERR_ANSWER" },
    });
  });

  it("says nothing about a collector that will be there again, or does not want the batch any more", async () => {
    const host = new FakeHost();
    host.replies = [refusal(503, "SOCKSCOPE_ERR_DRAINING"), refusal(410, "SOCKSCOPE_ERR_TOO_OLD")];
    expect(await post(URL, "", false, host)).toEqual({
      outcome: "retry",
      wasAnswered: true,
      retryAfterMs: 0,
    });
    expect(await post(URL, "", false, host)).toEqual({
      outcome: "expired",
      wasAnswered: true,
      retryAfterMs: 0,
    });
  });

  it("gives up and aborts when nobody answers", async () => {
    const host = new FakeHost();
    host.replies = ["silence"];
    const answer = post(URL, "", false, host);
    await host.pass(ANSWER_TIMEOUT_MS);
    expect(await answer).toEqual({ outcome: "retry", wasAnswered: false, retryAfterMs: 0 });
    expect(host.requests[0]?.init?.signal?.aborted).toBe(true);
  });

  it("gives up soon enough that a session with one lost answer still shows within its keep-alive", () => {
    expect(2 * ANSWER_TIMEOUT_MS).toBeLessThan(KEEP_ALIVE_MS);
  });

  it("leaves no timer behind when it was answered", async () => {
    const host = new FakeHost();
    const answer = post(URL, "", false, host);
    expect(host.timers.size).toBe(1);
    await answer;
    await settled();
    expect(host.timers.size).toBe(0);
  });

  it("answers retry when fetch throws at once", async () => {
    const host = new FakeHost();
    host.fetch = () => {
      throw new Error("blocked by an extension");
    };
    expect(await post(URL, "", false, host)).toEqual({
      outcome: "retry",
      wasAnswered: false,
      retryAfterMs: 0,
    });
  });
});
