import {
  CONNECT_ATTEMPTS,
  CONNECTION_DURATION,
  CONNECTION_LAYOUT,
  type ConnectOutcome,
  type ConnectTrigger,
} from "@sockscope/catalog";
import { CONNECTIONS } from "@sockscope/dashboards";
import { selector } from "@sockscope/promql";
import { describe, expect, it } from "vitest";
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

/** What promtool says when each line of a panel, by its legend, is to have this value; undefined: none. */
function shows(
  title: string,
  series: readonly { series: string; values: string }[],
  values: Readonly<Record<string, number | undefined>>,
) {
  const { queries } = CONNECTIONS.panels.find((panel) => panel.title === title) ?? expect.fail(title);
  return testRules(
    [{ name: "none", rules: [] }],
    [
      {
        interval: "1m",
        input_series: series,
        promql_expr_test: queries.map(({ expression, legend }) => ({
          expr: expression.promql.replaceAll("$app", ".+"),
          eval_time: "20m",
          exp_samples: values[legend] === undefined ? [] : [{ labels: "{}", value: values[legend] }],
        })),
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
    const { passed, output } = await shows(FIRST_ATTEMPTS, series, { opened: 0 });
    expect(passed, output).toBe(true);
  });
});
