import {
  type Catalog,
  CLOSES,
  COLLECTOR_BATCHES,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_SEQUENCE_GAPS,
  CONNECT_ATTEMPTS,
  createCatalog,
  DEFAULT_CATALOG,
  DUPLICATES_RENDERED,
  FRAMES_SENT,
  MESSAGE_LATENCY,
  REPLY_LATENCY,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_SENT,
  SERVER_SEND_ERRORS,
  SESSIONS_ACTIVE,
  TELEMETRY_LOST,
  TIME,
} from "@sockscope/catalog";
import { dashboards, panelsOf, TOO_FEW } from "@sockscope/dashboards";
import { chooseBy, selector } from "@sockscope/promql";
import { describe, expect, it } from "vitest";
import { closeUp } from "../testing/panels/close-up.test-support.ts";
import { testRules } from "../testing/promtool.test-support.ts";
import { recordingGroups } from "../testing/rule-groups.test-support.ts";
import type { InputSeries } from "../testing/series.test-support.ts";

/** What a panel is asked. */
interface Question {
  readonly title: string;
  /** Default: that of the panel's first query. */
  readonly refId?: string;
  readonly series: readonly InputSeries[];
  readonly at: string;
  readonly catalog?: Catalog;
  /** What the answer is rounded to: a counter's end within the window is extrapolated. Default: a thousandth. */
  readonly roundedTo?: number;
}

/** Holds what a panel's query answers against this; by its labels as PromQL writes them. */
async function expectAnswer(
  { title, refId, series, at, catalog = DEFAULT_CATALOG, roundedTo = 0.001 }: Question,
  answer: Readonly<Record<string, number>>,
): Promise<void> {
  const panels = dashboards(catalog).flatMap(panelsOf);
  const queries = panels.find((panel) => panel.title === title)?.queries ?? [];
  const query = queries.find((one) => refId === undefined || one.refId === refId) ?? expect.fail(title);
  const { promql } = chooseBy(query.expression, catalog.environmentLabels);
  const { passed, output } = await testRules(recordingGroups([{ promql }], catalog), [
    {
      interval: "1m",
      input_series: series,
      promql_expr_test: [
        {
          expr: `round(${closeUp(promql)}, ${roundedTo})`,
          eval_time: at,
          exp_samples: Object.entries(answer).map(([labels, value]) => ({ labels, value })),
        },
      ],
    },
  ]);
  expect(passed, output).toBe(true);
}

const NOTHING = {};

describe("alerts that page", () => {
  const title = "Alerts that page";
  const firing = (alertname: string, severity: string): InputSeries => ({
    series: selector("ALERTS", { alertname, severity, alertstate: "firing" }),
    values: "1x60",
  });
  const watchdog = firing("Watchdog", "none");
  const pages: InputSeries = { series: selector(SESSIONS_ACTIVE.name, { app: "chat" }), values: "900x60" };

  it("are none where alerts are evaluated and none fires, in whichever cluster", async () => {
    await expectAnswer({ title, series: [watchdog], at: "30m" }, { "{}": 0 });
    const catalog = createCatalog({ environmentLabels: ["cluster"] });
    await expectAnswer({ title, series: [watchdog], at: "30m", catalog }, { "{}": 0 });
  });

  it("are unknown, and no green zero, where everything is recorded and nothing evaluates alerts", async () => {
    await expectAnswer({ title, series: [pages], at: "30m" }, NOTHING);
  });

  it("are those that page, without those that wait, also of a Prometheus that lost its Watchdog", async () => {
    const series = [firing("WsAuthCloseSpike", "page"), firing("WsManualReloads", "ticket")];
    await expectAnswer({ title, series: [...series, watchdog], at: "30m" }, { "{}": 1 });
    await expectAnswer({ title, series, at: "30m" }, { "{}": 1 });
  });
});

