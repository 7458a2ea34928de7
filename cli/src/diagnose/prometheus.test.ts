import { describe, expect, it } from "vitest";
import { Prometheus } from "./prometheus.ts";
import { PrometheusError } from "./prometheus-error.ts";

const ONE = {
  status: "success",
  data: { resultType: "vector", result: [{ metric: { a: "b" }, value: [0, "1"] }] },
};

/** A Prometheus whose answers are given one after the other, the last again and again, and what it was asked. */
function answering(answers: readonly (() => Response | Promise<Response>)[], authorization?: string) {
  const asked: Request[] = [];
  const prometheus = new Prometheus({
    url: new URL("https://example.com/prom/?tenant=a"),
    authorization,
    fetch: async (url, init) => {
      asked.push(new Request(url as URL, init as RequestInit));
      const answer = answers[Math.min(asked.length, answers.length) - 1] ?? expect.fail();
      return answer();
    },
  });
  return { prometheus, asked };
}

function saying(body: unknown, status = 200): () => Response {
  return () => Response.json(body, { status });
}

describe("Prometheus", () => {
  it("is asked below its own path, by the moment and with the token", async () => {
    const { prometheus, asked } = answering([saying(ONE)], "Bearer secret");
    expect(await prometheus.query("up == 1", 17)).toEqual({
      samples: [{ labels: { a: "b" }, value: 1 }],
      warnings: [],
    });
    const [request = expect.fail()] = asked;
    expect(request.url).toBe("https://example.com/prom/api/v1/query?tenant=a");
    expect(request.headers.get("authorization")).toBe("Bearer secret");
    const form = new URLSearchParams(await request.text());
    expect([form.get("query"), form.get("time")]).toEqual(["up == 1", "17"]);
    expect(prometheus.name).toBe("https://example.com/prom");
  });

  it("is asked by GET where a proxy lets nothing else through", async () => {
    const { prometheus, asked } = answering([() => new Response("", { status: 405 }), saying(ONE)]);
    expect((await prometheus.query("up", 1)).samples).toHaveLength(1);
    expect(asked.map(({ method }) => method)).toEqual(["POST", "GET"]);
    expect(new URL(asked[1]?.url ?? "").searchParams.get("query")).toBe("up");
  });

  it("reads scalars, infinities and what is no number, and keeps warnings", async () => {
    const values = ["+Inf", "-Inf", "NaN"].map((value) => ({ metric: {}, value: [0, value] }));
    const body = {
      status: "success",
      data: { resultType: "vector", result: values },
      warnings: ["a\u001b[31mb"],
    };
    const { prometheus } = answering([
      saying(body),
      saying({ status: "success", data: { resultType: "scalar", result: [0, "5"] } }),
    ]);
    const { samples, warnings } = await prometheus.query("x");
    expect(samples.map(({ value }) => value)).toEqual([Infinity, -Infinity, Number.NaN]);
    expect(warnings).toEqual(["a [31mb"]);
    expect((await prometheus.query("5")).samples).toEqual([{ labels: {}, value: 5 }]);
  });

  const html = (status: number) => () => new Response("<!doctype html><h1>Log in", { status });
  const redirect = () =>
    new Response(null, { status: 302, headers: { location: "https://login.example/?next=secret" } });

  const vector = (result: readonly unknown[]) =>
    saying({ status: "success", data: { resultType: "vector", result } });

  it.each<[string, () => Response | Promise<Response>, string]>([
    [
      "is not there",
      () => Promise.reject(new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") })),
      "cannot be reached (connect ECONNREFUSED); is it up",
    ],
    [
      "does not answer",
      () => Promise.reject(new DOMException("late", "TimeoutError")),
      "does not answer within",
    ],
    [
      "wants to know who asks",
      html(401),
      "wants to know who asks (HTTP 401); set SOCKSCOPE_PROMETHEUS_TOKEN",
    ],
    [
      "leads elsewhere",
      redirect,
      "leads elsewhere (HTTP 302 to https://login.example/), which is not followed",
    ],
    ["is a web page", html(200), "answers with a web page (HTTP 200)"],
    [
      "is below another path",
      () => new Response("404 page not found", { status: 404 }),
      "with the path that it is served under",
    ],
    ["is something else", saying({ hello: "there" }), "answers as no Prometheus does (HTTP 200)"],
    [
      "has a result of another kind",
      saying({ status: "success", data: { resultType: "matrix", result: [] } }),
      "answers as no Prometheus does",
    ],
    [
      "cannot answer",
      saying({ status: "error", errorType: "execution", error: "many-to-many\nmatching" }, 422),
      "cannot answer it (execution): many-to-many matching",
    ],
    [
      "took too long",
      saying({ status: "error", errorType: "timeout", error: "query timed out" }, 503),
      "cannot answer it (timeout): query timed out",
    ],
    ["has no series in its vector", vector([null]), "answers as no Prometheus does"],
    ["has a series without labels", vector([{ value: [0, "1"] }]), "answers as no Prometheus does"],
    ["has a label that is a number", vector([{ metric: { a: 5 }, value: [0, "1"] }]), "answers as no Prom"],
    ["has a series without a value", vector([{ metric: {} }]), "answers as no Prometheus does"],
    ["says too much", () => new Response("x".repeat(9_000_000)), "answers with more than 8 MB"],
  ])("has words for one that %s", async (_, answer, words) => {
    const { prometheus } = answering([answer]);
    await expect(prometheus.query("up")).rejects.toThrow(PrometheusError);
    await expect(prometheus.query("up")).rejects.toThrow(words);
  });

  it("says that a token is not taken, without the token", async () => {
    const { prometheus } = answering([html(403)], "Bearer secret");
    const error: unknown = await prometheus.query("up").catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("does not take the token");
    expect(String(error)).not.toContain("secret");
  });

  it("has no list of alerts where nothing evaluates rules", async () => {
    expect(await answering([html(404)]).prometheus.alerts()).toBeUndefined();
    expect(
      await answering([saying({ status: "success", data: { alerts: [1] } })]).prometheus.alerts(),
    ).toEqual([1]);
  });
});
