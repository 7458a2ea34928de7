import { WS_AUTH_CLOSE_SPIKE_RUNBOOK } from "./content/ws-auth-close-spike.ts";
import { runbookPage } from "./page.ts";
import type { Runbook } from "./runbook.ts";

export type { Cause, Check, Runbook } from "./runbook.ts";

/** Every runbook. */
export const RUNBOOKS: readonly Runbook[] = [WS_AUTH_CLOSE_SPIKE_RUNBOOK];

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  return new Map(
    RUNBOOKS.map((runbook) => [`runbooks/pages/${runbook.alert.name}.md`, runbookPage(runbook)]),
  );
}