describe("pages that try to reconnect", () => {
  const title = "Pages that try to reconnect";

  function trying(instance: string, seconds: string): InputSeries {
    const where = { app: "chat", state: "reconnecting", instance };
    return { series: selector(TIME.name, where), values: seconds };
  }

  it("are those of every collector, of one that is restarted without what it had not told", async () => {
    // Ten pages and five, in seconds a minute, of which one is lost: a fifth of the five.
    const series = [trying("a", "0+600x60"), trying("b", "0+300x27 0+300x30")];
    await expectAnswer({ title, series, at: "30m", roundedTo: 1 }, { "{}": 14 });
  });

  it("are none where everybody is connected, and unknown where no collector is scraped", async () => {
    await expectAnswer({ title, series: [trying("a", "600x60")], at: "30m" }, { "{}": 0 });
    await expectAnswer({ title, series: [], at: "1h" }, NOTHING);
  });
});

describe("cuts a session within the hour", () => {
  const title = "Cuts a session within the hour";

  function cuts(where: Readonly<Record<string, string>>, sessions: string, closes: string): InputSeries[] {
    const cut = { code: "1006", phase: "opened", ended_by: "network" };
    return [
      { series: selector(SESSIONS_ACTIVE.name, { app: "chat", ...where }), values: sessions },
      { series: selector(CLOSES.name, { app: "chat", ...cut, ...where }), values: closes },
    ];
  }

  it("are no infinity where the only page was cut before it was there for long enough to count", async () => {
    await expectAnswer({ title, series: cuts({}, "0x120", "0x90 3x30"), at: "2h" }, NOTHING);
  });

  it("have no verdict by one page that is cut five times, and one by as many as the alert asks for", async () => {
    const few = cuts({}, "1x120", "0x90 5x30");
    await expectAnswer({ title, series: few, at: "2h" }, NOTHING);
    await expectAnswer({ title, refId: TOO_FEW, series: few, at: "2h" }, { '{app="chat"}': 5 });
    const many = cuts({}, "100x120", "0x90 50x30");
    await expectAnswer({ title, series: many, at: "2h" }, { '{app="chat"}': 0.5 });
    await expectAnswer({ title, refId: TOO_FEW, series: many, at: "2h" }, NOTHING);
  });

  it("are well by few of many", async () => {
    await expectAnswer(
      { title, series: cuts({}, "1000x120", "0x90 5x30"), at: "2h" },
      { '{app="chat"}': 0.005 },
    );
  });

  it("are one share where several clusters are chosen, of all sessions together", async () => {
    const catalog = createCatalog({ environmentLabels: ["cluster"] });
    const series = [
      ...cuts({ cluster: "eu" }, "900x120", "0x90 50x30"),
      ...cuts({ cluster: "us" }, "100x120", "0x120"),
    ];
    await expectAnswer({ title, series, at: "2h", catalog }, { '{app="chat"}': 0.05 });
  });
});

describe("how fast the budget of connect errors burns", () => {
  const title = "How fast the budget of connect errors burns";

  function attempts(opened: string, failed: string): InputSeries[] {
    const of = (outcome: string, values: string): InputSeries => ({
      series: selector(CONNECT_ATTEMPTS.name, { app: "chat", trigger: "initial", outcome }),
      values,
    });
    return [of("opened", opened), of("failed", failed)];
  }

  it("is as fast as over the hour where it began a moment ago", async () => {
    // Of the hour's 6600, 600 failed; of the last minutes', half.
    const series = attempts("0+100x90", "0x60 100+100x30");
    const share = 600 / 6_600 / (14.4 * 0.005);
    await expectAnswer(
      { title, series, at: "66m", roundedTo: 0.01 },
      { '{app="chat"}': Number(share.toFixed(2)) },
    );
  });

  it("is none where it is over, whatever burnt within the hour", async () => {
    const series = attempts("0+100x120", "0+100x60 6000x60");
    await expectAnswer({ title, series, at: "80m" }, { '{app="chat"}': 0 });
  });
});

describe("cuts a session within five minutes", () => {
  const title = "Cuts a session within five minutes";

  it("have no verdict by one page that is cut five times", async () => {
    const cut = { code: "1006", phase: "opened", ended_by: "network" };
    const series = [
      { series: selector(SESSIONS_ACTIVE.name, { app: "chat" }), values: "1x60" },
      { series: selector(CLOSES.name, { app: "chat", ...cut }), values: "0+1x60" },
    ];
    await expectAnswer({ title, series, at: "1h" }, NOTHING);
    await expectAnswer({ title, refId: TOO_FEW, series, at: "1h" }, { '{app="chat"}': 5 });
  });
});

