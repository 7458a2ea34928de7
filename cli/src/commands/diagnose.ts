import { parseArgs } from "node:util";
import { SYMPTOMS, type Symptom, symptoms } from "@sockscope/alerts";
import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { type Config, catalogOf, readConfig } from "@sockscope/config";
import { strictly } from "../args/strictly.ts";
import type { Command } from "../command.ts";
import { reportAsJson } from "../diagnose/as-json.ts";
import { reportAsMarkdown } from "../diagnose/as-markdown.ts";
import { reportAsText } from "../diagnose/as-text.ts";
import { makeReport } from "../diagnose/make-report.ts";
import { parseMoment } from "../diagnose/moment.ts";
import { Prometheus } from "../diagnose/prometheus.ts";
import type { Report } from "../diagnose/report.ts";
import { visible } from "../diagnose/visible.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { nearestNames } from "../nearest-names.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const USAGE = `usage: sockscope diagnose [ALERT] --prometheus URL [--config FILE] [--at TIME]
                          [--format text|json|markdown]

Asks Prometheus everything that an alert's runbook asks, and changes nothing: each answer with its healthy range and what
it means, the likeliest cause, and what was ruled out. Without an alert, does so for every one that fires.

  --prometheus URL   with the path that it is served under (SOCKSCOPE_PROMETHEUS). Default: the configuration's
                     links.prometheus
  --config FILE      the alerts, numbers and labels of the deployment of sockscope.config.json (SOCKSCOPE_CONFIG)
  --at TIME          how it was then: a time with its zone, such as 2026-11-30T20:00Z, or how long ago, such as 15m
  --format FORMAT    text, markdown for an incident channel, or json. Default: text

SOCKSCOPE_PROMETHEUS_TOKEN is sent as a bearer token, or as it is where it names its scheme, as in "Basic dXNlcjpwdw==".
Colours where the terminal has them, unless NO_COLOR is set.

Ends with 0 where users feel nothing and no alert fires, 1 where an alert fires or users feel it, 2 when called wrongly, 3 where
nobody can tell: Prometheus does not answer, or not whether users feel it.`;

/** `sockscope diagnose`: what is most likely behind an alert. */
export const diagnoseCommand: Command = {
  name: "diagnose",
  summary: "asks Prometheus what an alert's runbook asks, and names the likeliest cause",
  usage: USAGE,
  run: diagnose,
};

const FORMATS = ["text", "json", "markdown"] as const;
type Format = (typeof FORMATS)[number];

interface DiagnoseFlags {
  readonly alert: string | undefined;
  readonly prometheus: string | undefined;
  readonly config: string | undefined;
  readonly at: string | undefined;
  readonly format: Format;
}

async function diagnose(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const flags = parse(args, terminal.environment);
  const config = flags.config ? await readConfig(flags.config) : undefined;
  const catalog = config === undefined ? DEFAULT_CATALOG : catalogOf(config);
  const report = await makeReport({
    catalog,
    links: config?.links,
    symptom: flags.alert === undefined ? undefined : symptomOf(flags.alert, catalog),
    at: flags.at === undefined ? undefined : parseMoment(flags.at, Date.now() / 1000),
    prometheus: new Prometheus({
      url: addressOf(flags.prometheus, config),
      authorization: authorization(terminal.environment),
    }),
  });
  terminal.print(textOf(report, flags.format, terminal));
  return exitCodeOf(report);
}

function textOf(report: Report, format: Format, terminal: Terminal): string {
  if (format === "json") return reportAsJson(report);
  return format === "markdown" ? reportAsMarkdown(report) : reportAsText(report, terminal);
}

function exitCodeOf({ diagnoses, isKnown }: Report): ExitCode {
  const healths = diagnoses.map(({ diagnosis }) => diagnosis.health);
  if (healths.includes("unhealthy")) return EXIT.failed;
  return isKnown && !healths.includes("unknown") ? EXIT.done : EXIT.unknown;
}

function symptomOf(name: string, catalog: Catalog): Symptom {
  const isMeant = (symptom: Symptom): boolean => symptom.name.toLowerCase() === name.toLowerCase();
  const told = symptoms(catalog);
  const found = told.find(isMeant);
  if (found !== undefined) return found;
  if (SYMPTOMS.some(isMeant)) throw new UsageError(`the configuration leaves ${name} out; use another alert`);
  const nearest = nearestNames(
    name,
    told.map((symptom) => symptom.name),
  );
  throw new UsageError(`there is no alert "${name}"; did you mean ${nearest.join(", ")}?`);
}

function addressOf(flag: string | undefined, config: Config | undefined): URL {
  const text = flag || config?.links?.prometheus;
  if (!text)
    throw new UsageError(
      "no Prometheus is named; use --prometheus URL, set SOCKSCOPE_PROMETHEUS, or name it in a configuration as links.prometheus",
    );
  // What may hold a password is not said again.
  if (text.includes("@"))
    throw new UsageError(
      "the address of Prometheus has an @ in it, so maybe a password, which is for everybody to read; set SOCKSCOPE_PROMETHEUS_TOKEN instead",
    );
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError(
      `the address of Prometheus is "${visible(text)}"; use one such as http://prometheus.example:9090`,
    );
  return url;
}

function authorization({ SOCKSCOPE_PROMETHEUS_TOKEN: token }: Terminal["environment"]): string | undefined {
  const secret = token?.trim();
  if (!secret) return undefined;
  if (!/^[\x20-\x7e]+$/.test(secret))
    throw new UsageError(
      "SOCKSCOPE_PROMETHEUS_TOKEN has a line break, or a character that no header may have; set the token alone",
    );
  return secret.includes(" ") ? secret : `Bearer ${secret}`;
}

function parse(args: readonly string[], environment: Terminal["environment"]): DiagnoseFlags {
  const { values, positionals } = strictly("diagnose", () =>
    parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: {
        prometheus: { type: "string" },
        config: { type: "string" },
        at: { type: "string" },
        format: { type: "string" },
      },
    }),
  );
  if (positionals.length > 1)
    throw new UsageError(
      `diagnose takes one alert, and got ${positionals.length}; leave them out for all that fire`,
    );
  const format = FORMATS.find((known) => known === (values.format ?? "text"));
  if (format === undefined)
    throw new UsageError(`--format ${values.format} is not possible; use ${FORMATS.join(", ")}`);
  return {
    alert: positionals[0],
    prometheus: values.prometheus ?? environment["SOCKSCOPE_PROMETHEUS"],
    config: values.config ?? environment["SOCKSCOPE_CONFIG"],
    at: values.at,
    format,
  };
}
