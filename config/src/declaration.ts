import {
  APPS_RULE,
  CLOSE_CONSEQUENCES,
  type CloseConsequence,
  DEFAULT_CATALOG,
  DEFAULT_MAX_SERIES,
  isReleaseName,
  RELEASE_NAME_RULE,
} from "@sockscope/catalog";
import { z } from "zod";
import { address, hosts } from "./declaration/addresses.ts";
import { ALERTS } from "./declaration/alerts.ts";
import { APP } from "./declaration/app.ts";
import { COUNTER, HISTOGRAM, LABEL_NAME, METRIC_NAME } from "./declaration/metrics.ts";
import { RECEIVER, TICKET_HOURS, WEBHOOK } from "./declaration/receivers.ts";
import { SCRAPE_INTERVAL } from "./declaration/scrape-interval.ts";
import { TARGET_NUMBERS } from "./declaration/targets.ts";
import { names, sentences } from "./declaration/text.ts";

const CONSEQUENCES = Object.keys(CLOSE_CONSEQUENCES) as [CloseConsequence, ...CloseConsequence[]];

/** A scrape of so many takes about a second of the collector's time, and nothing else is served meanwhile. */
const MOST_SERIES = 2_000_000;

const JOB = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,62}$/, 'use letters, digits, ".", "_" and "-", as in "chat-server"');

const ENVIRONMENT = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,62}$/, 'use letters, digits, ".", "_" and "-", as in "prod"');

/** One declaration for what is checked, for the types of those who write a configuration, and for editors. */
export const DECLARATION = z.strictObject({
  $schema: z.string().optional().describe("Lets an editor complete this file."),
  apps: z.array(APP).min(1, APPS_RULE).describe("The apps whose pages may report."),
  releases: z
    .array(z.string().refine(isReleaseName, RELEASE_NAME_RULE))
    .optional()
    .describe(
      "What pages may be built from, the newest last; the newest five count by name, the others as `other`. With `[]` only those that are announced by call. Without it, no metric has the label `release`.",
    ),
  maxSeries: z
    .number()
    .int()
    .min(1)
    .max(MOST_SERIES, `use at most ${MOST_SERIES}: the collector serves nothing else while it writes them`)
    .default(DEFAULT_MAX_SERIES)
    .describe(
      "How many series a collector may come to have: every app with its releases and own metrics, once five releases are announced. What could come to more is refused. See [Series](#series).",
    ),
  frames: z
    .strictObject({
      received: names("From the server to the client.", "order_filled"),
      sent: names("From the client to the server.", "place_order"),
    })
    .prefault({})
    .describe("Names of frames that are not the product's own, as the label `event` says them."),
  closeCodes: z
    .record(
      z
        .string()
        .regex(/^[34]\d{3}$/, "use a code from 3000 to 4999; the others are not an application's to define"),
      z.strictObject({
        name: z
          .string()
          .regex(/^[^\n]{1,40}$/, "use a few words, at most 40 characters")
          .describe("A few words, fit for a legend."),
        meaning: sentences("What it says, for documents and runbooks."),
        userSees: z
          .enum(CONSEQUENCES)
          .describe("What the user sees. A client comes back only after `reconnecting`."),
      }),
    )
    .default({})
    .describe("Private close codes that count by themselves instead of as `3xxx` or `4xxx`."),
  closeReasons: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'use lower-case letters, digits and "_", as in "kicked"'),
      z.number().int().min(1000).max(4999),
    )
    .default({})
    .describe("Reasons for which the chat server closes, each with its close code."),
  authMethods: names("Ways to authenticate, as the label `auth_method` says them.", "bearer"),
  links: z
    .strictObject({
      runbooks: address(
        "Where the generated `runbooks/` are published.",
        "https://wiki.chat.internal/runbooks",
      ),
      grafana: address("The Grafana that has the dashboards.", "https://grafana.chat.internal"),
      prometheus: address(
        "The Prometheus that Grafana asks. Without it there are no `grafana/datasource.yml` and no `alerts-grafana/`.",
        "http://prometheus.chat.internal:9090",
      ).optional(),
    })
    .optional()
    .describe("Where an alert leads. What on-call is given cannot be generated without."),
  targets: z
    .strictObject(TARGET_NUMBERS)
    .default({})
    .describe(
      "What the service promises, where it is not what the product proposes, and something that is generated reads it.",
    ),
  alerts: z
    .strictObject(ALERTS)
    .default({})
    .describe("Which of the generated alerts there are, and the numbers that decide whether they fire."),
  environmentLabels: z
    .array(LABEL_NAME)
    .default([])
    .describe(
      "Labels that every series has, collectors' and servers' alike, such as `cluster`. Recording rules and alerts keep them apart, dashboards choose by them.",
    ),
  jobs: z
    .strictObject({
      collectors: JOB.default(DEFAULT_CATALOG.jobs.collectors).describe(
        "The job that scrapes the collectors.",
      ),
      servers: JOB.default(DEFAULT_CATALOG.jobs.servers).describe("The job that scrapes the chat servers."),
    })
    .prefault({})
    .describe("The values of the label `job`: what Prometheus calls the jobs that scrape."),
  receivers: z
    .strictObject({
      page: RECEIVER.optional().describe(
        "Who is woken up, also by an alert that does not say whom it is for. What on-call is given cannot be generated without.",
      ),
      ticket: RECEIVER.optional().describe(
        "Who is told in the morning. Default: nobody; Alertmanager shows it.",
      ),
      ticketHours: TICKET_HOURS.optional().describe(
        "When tickets are told; outside of these hours they wait. Default: always.",
      ),
      deadMansSwitch: WEBHOOK.optional().describe(
        "Who is told every minute that alerts are evaluated and passed on, and calls when that stops: the address of a dead man's switch. Default: nobody, so nobody learns when Prometheus or Alertmanager is gone.",
      ),
      pageWhere: z
        .record(LABEL_NAME, z.array(ENVIRONMENT).min(1, "name at least one value"))
        .optional()
        .describe(
          'Environments that may wake somebody up, as in `{ "env": ["prod"] }`; pages of others go where tickets go. Default: all.',
        ),
    })
    .default({})
    .describe("Whom Alertmanager tells. Secrets are in files, never here."),
  scrape: z
    .strictObject({
      interval: SCRAPE_INTERVAL,
      labels: z
        .record(LABEL_NAME, ENVIRONMENT)
        .optional()
        .describe(
          'What these collectors and servers are stamped with, as in `{ "env": "prod" }`: one value for each of `environmentLabels`.',
        ),
      collectors: hosts(
        "The collectors' admin listeners. Several share the pages only behind a balancer that hashes the URL's path.",
        "collector.chat.internal:4391",
      ),
      servers: hosts("Where the chat servers serve their registry.", "chat.internal:9464"),
    })
    .optional()
    .describe("What Prometheus scrapes, for `prometheus/scrape.yml`."),
  counters: z.record(METRIC_NAME, COUNTER).default({}).describe("Counters that pages report."),
  histograms: z.record(METRIC_NAME, HISTOGRAM).default({}).describe("Histograms that pages report."),
});

/** A configuration as somebody writes it. */
export type ConfigInput = z.input<typeof DECLARATION>;

/** A configuration with its defaults. */
export type Config = z.output<typeof DECLARATION>;