describe("messages without an answer", () => {
  const title = "Messages without an answer";

  function replies(sent: string, answered: string): InputSeries[] {
    return [
      { series: selector(FRAMES_SENT.name, { app: "chat", event: "user_message" }), values: sent },
      { series: selector(`${REPLY_LATENCY.name}_bucket`, { app: "chat", le: "30" }), values: answered },
    ];
  }

  it("are unknown where nobody writes, and no green 0 %", async () => {
    await expectAnswer({ title, series: replies("50x30", "40x30"), at: "20m" }, NOTHING);
  });

  it("have no verdict where one user wrote", async () => {
    const series = replies("0+1x30", "0x30");
    await expectAnswer({ title, series, at: "20m" }, NOTHING);
    await expectAnswer({ title, refId: TOO_FEW, series, at: "20m" }, { '{app="chat"}': 1 });
  });

  it("are all where nothing is answered", async () => {
    await expectAnswer({ title, series: replies("0+10x30", "40x30"), at: "20m" }, { '{app="chat"}': 1 });
  });

  it("are none where answers come to more than was written within the minutes", async () => {
    const series = replies("0+100x10 1000+10x20", "0+100x12 1220+20x20");
    await expectAnswer({ title, series, at: "20m" }, { '{app="chat"}': 0 });
  });
});

describe("coverage", () => {
  const title = "Coverage, of the day before";

  function opens(reported: string, accepted: string): InputSeries[] {
    const attempts = { app: "chat", outcome: "opened", trigger: "initial" };
    const connections = { app: "chat", route: "/chat", auth_method: "cookie" };
    return [
      { series: selector(CONNECT_ATTEMPTS.name, attempts), values: reported },
      { series: selector(SERVER_CONNECTIONS_OPENED.name, connections), values: accepted },
    ];
  }

  it("is as always where as many pages as ever do not report", async () => {
    await expectAnswer({ title, series: opens("0+6x240", "0+10x240"), at: "4h" }, { "{}": 1 });
  });

  it("is none where servers accept connections and no page reports any more", async () => {
    await expectAnswer({ title, series: opens("0+6x180 1080x60", "0+10x240"), at: "4h" }, { "{}": 0 });
  });

  it("is unknown on an idle night, and no loss", async () => {
    await expectAnswer({ title, series: opens("0+6x180 1080x60", "0+10x180 1800x60"), at: "4h" }, NOTHING);
  });
});

describe("coverage of few connections", () => {
  const title = "Coverage, of the day before";

  it("has no verdict, of each environment by itself", async () => {
    const catalog = createCatalog({ environmentLabels: ["cluster"] });
    const opens = (cluster: string, reported: string, accepted: string): InputSeries[] => [
      {
        series: selector(CONNECT_ATTEMPTS.name, {
          app: "chat",
          outcome: "opened",
          trigger: "initial",
          cluster,
        }),
        values: reported,
      },
      {
        series: selector(SERVER_CONNECTIONS_OPENED.name, {
          app: "chat",
          route: "/chat",
          auth_method: "cookie",
          cluster,
        }),
        values: accepted,
      },
    ];
    const small = opens("small", "0+1x180 180x60", "0+1x240");
    const large = opens("large", "0+60x240", "0+100x240");
    await expectAnswer({ title, series: [...small, ...large], at: "4h", catalog }, { "{}": 1 });
    await expectAnswer({ title, series: small, at: "4h", catalog }, NOTHING);
    await expectAnswer({ title, refId: TOO_FEW, series: small, at: "4h", catalog }, { "{}": 0 });
  });
});

describe("messages in time", () => {
  const title = "Messages in time";
  const timed = (le: string, values: string): InputSeries => ({
    series: selector(`${MESSAGE_LATENCY.name}_bucket`, { app: "chat", le }),
    values,
  });

  it("have a verdict of many and none of few", async () => {
    const bound = `${DEFAULT_CATALOG.targets.message_latency.objective.bound}`;
    const few = [timed(bound, "0+1x30"), timed("+Inf", "0+2x30"), counted("0+2x30")];
    await expectAnswer({ title, series: few, at: "20m" }, NOTHING);
    await expectAnswer({ title, refId: TOO_FEW, series: few, at: "20m" }, { '{app="chat"}': 0.5 });
    const many = [timed(bound, "0+100x30"), timed("+Inf", "0+200x30"), counted("0+200x30")];
    await expectAnswer({ title, series: many, at: "20m" }, { '{app="chat"}': 0.5 });
  });

  function counted(values: string): InputSeries {
    return { series: selector(`${MESSAGE_LATENCY.name}_count`, { app: "chat" }), values };
  }
});

