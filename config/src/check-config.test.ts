import { describe, expect, it } from "vitest";
import { checkConfig } from "./check-config.ts";
import { ConfigError } from "./config-error.ts";

const APP = { name: "chat", origins: ["https://chat.example"] };
const CODE = { name: "kicked", meaning: "Logged in elsewhere.", userSees: "error" };
const COUNTER = { help: "Orders." };
const HISTOGRAM = { help: "Time.", unit: "seconds", layout: "order-1", bounds: [0.1, 1], max: 60 };

function check(overrides: object): ReturnType<typeof checkConfig> {
  return checkConfig({ apps: [APP], ...overrides }, "sockscope.config.json");
}

function mistakesOf(overrides: object): string {
  try {
    check(overrides);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "none";
}

function counter(overrides: object): object {
  return { counters: { orders_placed_total: { ...COUNTER, ...overrides } } };
}

function histogram(overrides: object): object {
  return { histograms: { order_seconds: { ...HISTOGRAM, ...overrides } } };
}

const NESTED = { id: "order-0", bounds: [0.1, 0.5, 1, 2], max: 60 };
const CROSSING = { id: "order-0", bounds: [0.1, 2], max: 60 };

const SCRAPE = { collectors: ["collector.internal:4391"], servers: ["chat.internal:9464"] };

describe("a configuration that cannot work", () => {
  it.each<[overrides: object, message: string]>([
    [{ apps: undefined }, "apps: is missing; it has to be a list"],
    [{ apps: [] }, "apps: [] is not possible; configure at least one app"],
    [{ apps: "chat" }, 'apps: "chat" is not a list'],
    [{ apps: [{ ...APP, name: "other" }] }, 'apps[0].name: "other" is not possible; use up to 63 letters'],
    [{ apps: [{ ...APP, name: 7 }] }, "apps[0].name: 7 is not a text"],
    [{ apps: [APP, APP] }, 'apps[1].name: "chat" is there twice; remove one'],
    [{ apps: [{ name: "chat" }] }, "apps[0].origins: is missing; it has to be a list"],
    [{ apps: [{ ...APP, origins: [] }] }, "apps[0].origins: [] is not possible; name the pages' origin"],
    [
      { apps: [{ ...APP, origins: ["https://chat.example/"] }] },
      'apps[0].origins[0]: "https://chat.example/" is not an exact http(s) origin; use "https://chat.example"',
    ],
    [
      { apps: [{ ...APP, origins: ["*"] }] },
      'apps[0].origins[0]: "*" is not an exact http(s) origin; use scheme and host',
    ],
    [
      { apps: [{ ...APP, origins: ["https://a.example", "https://a.example"] }] },
      'apps[0].origins[1]: "https://a.example" is there twice',
    ],
    [{ apps: [{ ...APP, key: "" }] }, 'apps[0].key: "" is not possible; leave it out to ask for none'],
    [{ apps: [{ ...APP, orgins: [] }] }, 'apps[0].orgins: is not known; did you mean "origins"?'],
    [{ closecodes: {} }, 'closecodes: is not known; did you mean "closeCodes"?'],
    [{ zebra: 1 }, "zebra: is not known; remove it"],
    [{ frames: { received: "order_filled" } }, 'frames.received: "order_filled" is not a list'],
    [{ frames: { recieved: [] } }, 'frames.recieved: is not known; did you mean "received"?'],
    [
      { releases: ["2.4.1", "a b"] },
      'releases[1]: "a b" is not possible; use up to 64 letters, digits, ".", "_", "+", "@", ":", "/" and "-"',
    ],
    [{ releases: ["other"] }, 'releases[0]: "other" is not possible; use up to 64 letters'],
    [{ releases: ["1", "2", "1"] }, 'releases[2]: "1" is there twice; remove one'],
    [{ releases: "2.4.1" }, 'releases: "2.4.1" is not a list'],
    [
      { frames: { received: ["order-filled"] } },
      'frames.received[0]: "order-filled" is not possible; use up to 63 letters, digits and "_"',
    ],
    [
      { frames: { received: ["pong"] } },
      'frames.received[0]: "pong" is the product\'s own already; leave it out',
    ],
    [{ frames: { sent: ["a", "a"] } }, 'frames.sent[1]: "a" is there twice; remove one'],
    [
      { frames: { sent: Array.from({ length: 201 }, (_, i) => `e${i}`) } },
      "is not possible; use at most 200",
    ],
    [
      { closeCodes: { "1011": CODE } },
      "closeCodes.1011: is not possible as a name; use a code from 3000 to 4999",
    ],
    [
      { closeCodes: { "4401": CODE } },
      "closeCodes.4401: is the product's own already, with a meaning that stays; use another",
    ],
    [
      { closeCodes: { "4001": { ...CODE, userSees: "eror" } } },
      'closeCodes.4001.userSees: "eror" is not possible; use one of "nothing", "reconnecting", "error", "authentication failed"',
    ],
    [
      { closeCodes: { "4001": { name: "kicked", meaning: "It says." } } },
      "closeCodes.4001.userSees: is missing; use one of",
    ],
    [
      { closeCodes: { "4001": { ...CODE, meaning: "" } } },
      'closeCodes.4001.meaning: "" is not possible; say it in a sentence',
    ],
    [
      { closeReasons: { kicked: 1006 } },
      "closeReasons.kicked: 1006 cannot be sent in a close frame; use 1000 to 1003",
    ],
    [{ closeReasons: { kicked: "4001" } }, 'closeReasons.kicked: "4001" is not a number'],
    [{ closeReasons: { kicked: 5000 } }, "closeReasons.kicked: 5000 is not possible; use at most 4999"],
    [{ closeReasons: { kicked: 4001.5 } }, "closeReasons.kicked: 4001.5 is not a whole number"],
    [{ closeReasons: { peer: 4001 } }, "closeReasons.peer: is the product's own already"],
    [{ closeReasons: { "Kicked out": 4001 } }, "closeReasons.Kicked out: is not possible as a name"],
    [{ authMethods: ["cookie"] }, 'authMethods[0]: "cookie" is the product\'s own already'],
    [
      { targets: { connect_succes: { share: 0.9 } } },
      'targets.connect_succes: is not known; did you mean "connect_success"?',
    ],
    [
      { targets: { connect_success: { share: 99 } } },
      "targets.connect_success.share: 99 is not possible; use a fraction of one",
    ],
    [{ targets: { connect_success: { bound: 1 } } }, "targets.connect_success.bound: is not known"],
    [
      { targets: { message_delivery: { bound: 0.25 } } },
      "targets.message_delivery.bound: 0.25 is not possible; use one of 0.1, 0.2",
    ],
    [{ alerts: { WsAuthSpike: {} } }, "alerts.WsAuthSpike: is not known"],
    [
      { alerts: { WsAuthCloseSpike: { fewestSessions: 5 } } },
      "alerts.WsAuthCloseSpike.fewestSessions: 5 is not possible; use at least 6: fewer are one user with five tabs",
    ],
    [{ alerts: { WsAuthCloseSpike: { share: 0 } } }, "alerts.WsAuthCloseSpike.share: 0 is not possible"],
    [
      { alerts: { WsAuthCloseSpike: { shares: 0.1 } } },
      'alerts.WsAuthCloseSpike.shares: is not known; did you mean "share"?',
    ],
    [{ alerts: { WsAuthCloseSpike: false } }, "alerts.WsAuthCloseSpike: false is not an object"],
    ...["app", "job", "instance", "release", "le", "code", "phase", "severity", "alertname", "evidence"]
      .concat(["long", "short", "datasource", "alertstate"])
      .map((label): [object, string] => [
        { environmentLabels: [label] },
        `environmentLabels[0]: "${label}" has a meaning of its own; use another name`,
      ]),
    [
      { environmentLabels: ["env"], scrape: { ...SCRAPE, labels: { evn: "prod" } } },
      "scrape.labels.evn: is no label of the environment; add it to environmentLabels",
    ],
    [
      { environmentLabels: ["env"], scrape: { ...SCRAPE, labels: {} } },
      "scrape.labels: has no env, which is in environmentLabels; add it",
    ],
    [
      { environmentLabels: ["env"], scrape: { ...SCRAPE, labels: { env: 'a"b' } } },
      'scrape.labels.env: "a\\"b" is not possible; use letters, digits',
    ],
    [
      { receivers: { pageWhere: { env: ["prod"] } } },
      "receivers.pageWhere.env: is no label of the environment; add it to environmentLabels",
    ],
    [
      { environmentLabels: ["env"], receivers: { pageWhere: { env: [] } } },
      "receivers.pageWhere.env: [] is not possible; name at least one value",
    ],
    [
      { jobs: { collectors: "telemetry", servers: "telemetry" } },
      'jobs.servers: "telemetry" is the collectors\' job, too',
    ],
    [
      { jobs: { servers: "sockscope-collector" } },
      'jobs.servers: "sockscope-collector" is the collectors\' job, too',
    ],
    [
      { apps: [{ ...APP, origins: ["https://*.chat.example"] }] },
      'apps[0].origins[0]: "https://*.chat.example" is not an exact http(s) origin; there are no wildcards, name each',
    ],
    [
      { scrape: { ...SCRAPE, interval: "76s" } },
      'scrape.interval: "76s" is not possible; use at most "75s": rules and panels look back over 300 s',
    ],
    [{ scrape: { ...SCRAPE, interval: "2m" } }, 'scrape.interval: "2m" is not possible; use at most "75s"'],
    [
      { targets: { connect_success: { share: 0.93 } } },
      "targets.connect_success.share: 0.93 is not possible; use at least 0.931: the fastest burn of a larger budget could not be seen",
    ],
    [
      { histograms: { pour_seconds: { ...HISTOGRAM, unit: "milliseconds" } } },
      'histograms.pour_seconds: is in "milliseconds" by its `unit`, and in seconds by its name',
    ],
    [
      { counters: { brewed_seconds_total: { ...COUNTER, unit: "minutes" } } },
      'counters.brewed_seconds_total: is in "minutes" by its `unit`, and in seconds by its name',
    ],
    [
      { counters: { brewed_bytes_total: COUNTER } },
      'counters.brewed_bytes_total: is in "events" by its `unit`, and in bytes by its name',
    ],
    [{ environmentLabels: ["cluster", "cluster"] }, 'environmentLabels[1]: "cluster" is there twice'],
    [
      { environmentLabels: ["kind"], ...counter({ labels: { kind: ["a"] } }) },
      "counters.orders_placed_total.labels.kind: has a meaning of its own",
    ],
    [{ jobs: { servers: 'a"b' } }, 'jobs.servers: "a\\"b" is not possible; use letters, digits'],
    [
      { receivers: { page: {} } },
      "receivers.page: tells nobody; name pagerduty, jsm, opsgenie, slack or webhook",
    ],
    [
      { receivers: { page: { pagerduty: { routingKey: "secret" } } } },
      'receivers.page.pagerduty.routingKey: is not known; did you mean "routingKeyFile"?',
    ],
    [
      { receivers: { ticket: { slack: { apiUrlFile: "/f", channel: "general" } } } },
      'receivers.ticket.slack.channel: "general" is not possible; use a channel or a person, as in "#on-call"',
    ],
    [
      { receivers: { ticket: { webhook: { url: "https://hooks.example.com" } } } },
      'receivers.ticket.webhook.url: "https://hooks.example.com" is a placeholder',
    ],
    [
      { receivers: { ticket: { webhook: {} } } },
      "receivers.ticket.webhook: {} is not possible; name either url or urlFile",
    ],
    [
      { receivers: { ticket: { webhook: { url: "https://hooks.chat.internal", urlFile: "/run/url" } } } },
      "is not possible; name either url or urlFile",
    ],
    [
      { receivers: { ticket: { webhook: { url: "hooks" } } } },
      'receivers.ticket.webhook.url: "(hidden)" is not possible; use an http(s) address without quotes and braces',
    ],
    [
      { receivers: { ticketHours: { from: "8:00", to: "18:00" } } },
      'receivers.ticketHours.from: "8:00" is not possible; use hours and minutes, as in "08:00"',
    ],
    [
      { receivers: { ticketHours: { from: "18:00", to: "08:00" } } },
      "ends before it begins; let `to` be later than `from`",
    ],
    [
      { receivers: { ticketHours: { from: "08:00", to: "18:00", days: "mon" } } },
      'receivers.ticketHours.days: "mon" is not possible; use a day or two, as in "monday:friday"',
    ],
    [
      { receivers: { ticketHours: { from: "08:00", to: "08:00" } } },
      "ends before it begins; let `to` be later than `from`",
    ],
    [
      { receivers: { ticketHours: { from: "24:00", to: "24:00" } } },
      "ends before it begins; let `to` be later than `from`",
    ],
    [
      { receivers: { ticketHours: { from: "08:00", to: "24:01" } } },
      'receivers.ticketHours.to: "24:01" is not possible; use hours and minutes',
    ],
    ...["friday:monday", "saturday:sunday"].map((days): [object, string] => [
      { receivers: { ticketHours: { from: "08:00", to: "18:00", days } } },
      `receivers.ticketHours.days: "${days}" is a range that ends before it begins: Alertmanager's week is sunday to saturday; let the first day be the earlier one`,
    ]),
    ...["Europe/Berlinn", "Europe/BERLIN"].map((location): [object, string] => [
      { receivers: { ticketHours: { from: "08:00", to: "18:00", location } } },
      `receivers.ticketHours.location: "${location}" is no time zone that the IANA knows; use one, as in "Europe/Berlin"`,
    ]),
    ...["PST", "europe/berlin", "+01:00", ""].map((location): [object, string] => [
      { receivers: { ticketHours: { from: "08:00", to: "18:00", location } } },
      `receivers.ticketHours.location: "${location}" is not possible; use "UTC" or a time zone, as in "Europe/Berlin"`,
    ]),
    [
      { receivers: { deadMansSwitch: { url: "https://ping.example.com/1" } } },
      'receivers.deadMansSwitch.url: "https://ping.example.com/(hidden)" is a placeholder',
    ],
    [
      {
        receivers: { deadMansSwitch: { url: "https://ping.chat.internal/1" } },
        alerts: { Watchdog: { on: false } },
      },
      "receivers.deadMansSwitch: waits for the alert Watchdog, which alerts.Watchdog.on leaves out",
    ],
    [
      { receivers: { page: { jsm: { apiKey: "secret" } } } },
      "receivers.page.jsm.apiKey: is not known; remove it",
    ],
    [
      { scrape: { ...SCRAPE, interval: "15" } },
      'scrape.interval: "15" is not possible; use a whole number of "s"',
    ],
    [{ scrape: { ...SCRAPE, collectors: [] } }, "scrape.collectors: [] is not possible; name at least one"],
    [
      { scrape: { ...SCRAPE, servers: ["http://chat.internal"] } },
      'scrape.servers[0]: "http://chat.internal" is not possible; use a host and a port',
    ],
    [
      { scrape: { ...SCRAPE, servers: ["chat.example.com:9464"] } },
      'scrape.servers[0]: "chat.example.com:9464" is a placeholder',
    ],
    [{ counters: { orders: COUNTER } }, 'counters.orders: is a counter; let its name end in "_total"'],
    [
      { counters: { order_seconds_total: COUNTER }, histograms: { order_seconds: HISTOGRAM } },
      "histograms.order_seconds: would be ORDER_SECONDS in a page's code, which is taken; use another name",
    ],
    [{ counters: { vocabulary_total: COUNTER } }, "counters.vocabulary_total: would be VOCABULARY"],
    [
      { counters: { ws_orders_total: COUNTER } },
      'counters.ws_orders_total: is not possible as a name; use lower-case letters, digits and "_", and no name that begins with "ws_"',
    ],
    [
      { counters: { orders_placed_total: {} } },
      "counters.orders_placed_total.help: is missing; it has to be a text",
    ],
    [
      counter({ labels: { app: ["a"] } }),
      "counters.orders_placed_total.labels.app: has a meaning of its own; use another name",
    ],
    [
      counter({ labels: { kind: [] } }),
      "counters.orders_placed_total.labels.kind: [] is not possible; name at least one value",
    ],
    [
      counter({ labels: { kind: ["a", "a"] } }),
      'counters.orders_placed_total.labels.kind[1]: "a" is there twice',
    ],
    [
      counter({ labels: { kind: ["a\nb"] } }),
      'counters.orders_placed_total.labels.kind[0]: "a\\nb" is not possible; use 1 to 63 characters',
    ],
    [
      counter({ labels: { a: values(40), b: values(40) } }),
      "counters.orders_placed_total.labels: make 1600 series an app; use at most 1000",
    ],
    [
      // Each with two buckets, the one of everything, a sum and a count.
      histogram({ labels: { a: values(21), b: values(10) } }),
      "histograms.order_seconds.labels: make 1050 series an app; use at most 1000",
    ],
    [
      { ...counter({ labels: { a: values(30), b: values(30) } }), maxSeries: 1000 },
      "(orders_placed_total alone has 900); take apps or values of labels away, or raise it",
    ],
    [
      { ...counter({ labels: { a: values(30), b: values(30) } }), releases: [], maxSeries: 5000 },
      "(orders_placed_total alone has 5400)",
    ],
    [
      { apps: [APP, { ...APP, name: "support" }], maxSeries: 300 },
      "maxSeries: at most 300 series may come of 2 apps, but ",
    ],
    [{ maxSeries: 3_000_000 }, "maxSeries: 3000000 is not possible; use at most 2000000"],
    [
      histogram({ bounds: [1, 1] }),
      "histograms.order_seconds.bounds[1]: 1 is not above the bound before it; let them ascend",
    ],
    [
      histogram({ bounds: [] }),
      "histograms.order_seconds.bounds: [] is not possible; name at least one bound",
    ],
    [
      histogram({ max: 0.5 }),
      "histograms.order_seconds.max: 0.5 is below the last bound, 1; use at least that",
    ],
    [
      histogram({ bounds: [-1, 0, 1] }),
      "histograms.order_seconds.bounds[0]: -1 is not possible; use 0 or more: nothing below is reported",
    ],
    [
      histogram({ max: 1e300 }),
      "histograms.order_seconds.max: 1e+300 is not possible; use at most 1000000000000: sums of larger values",
    ],
    ...[0, 1e-300, 0.000_001, 0.999_999, 1].map((share): [object, string] => [
      { alerts: { WsAuthCloseSpike: { share } } },
      `alerts.WsAuthCloseSpike.share: ${share} is not possible; use a fraction of one from 0.00001 to 0.99999`,
    ]),
    [
      { alerts: { WsAuthCloseSpike: { fewestSessions: 1e15 } } },
      "alerts.WsAuthCloseSpike.fewestSessions: 1000000000000000 is not possible; use at most 1000000000",
    ],
    [
      histogram({ olderLayouts: [{ ...NESTED, id: "order-1" }] }),
      'histograms.order_seconds.olderLayouts[0].id: "order-1" is another layout\'s; a layout keeps its id',
    ],
    [
      histogram({ olderLayouts: [NESTED, NESTED] }),
      'histograms.order_seconds.olderLayouts[1].id: "order-0" is another layout\'s',
    ],
    [
      histogram({ olderLayouts: [CROSSING] }),
      'histograms.order_seconds.olderLayouts[0].keptAs: is missing; the newest bound 1 is none of this layout\'s, so it stays a histogram of its own: name it, as in "order_seconds_layout_1"',
    ],
    [
      histogram({ olderLayouts: [{ ...NESTED, keptAs: "order_seconds_layout_1" }] }),
      'histograms.order_seconds.olderLayouts[0].keptAs: "order_seconds_layout_1" is not needed: these buckets are counted in the newest; leave it out',
    ],
    [
      histogram({ olderLayouts: [{ ...CROSSING, keptAs: "order_seconds" }] }),
      'histograms.order_seconds.olderLayouts[0].keptAs: "order_seconds" is another metric\'s name',
    ],
    [
      histogram({ olderLayouts: [{ ...CROSSING, keptAs: "order_seconds_sum" }] }),
      'histograms.order_seconds.olderLayouts[0].keptAs: "order_seconds_sum" ends like a series of another kind',
    ],
    [
      histogram({ olderLayouts: [{ ...CROSSING, keptAs: "ws_order_seconds" }] }),
      'histograms.order_seconds.olderLayouts[0].keptAs: "ws_order_seconds" is not possible; use lower-case letters',
    ],
    [
      histogram({ olderLayouts: [{ ...NESTED, bounds: [2, 1, 0.1] }] }),
      "histograms.order_seconds.olderLayouts[0].bounds[1]: 1 is not above the bound before it",
    ],
    [
      histogram({ olderLayouts: [{ ...NESTED, max: 1 }] }),
      "histograms.order_seconds.olderLayouts[0].max: 1 is below the last bound, 2",
    ],
    [
      histogram({
        labels: { a: values(30), b: values(4) },
        olderLayouts: [{ ...CROSSING, keptAs: "order_seconds_layout_1" }],
      }),
      "histograms.order_seconds.labels: make 1200 series an app; use at most 1000",
    ],
    [histogram({ max: 0 }), "histograms.order_seconds.max: 0 is not possible; use more than 0"],
    [
      histogram({ layout: "Order 1" }),
      'histograms.order_seconds.layout: "Order 1" is not possible; use lower-case letters',
    ],
    [
      { histograms: { order_seconds: HISTOGRAM, fill_seconds: { ...HISTOGRAM, bounds: [0.1, 2] } } },
      'histograms.fill_seconds.layout: "order-1" has other bounds or another max at order_seconds; use another id',
    ],
    [
      { histograms: { order_seconds: HISTOGRAM, fill_seconds: { ...HISTOGRAM, max: 30 } } },
      'histograms.fill_seconds.layout: "order-1" has other bounds or another max at order_seconds; use another id',
    ],
    [
      {
        histograms: {
          order_seconds: HISTOGRAM,
          fill_seconds: { ...HISTOGRAM, layout: "fill-2", olderLayouts: [{ ...NESTED, id: "order-1" }] },
        },
      },
      'histograms.fill_seconds.olderLayouts[0].id: "order-1" has other bounds or another max at order_seconds',
    ],
    [
      histogram({ olderLayouts: [{ ...NESTED, id: "latency-1" }] }),
      'histograms.order_seconds.olderLayouts[0].id: "latency-1" is a layout of the product\'s own; use another id',
    ],
    [
      histogram({ layout: "connection-2" }),
      'histograms.order_seconds.layout: "connection-2" is a layout of the product\'s own; use another id',
    ],
    [
      histogram({ layout: "connection-1" }),
      'histograms.order_seconds.layout: "connection-1" is a layout of the product\'s own; use another id',
    ],
    [
      { histograms: { order_time: HISTOGRAM } },
      'histograms.order_time: is in seconds; let it end in "_seconds"',
    ],
    [
      { histograms: { order_seconds_sum: HISTOGRAM } },
      "histograms.order_seconds_sum: ends like a series of another kind of metric",
    ],
    [
      {
        links: { runbooks: "https://sockscope.example/runbooks", grafana: "https://grafana.my-company.com" },
      },
      'links.runbooks: "https://sockscope.example/runbooks" is a placeholder; use the address of your own',
    ],
    [
      { links: { runbooks: "https://wiki.my-company.com/", grafana: "grafana" } },
      'links.runbooks: "https://wiki.my-company.com/" is not possible; use an http(s) address without query, quotes, braces, "$" and a slash at its end',
    ],
    [
      {
        links: { runbooks: "https://wiki.my-company.com/{{ x }}", grafana: "https://grafana.my-company.com" },
      },
      'links.runbooks: "https://wiki.my-company.com/{{ x }}" is not possible',
    ],
    ...["https:wiki", "https:/wiki", "http://wiki/$HOME", "HTTPS//wiki"].map((runbooks): [object, string] => [
      { links: { runbooks, grafana: "https://grafana.my-company.com" } },
      `links.runbooks: ${JSON.stringify(runbooks)} is not possible; use an http(s) address`,
    ]),
    ...["https://example.com.", "https://WIKI.EXAMPLE", "https://a.test.:8443/x"].map(
      (runbooks): [object, string] => [
        { links: { runbooks, grafana: "https://grafana.my-company.com" } },
        `links.runbooks: ${JSON.stringify(runbooks)} is a placeholder; use the address of your own`,
      ],
    ),
    ...["chat.EXAMPLE:9464", "chat.example.:9464"].map((server): [object, string] => [
      { scrape: { ...SCRAPE, servers: [server] } },
      `scrape.servers[0]: "${server}" is a placeholder; use the address of your own`,
    ]),
    ...["chat.internal:65536", "chat.internal:0"].map((server): [object, string] => [
      { scrape: { ...SCRAPE, servers: [server] } },
      `scrape.servers[0]: "${server}" is not possible; use a port from 1 to 65535`,
    ]),
    [
      counter({ labels: { constructor: ["a"] } }),
      "counters.orders_placed_total.labels.constructor: is not possible as a name; every object of JavaScript has it",
    ],
    [
      { receivers: { page: { slack: { apiUrlFile: "/f", channel: "#a {{" } } } },
      'receivers.page.slack.channel: "#a {{" is not possible',
    ],
    [
      { links: { grafana: "https://grafana.my-company.com" } },
      "links.runbooks: is missing; it has to be a text",
    ],
  ])("%j", (overrides, message) => {
    expect(mistakesOf(overrides)).toContain(message);
  });

  it.each(["app", "release", "le", "quantile", "job", "instance"])(
    "has the label %s, which somebody else stamps",
    (label) => {
      const problem = "has a meaning of its own; use another name";
      expect(mistakesOf(counter({ labels: { [label]: ["a"] } }))).toContain(
        `counters.orders_placed_total.labels.${label}: ${problem}`,
      );
      expect(mistakesOf({ environmentLabels: [label] })).toContain(
        `environmentLabels[0]: "${label}" ${problem}`,
      );
    },
  );

  it.each([
    "example",
    "wiki.example",
    "invalid",
    "wiki.invalid",
    "test",
    "wiki.test",
    "example.com",
    "wiki.example.net",
    "wiki.example.org",
  ])("leads to %s, which RFC 2606 keeps for examples", (host) => {
    const links = { runbooks: `https://${host}/runbooks`, grafana: "https://grafana.chat.internal" };
    expect(mistakesOf({ links })).toContain(`links.runbooks: "https://${host}/runbooks" is a placeholder`);
    expect(mistakesOf({ scrape: { ...SCRAPE, servers: [`${host}:9464`] } })).toContain(
      `scrape.servers[0]: "${host}:9464" is a placeholder`,
    );
  });

  it.each<[received: unknown, mistakes: string[]]>([
    [
      counter({ labels: { kind: ["\ud800", "\udc00\ud800", "whole \u{1f600}"] } }),
      [
        'counters.orders_placed_total.labels.kind[0]: "\\ud800" has half a character; write whole ones',
        'counters.orders_placed_total.labels.kind[1]: "\\udc00\\ud800" has half a character; write whole ones',
      ],
    ],
    [
      { closeCodes: { "4001": { ...CODE, meaning: "\udfff" } } },
      ['closeCodes.4001.meaning: "\\udfff" has half a character; write whole ones'],
    ],
    [
      { counters: { "a\ud800_total": COUNTER } },
      ["counters.a\ufffd_total: is not possible as a name; it has half a character; write whole ones"],
    ],
    [
      JSON.parse('{ "counters": { "__proto__": {} }, "__proto__": { "releases": [] } }'),
      [
        "counters.__proto__: is not possible as a name; every object of JavaScript has it; use another",
        "__proto__: is not possible as a name; every object of JavaScript has it; use another",
      ],
    ],
  ])("is not readable everywhere: %j", (overrides, mistakes) => {
    const received = Object.assign(JSON.parse("{}"), { apps: [APP] });
    for (const [key, value] of Object.entries(overrides as object))
      Object.defineProperty(received, key, { value, enumerable: true });
    expect(() => checkConfig(received, "x.json")).toThrow(
      expect.objectContaining({
        code: "SOCKSCOPE_ERR_CONFIG",
        mistakes: mistakes.map((line) => {
          const [path = "", ...problem] = line.split(": ");
          return { path, problem: problem.join(": ") };
        }),
      }),
    );
  });

  it("holds itself", () => {
    const cyclic: Record<string, unknown> = { apps: [APP] };
    cyclic["itself"] = cyclic;
    expect(() => checkConfig(cyclic, "x.mjs")).toThrow("itself: is not known; remove it");
  });

  it.each([
    [
      histogram({ max: Number.POSITIVE_INFINITY }),
      "histograms.order_seconds.max: Infinity is not a finite number",
    ],
    [histogram({ max: Number.NaN }), "histograms.order_seconds.max: NaN is not a finite number"],
    [histogram({ bounds: Number.NaN }), "histograms.order_seconds.bounds: NaN is not a list"],
    [{ frames: { sent: [Number.NaN] } }, "frames.sent[0]: NaN is not a text"],
    [{ frames: [Number.NEGATIVE_INFINITY] }, 'frames: ["-Infinity"] is not an object'],
    [{ frames: () => {} }, "frames: a function is not an object"],
  ])("has what JSON cannot say: %o", (overrides, message) => {
    expect(mistakesOf(overrides)).toContain(message);
  });

  it.each([[null], ["text"], [[]], [7]])("is not an object: %j", (received) => {
    expect(() => checkConfig(received, "x.json")).toThrow(/^x\.json: .* is not an object$/);
  });

  it("names every mistake at once, each on a line of its own", () => {
    expect(mistakesOf({ apps: [{ name: "a b", origins: ["*"] }], zebra: 1 }).split("\n")).toEqual([
      "sockscope.config.json:",
      expect.stringMatching(/^ {2}apps\[0\]\.name: /),
      expect.stringMatching(/^ {2}apps\[0\]\.origins\[0\]: /),
      "  zebra: is not known; remove it",
    ]);
  });

  it("names contradictions beside what cannot be read, each at its own place", () => {
    const mistakes = mistakesOf({
      apps: [{ ...APP, name: "a b" }, { ...APP, orgins: [] }, APP],
      releases: ["a b", "1", "1"],
      closeCodes: { "4401": CODE, "4001": { ...CODE, userSees: "eror" } },
      closeReasons: { kicked: 1006, left: "x" },
      receivers: { page: { slack: { channel: "#a" } } },
      counters: { orders: COUNTER, orders_placed_total: {} },
      ...histogram({ bounds: [2, "3", 1] }),
    });
    expect(
      mistakes
        .split("\n")
        .slice(1)
        .map((line) => line.trim().split(": ", 1)[0])
        .sort(),
    ).toEqual(
      [
        "apps[0].name",
        "apps[1].orgins",
        "apps[2].name",
        "releases[0]",
        "releases[2]",
        "closeCodes.4001.userSees",
        "closeCodes.4401",
        "closeReasons.left",
        "closeReasons.kicked",
        "receivers.page.slack.apiUrlFile",
        "counters.orders_placed_total.help",
        "counters.orders",
        "histograms.order_seconds.bounds[1]",
        "histograms.order_seconds.bounds[2]",
      ].sort(),
    );
  });

  it("names contradictions also where no app can be read", () => {
    expect(mistakesOf({ apps: "chat", releases: ["1", "1"] })).toMatch(/apps: "chat"[\s\S]*releases\[1\]/);
    expect(mistakesOf({ apps: undefined, releases: ["1", "1"] })).toMatch(
      /apps: is missing[\s\S]*releases\[1\]/,
    );
  });

  it("shows no value at length: it may be a key that stands in the wrong place", () => {
    const secret = "s".repeat(500);
    expect(mistakesOf({ apps: [{ ...APP, name: secret }] })).not.toContain("s".repeat(80));
  });

  it("has a stable code", () => {
    expect(() => check({ zebra: 1 })).toThrow(expect.objectContaining({ code: "SOCKSCOPE_ERR_CONFIG" }));
  });
});

describe("a configuration that works", () => {
  it("has every default", () => {
    expect(check({})).toEqual({
      apps: [APP],
      maxSeries: 200_000,
      frames: { received: [], sent: [] },
      closeCodes: {},
      closeReasons: {},
      authMethods: [],
      targets: {},
      alerts: {},
      environmentLabels: [],
      jobs: { collectors: "sockscope-collector", servers: "chat-server" },
      receivers: {},
      counters: {},
      histograms: {},
    });
  });

  it.each(["latest", "my-example.com", "example.company.com", "test.chat.internal"])(
    "may lead to %s, which is no placeholder",
    (host) => {
      const links = { runbooks: `https://${host}`, grafana: `https://${host}` };
      expect(mistakesOf({ links, scrape: { ...SCRAPE, servers: [`${host}:9464`] } })).toBe("none");
    },
  );

  it.each([
    { from: "00:00", to: "24:00" },
    { from: "08:00", to: "18:00", days: "sunday:saturday" },
    { from: "08:00", to: "18:00", days: "friday:friday" },
    { from: "08:00", to: "18:00", days: "saturday" },
    ...["UTC", "Europe/Berlin", "Asia/Kolkata", "Etc/GMT+1", "America/Argentina/Buenos_Aires"].map(
      (location) => ({ from: "08:00", to: "18:00", location }),
    ),
  ])("may tell tickets at %j", (ticketHours) => {
    expect(check({ receivers: { ticketHours } }).receivers.ticketHours).toMatchObject(ticketHours);
  });

  it("may have two histograms of one layout", () => {
    const histograms = { order_seconds: HISTOGRAM, fill_seconds: HISTOGRAM };
    expect(mistakesOf({ histograms })).toBe("none");
  });

  it("may have a histogram that makes just as many series as it may", () => {
    expect(mistakesOf(histogram({ labels: { a: values(20), b: values(10) } }))).toBe("none");
  });

  it("may say all there is", () => {
    const all = {
      $schema: "./schema.json",
      apps: [{ ...APP, key: "pk-1" }],
      frames: { received: ["order_filled"], sent: ["place_order"] },
      closeCodes: { "4001": CODE },
      closeReasons: { kicked: 4001 },
      authMethods: ["bearer"],
      releases: ["2.4.0", "chat@2.4.1"],
      maxSeries: 50_000,
      targets: { connect_success: { share: 0.99 }, message_delivery: { bound: 10 } },
      alerts: { WsAuthCloseSpike: { on: true, share: 0.05, fewestSessions: 50 } },
      environmentLabels: ["cluster", "namespace"],
      jobs: { collectors: "telemetry", servers: "chat" },
      receivers: {
        pageWhere: { cluster: ["eu-1", "us-1"] },
        page: { pagerduty: { routingKeyFile: "/run/key" } },
        ticket: {
          slack: { apiUrlFile: "/run/url", channel: "#chat" },
          webhook: { url: "https://hooks.chat.internal/alerts/?token=1&team=chat" },
        },
      },
      scrape: { interval: "75s", labels: { cluster: "eu-1", namespace: "chat" }, ...SCRAPE },
      links: {
        runbooks: "https://wiki.chat.internal",
        grafana: "https://grafana.chat.internal",
        prometheus: "https://prometheus.chat.internal",
      },
      ...counter({ labels: { kind: ["buy", "sell"] }, readAs: "A rate.", doNot: "add them up." }),
      ...histogram({
        olderLayouts: [NESTED, { ...CROSSING, id: "order-00", keptAs: "order_seconds_layout_00" }],
      }),
    };
    expect(mistakesOf(all)).toBe("none");
  });
});

describe("a configuration that is at a limit", () => {
  it.each([
    [{ targets: { connect_success: { share: 0.931 } } }],
    [{ counters: { brewed_seconds_total: { ...COUNTER, unit: "seconds" } } }],
    [{ counters: { orders_total: { ...COUNTER, unit: "seconds" } } }],
    [{ environmentLabels: ["cluster", "close_code"] }],
  ])("works: %j", (overrides) => {
    expect(mistakesOf(overrides)).toBe("none");
  });
});

function values(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `v${i}`);
}
