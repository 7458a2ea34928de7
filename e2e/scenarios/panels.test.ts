import {
  AFFECTED_SESSIONS,
  CONNECT_ATTEMPTS,
  CONNECTION_DURATION,
  CONNECTION_LAYOUT,
  type ConnectOutcome,
  type ConnectTrigger,
  createCatalog,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import { CONNECTIONS, overview, panelsOf } from "@sockscope/dashboards";
import { selector } from "@sockscope/promql";
import { describe, expect, it } from "vitest";
import { closeUp } from "../testing/panels/close-up.test-support.ts";
import { testRules } from "../testing/promtool.test-support.ts";

/** A minute's worth of connections that all lived as long, minute after minute. */
function connections(livedSeconds: number, perMinute: number): { series: string; values: string }[] {
  const name = CONNECTION_DURATION.name;
  const bucket = (le: string, counts: boolean) => ({
    series: `${name}_bucket{app="chat",le="${le}"}`,
    values: `0+${counts ? perMinute : 0}x30`,
  });
  return [
    ...CONNECTION_LAYOUT.bounds.map((bound) => bucket(String(bound), livedSeconds <= bound)),
    bucket("+Inf", true),
    { series: `${name}_count{app="chat"}`, values: `0+${perMinute}x30` },
  ];
}

/** What promtool says when each line of a panel, by its legend or refId, is to have this value; undefined: none. */
function shows(
  title: string,
  series: readonly { series: string; values: string }[],
  values: Readonly<Record<string, number | undefined>>,
) {
  const { queries } = panelsOf(CONNECTIONS).find((panel) => panel.title === title) ?? expect.fail(title);
  return testRules(
    [{ name: "none", rules: [] }],
    [
      {
        interval: "1m",
        input_series: series,
        promql_expr_test: queries.map(({ refId, expression, legend }) => {
          const value = values[legend] ?? values[refId];
          return {
            expr: `sum(${closeUp(expression.promql)})`,
            eval_time: "20m",
            exp_samples: value === undefined ? [] : [{ labels: "{}", value }],
          };
        }),
      },
    ],
  );
}

const IDLE_TIMEOUTS = "Connections that ended at a usual idle timeout";
const FIRST_ATTEMPTS = "First attempts that connect";

describe("the panel of idle timeouts", () => {
  it("names the timeout of a proxy that cuts a hundred idle connections at 300.8 s", async () => {
    const { passed, output } = await shows(IDLE_TIMEOUTS, connections(300.8, 100), {
      "60 s": 0,
      "300 s": 1,
      "600 s": 0,
      "3600 s": 0,
    });
    expect(passed, output).toBe(true);
  });

  it("names none for visits of six minutes", async () => {
    const { passed, output } = await shows(IDLE_TIMEOUTS, connections(360, 100), {
      "60 s": 0,
      "300 s": 0,
      "600 s": 0,
      "3600 s": 0,
    });
    expect(passed, output).toBe(true);
  });

  it("names none at night, where a single visit would be all of them", async () => {
    const { passed, output } = await shows(IDLE_TIMEOUTS, connections(62, 3), {});
    expect(passed, output).toBe(true);
  });

  it("has nothing to show where no connection ended", async () => {
    const { passed, output } = await shows(IDLE_TIMEOUTS, connections(360, 0), {});
    expect(passed, output).toBe(true);
  });
});

describe("the figure of first attempts", () => {
  const attempts = (outcome: ConnectOutcome, trigger: ConnectTrigger, values: string) => ({
    series: selector(CONNECT_ATTEMPTS.name, { app: "chat", outcome, trigger }),
    values,
  });

  it("is no number, and no green 100 %, where nobody tried", async () => {
    const series = [attempts("opened", "initial", "10x30"), attempts("failed", "initial", "10x30")];
    const { passed, output } = await shows(FIRST_ATTEMPTS, series, {});
    expect(passed, output).toBe(true);
  });

  it("is zero where a server accepts and then closes everybody, however often one of them tries again", async () => {
    const series = [
      attempts("opened", "initial", "0x30"),
      attempts("rejected", "initial", "0+10x30"),
      attempts("opened", "backoff", "0+500x30"),
      attempts("aborted", "initial", "0+500x30"),
    ];
    const { passed, output } = await shows(FIRST_ATTEMPTS, series, { judged: 0 });
    expect(passed, output).toBe(true);
  });
});

describe("the panel of affected sessions by release", () => {
  const dashboard = overview(createCatalog({ hasReleases: true }));
  const BY_RELEASE = "Affected sessions a session, by release";

  function release(name: string, sessions: string, affected: string) {
    const where = { app: "chat", release: name };
    return [
      { series: selector(SESSIONS_ACTIVE.name, where), values: sessions },
      { series: selector(AFFECTED_SESSIONS.name, { ...where, code: "1011" }), values: affected },
    ];
  }

  function ask(
    series: readonly { series: string; values: string }[],
    shares: Readonly<Record<string, number>>,
  ) {
    const panel = panelsOf(dashboard).find(({ title }) => title === BY_RELEASE) ?? expect.fail(BY_RELEASE);
    return testRules(
      [{ name: "none", rules: [] }],
      [
        {
          interval: "1m",
          input_series: series,
          promql_expr_test: panel.queries.map(({ expression }) => ({
            expr: closeUp(expression.promql),
            eval_time: "20m",
            exp_samples: Object.entries(shares).map(([name, value]) => ({
              labels: `{release="${name}"}`,
              value,
            })),
          })),
        },
      ],
    );
  }

  it("does not accuse the old release when its users refresh into the new one after a fault of the server", async () => {
    // 3 % of each within the last minutes; most of the old one's pages are gone since.
    const series = [
      ...release("2.4.0", "10000x15 50x20", "0x16 300x20"),
      ...release("2.4.1", "10000x15 19950x20", "0x16 300x20"),
    ];
    const { passed, output } = await ask(series, { "2.4.0": 0.03, "2.4.1": 300 / 19_950 });
    expect(passed, output).toBe(true);
  });

  it("says nothing of a release that only a few users have", async () => {
    const { passed, output } = await ask(release("2.4.1", "1x40", "0x16 3x20"), {});
    expect(passed, output).toBe(true);
  });
});