describe("messages that could not be sent", () => {
  const title = "Messages that could not be sent";
  const job = DEFAULT_CATALOG.jobs.servers;
  const frames = (sent: string, errors: string): InputSeries[] => [
    { series: selector(SERVER_FRAMES_SENT.name, { app: "chat", job, event: "user_message" }), values: sent },
    {
      series: selector(SERVER_SEND_ERRORS.name, { app: "chat", job, reason: "buffer_full" }),
      values: errors,
    },
  ];

  it("have a verdict by as many errors as the alert asks for, or where they are few of all", async () => {
    const one = { [`{job="${job}"}`]: 0.5 };
    await expectAnswer({ title, series: frames("0+1x30", "0+1x30"), at: "20m" }, NOTHING);
    await expectAnswer({ title, refId: TOO_FEW, series: frames("0+1x30", "0+1x30"), at: "20m" }, one);
    await expectAnswer({ title, series: frames("0+10x30", "0+10x30"), at: "20m" }, one);
    const few = { title, series: frames("0+9999x30", "0+1x30"), at: "20m", roundedTo: 0.0001 };
    await expectAnswer(few, { [`{job="${job}"}`]: 0.0001 });
  });
});

describe("batches that are refused, or never came", () => {
  const batches = (result: string, values: string): InputSeries => ({
    series: selector(COLLECTOR_BATCHES.name, { app: "chat", result }),
    values,
  });
  const gaps = (values: string): InputSeries => ({
    series: selector(COLLECTOR_SEQUENCE_GAPS.name, { app: "chat" }),
    values,
  });

  it("have no verdict by the few of one page", async () => {
    const refused = {
      title: "Batches refused",
      series: [batches("accepted", "0+1x90"), batches("refused", "0+1x90")],
    };
    await expectAnswer({ ...refused, at: "1h" }, NOTHING);
    await expectAnswer({ ...refused, refId: TOO_FEW, at: "1h" }, { "{}": 0.5 });
    const lost = {
      title: "Batches that never came",
      series: [batches("accepted", "10x60 10+1x60"), gaps("0x60 0x50 10x10")],
    };
    await expectAnswer({ ...lost, at: "2h", roundedTo: 0.1 }, NOTHING);
    await expectAnswer({ ...lost, refId: TOO_FEW, at: "2h", roundedTo: 0.1 }, { "{}": 0.1 });
  });

  it("are not lost among those of a larger job", async () => {
    const of = (job: string, result: string, values: string): InputSeries => ({
      series: selector(COLLECTOR_BATCHES.name, { app: "chat", job, result }),
      values,
    });
    const series = [
      of("large", "accepted", "0+1000x90"),
      of("small", "accepted", "0+10x90"),
      of("small", "refused", "0+10x90"),
    ];
    await expectAnswer({ title: "Batches refused", series, at: "1h" }, { '{job="small"}': 0.5 });
  });

  it("have one by as many as the alert asks for", async () => {
    const refused = [batches("accepted", "0+10x90"), batches("refused", "0+10x90")];
    await expectAnswer({ title: "Batches refused", series: refused, at: "1h" }, { "{}": 0.5 });
    const lost = [batches("accepted", "0+3x120"), gaps("0+1x120")];
    await expectAnswer({ title: "Batches that never came", series: lost, at: "2h" }, { "{}": 0.25 });
  });
});

describe("collectors that are down", () => {
  const title = "Collectors that are down";
  const target = (instance: string, values: string): InputSeries => ({
    series: selector("up", { job: DEFAULT_CATALOG.jobs.collectors, instance }),
    values,
  });

  it("are counted as long as Prometheus knows of them", async () => {
    const series = [target("a", "1x30"), target("b", "1x10 0x20"), target("c", "1x5 0x25")];
    await expectAnswer({ title, series, at: "20m" }, { "{}": 2 });
  });

  it("are no zero where Prometheus knows of none", async () => {
    await expectAnswer({ title, series: [target("a", "1x5 stale")], at: "20m" }, NOTHING);
  });
});

