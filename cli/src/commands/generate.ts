import { basename } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "@sockscope/config";
import { strictly } from "../args/strictly.ts";
import type { Command } from "../command.ts";
import { AUDIENCES, type Audience, deploymentFiles } from "../deployment-files.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { DASHBOARDS_PATH } from "../provisioned-files.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { warningsOf } from "../warnings.ts";
import { type FileChange, writeGenerated } from "../write-generated.ts";

const USAGE = `usage: sockscope generate --config FILE --out DIR [--only page|operations] [--check] [--force]

Writes what a deployment's configuration makes, each file only where it differs:

  vocabulary.ts        page: what it passes to start, with literal types, and its own metrics
  dashboards/          operations: for Grafana's import
  alerts/              operations: rules and their tests for Prometheus, routing for Alertmanager
  alerts-kubernetes/   operations: the same rules as a PrometheusRule, for the Prometheus Operator
  alerts-grafana/      operations: the same alerts for Grafana to evaluate instead, and what Prometheus records for
                       them, where \`links.prometheus\` says it
  prometheus/          operations: what Prometheus scrapes, where \`scrape\` says it
  grafana/             operations: provisions the dashboards that are mounted at ${DASHBOARDS_PATH},
                       and the data source, where \`links.prometheus\` says it
  runbooks/            operations: a page for every alert, the close codes and own metrics; publish them where
                       links.runbooks says

  --config FILE        sockscope.config.json (SOCKSCOPE_CONFIG)
  --out DIR            where the files go; nothing there is deleted
  --only AUDIENCE      page or operations. Default: both
  --check              writes nothing; ends with 1 where a file differs, or is stale
  --force              overwrites files that were not generated. Default: none is touched

Prints a line a file that changed. \`stale\` is one that was generated and no longer is: delete it.`;

/** `sockscope generate`: writes what a configuration makes. */
export const generateCommand: Command = {
  name: "generate",
  summary: "writes what a deployment's configuration makes",
  usage: USAGE,
  run: generate,
};

async function generate(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { config: file, out, only, check, force } = parse(args, terminal.environment);
  const config = await readConfig(file);
  const files = deploymentFiles(config, only, basename(file));
  const changes = await writeGenerated(out, files, { isCheck: check, isForced: force });
  const warnings = only.includes("operations") ? warningsOf(config) : [];
  for (const warning of warnings) terminal.complain(warning);
  for (const { path, change } of changes) terminal.print(`${change} ${path}`);
  if (changes.length === 0) terminal.print("Every generated file is up to date.");
  else if (check) throw new OutdatedError(changes);
  return EXIT.done;
}

/** Generated files are not what the configuration makes. */
class OutdatedError extends Error {
  override readonly name = "OutdatedError";
  readonly code = "SOCKSCOPE_ERR_OUTDATED";

  constructor(changes: readonly FileChange[]) {
    super(
      `${changes.length} generated ${changes.length === 1 ? "file differs" : "files differ"}; generate without --check, and delete what is stale`,
    );
  }
}

interface GenerateFlags {
  readonly config: string;
  readonly out: string;
  readonly only: readonly Audience[];
  readonly check: boolean;
  readonly force: boolean;
}

function parse(args: readonly string[], environment: Terminal["environment"]): GenerateFlags {
  const { values } = strictly("generate", () =>
    parseArgs({
      args: [...args],
      strict: true,
      options: {
        config: { type: "string" },
        out: { type: "string" },
        only: { type: "string" },
        check: { type: "boolean" },
        force: { type: "boolean" },
      },
    }),
  );
  const config = values.config ?? environment["SOCKSCOPE_CONFIG"];
  if (!config) throw new UsageError("no configuration is named; use --config FILE, or set SOCKSCOPE_CONFIG");
  if (!values.out) throw new UsageError("no folder is named; use --out DIR");
  const only = AUDIENCES.filter((audience) => values.only === undefined || values.only === audience);
  if (only.length === 0)
    throw new UsageError(`--only ${values.only} is not possible; use ${AUDIENCES.join(" or ")}`);
  return { config, out: values.out, only, check: values.check ?? false, force: values.force ?? false };
}
