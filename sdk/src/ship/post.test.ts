import { KEEP_ALIVE_MS, REFUSALS } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { FakeEnvironment, settled } from "../testing/fake-environment.test-support.ts";
import { ANSWER_TIMEOUT_MS, outcomeOf, post } from "./post.ts";

const URL = "https://collector.example/v1/batches/s?app=chat";

describe("outcomeOf", () => {
  it.each(Object.entries(REFUSALS))("agrees with the catalog about %s", (_code, { status, client }) => {
    expect(outcomeOf(status) === "retry" ? "retry" : "drop").toBe(client);
  });

  it("takes only a 204 for an acknowledgement", () => {
    expect(outcomeOf(204)).toBe("accepted");
    expect([200, 302, 0].map(outcomeOf)).toEqual(["retry", "retry", "retry"]);
  });
});

describe("post", () => {
  it("sends plain text without credentials, in a request that outlives the page", async () => {
    const environment = new FakeEnvironment();
    await post(URL, "body", environment);
    expect(environment.requests).toHaveLength(1);
    const request = new Request(URL, environment.requests[0]?.init);
    expect(request).toMatchObject({ method: "POST", mode: "cors", credentials: "omit", keepalive: true });
    expect([...request.headers]).toEqual([["content-type", "text/plain;charset=UTF-8"]]);
    expect(await request.text()).toBe("body");
  });

  it("reads Retry-After in seconds and ignores what is no number", async () => {
    const environment = new FakeEnvironment();
    environment.replies = [
      { status: 429, retryAfter: "30" },
      { status: 503, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT" },
      { status: 503, retryAfter: "-1" },
    ];
    const answers = [
      await post(URL, "", environment),
      await post(URL, "", environment),
      await post(URL, "", environment),
    ];
    expect(answers.map((answer) => answer.retryAfterMs)).toEqual([30_000, 0, 0]);
  });

  it("gives up and aborts when nobody answers", async () => {
    const environment = new FakeEnvironment();
    environment.replies = ["silence"];
    const answer = post(URL, "", environment);
    await environment.pass(ANSWER_TIMEOUT_MS);
    expect(await answer).toEqual({ outcome: "retry", retryAfterMs: 0 });
    expect(environment.requests[0]?.init?.signal?.aborted).toBe(true);
  });

  it("gives up soon enough that a session with one lost answer still shows within its keep-alive", () => {
    expect(2 * ANSWER_TIMEOUT_MS).toBeLessThan(KEEP_ALIVE_MS);
  });

  it("leaves no timer behind when it was answered", async () => {
    const environment = new FakeEnvironment();
    const answer = post(URL, "", environment);
    expect(environment.timers.size).toBe(1);
    await answer;
    await settled();
    expect(environment.timers.size).toBe(0);
  });

  it("answers retry when fetch throws at once", async () => {
    const environment = new FakeEnvironment();
    environment.fetch = () => {
      throw new Error("blocked by an extension");
    };
    expect(await post(URL, "", environment)).toEqual({ outcome: "retry", retryAfterMs: 0 });
  });
});
