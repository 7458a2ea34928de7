import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { program, readPrograms } from "@sockscope/stack";

/** What a shell wrote, and how it ended. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Stands in for `kubectl logs`, which wants a cluster: it knows the options that it is to get, and no other. */
const KUBECTL = `
[ "$1" = logs ] || { echo "kubectl: not logs but $1" >&2; exit 64; }
shift
while [ $# -gt 0 ]; do
  case "$1" in
    --namespace | --selector) [ -n "$2" ] || { echo "kubectl: $1 needs a value" >&2; exit 64; }; shift 2 ;;
    --since=*) since="\${1#--since=}"; shift ;;
    --tail=-1) whole=yes; shift ;;
    --max-log-requests=*) shift ;;
    --all-containers=true) all=yes; shift ;;
    *) echo "kubectl: unknown option $1" >&2; exit 64 ;;
  esac
done
[[ "$since" =~ ^[1-9][0-9]*m$ ]] || { echo "kubectl: no time window" >&2; exit 65; }
[ "$all" = yes ] || { echo "kubectl: of several containers only the first" >&2; exit 65; }
[ "$whole" = yes ] || { echo "kubectl: with a selector only the last lines of each pod" >&2; exit 65; }
cat "$LOG_OF_TEST"
`;

/** The same for `journalctl`, which wants a systemd. */
const JOURNALCTL = `
while [ $# -gt 0 ]; do
  case "$1" in
    --unit) [ -n "$2" ] || { echo "journalctl: $1 needs a value" >&2; exit 64; }; shift 2 ;;
    --since) since="$2"; shift 2 ;;
    --output) [ "$2" = cat ] && plain=yes; shift 2 ;;
    --no-pager) shift ;;
    *) echo "journalctl: unknown option $1" >&2; exit 64 ;;
  esac
done
[[ "$since" =~ ^-[1-9][0-9]*min$ ]] || { echo "journalctl: no time window" >&2; exit 65; }
[ "$plain" = yes ] || { echo "journalctl: with its own words before each line" >&2; exit 65; }
cat "$LOG_OF_TEST"
`;

/** Nothing waits: what is to happen meanwhile does. */
const SLEEP = `[[ "$1" =~ ^[1-9][0-9]*$ ]] || exit 64
eval "\${MEANWHILE:-:}"
`;

/** A shell with the programs that commands need, and stand-ins for those that want a machine of their own. */
export interface TestShell {
  /** Runs a text in bash, with variables. */
  run(text: string, variables: Readonly<Record<string, string>>): Promise<Ran>;
  /** Runs it with a log that the stand-ins write. */
  runOnLog(text: string, log: string, variables: Readonly<Record<string, string>>): Promise<Ran>;
  close(): void;
}

/** Makes one in a folder of its own. */
export function openShell(): TestShell {
  const folder = mkdtempSync(join(tmpdir(), "sockscope-shell-"));
  for (const [name, body] of Object.entries({ kubectl: KUBECTL, journalctl: JOURNALCTL, sleep: SLEEP })) {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${body}`);
    chmodSync(join(folder, name), 0o755);
  }
  const programs = readPrograms();
  const found = (["jq", "curl", "redis-cli"] as const).map((name) => dirname(program(programs, name)));
  const PATH = [folder, ...new Set(found), process.env.PATH].join(delimiter);

  function run(text: string, variables: Readonly<Record<string, string>>): Promise<Ran> {
    const env = { ...process.env, ...variables, PATH };
    return new Promise((resolve) => {
      execFile("bash", ["-c", text], { env }, (error, stdout, stderr) =>
        resolve({ stdout, stderr, code: typeof error?.code === "number" ? error.code : 0 }),
      );
    });
  }

  return {
    run,
    runOnLog: (text, log, variables) => {
      const file = join(folder, "log");
      writeFileSync(file, log);
      return run(text, { ...variables, LOG_OF_TEST: file });
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