describe("measurements that pages dropped", () => {
  const title = "Measurements that pages dropped";
  const dropped = (where: string, values: string): InputSeries => ({
    series: selector(TELEMETRY_LOST.name, { app: "chat", where }),
    values,
  });
  const counted: InputSeries = {
    series: selector(COLLECTOR_MEASUREMENTS.name, { app: "chat" }),
    values: "0+90x30",
  };

  it("are a share of what could have come, without what a page's own code withheld", async () => {
    const series = [counted, dropped("queue", "0+10x30"), dropped("withheld", "0+500x30")];
    await expectAnswer({ title, series, at: "20m" }, { "{}": 0.1 });
  });
});

describe("connections that are gone", () => {
  const title = "Connections gone";
  const job = DEFAULT_CATALOG.jobs.servers;
  const open = (instance: string, values: string): InputSeries => ({
    series: selector(SERVER_CONNECTIONS_ACTIVE.name, { job, instance }),
    values,
  });
  const cut = { code: "1006", phase: "opened", ended_by: "network" };
  const pages: InputSeries = { series: selector(SESSIONS_ACTIVE.name, { app: "chat" }), values: "900x60" };
  const cuts = (values: string): InputSeries => ({
    series: selector(CLOSES.name, { app: "chat", ...cut }),
    values,
  });
  /** One of two servers is no longer scraped, or is gone. */
  const half = [open("a", "500x60"), open("b", "500x30 stale")];

  it("are a verdict where browsers were cut as well, and where no browser reports", async () => {
    const seen = [...half, pages, cuts("0x30 450x30")];
    await expectAnswer({ title, series: seen, at: "32m" }, { [`{job="${job}"}`]: 0.5 });
    await expectAnswer({ title, series: half, at: "32m" }, { [`{job="${job}"}`]: 0.5 });
  });

  it("are none where browsers were not cut: the server is not scraped", async () => {
    const series = [...half, pages, cuts("0x60")];
    await expectAnswer({ title, series, at: "32m" }, NOTHING);
    await expectAnswer({ title, refId: TOO_FEW, series, at: "32m" }, { [`{job="${job}"}`]: 0.5 });
  });

  it("are a green none where nothing is gone and nobody was cut", async () => {
    const series = [open("a", "500x60"), open("b", "500x60"), pages, cuts("0x60")];
    await expectAnswer({ title, series, at: "32m" }, { [`{job="${job}"}`]: 0 });
  });
});

describe("the table of what must hardly happen", () => {
  const title = "What must hardly happen";
  const shown = (values: string): InputSeries => ({
    series: selector(DUPLICATES_RENDERED.name, { app: "chat" }),
    values,
  });
  const pages: InputSeries = { series: selector(SESSIONS_ACTIVE.name, { app: "chat" }), values: "900x180" };

  it("has what is missed first, and last what nobody knows", async () => {
    const series = [shown("0x30 1x150"), pages];
    const order = { refId: "order", series, at: "3h", roundedTo: 0.1 };
    await expectAnswer(
      { title, ...order },
      { '{id="duplicates_shown"}': -1, '{id="forbidden"}': 2, '{id="manual_refreshes"}': 2 },
    );
  });

  it("says of how much of a day there is any data", async () => {
    const data = { refId: "data", series: [shown("0x180"), pages], at: "3h", roundedTo: 0.02 };
    await expectAnswer(
      { title, ...data },
      { '{id="duplicates_shown"}': 0.14, '{id="forbidden"}': 0, '{id="manual_refreshes"}': 0.14 },
    );
  });

  it("says so where there was none in between", async () => {
    const gap: InputSeries = { ...pages, values: "900x60 stale _x1319 900x60" };
    const data = { refId: "data", series: [shown("0x1440"), gap], at: "1440m", roundedTo: 0.02 };
    await expectAnswer(
      { title, ...data },
      { '{id="duplicates_shown"}': 0.1, '{id="forbidden"}': 0, '{id="manual_refreshes"}': 0.1 },
    );
  });
});
