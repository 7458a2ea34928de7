import { SERVER_SEND_ERRORS } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PROCESS_START_TIME } from "../../runbook/metrics/foreign-metrics.ts";
import { server, target } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

function errors(reason: string) {
  return { [selector(SERVER_SEND_ERRORS.name, { ...server(1), reason })]: "0+20x100" };
}

/** What each question of the runbook is to see. */
export const WS_MESSAGE_SEND_ERRORS_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "not-sent-share": errors("backpressure"),
    errors: errors("backpressure"),
    "backpressure-share": errors("backpressure"),
    "serialization-share": errors("serialization"),
    "other-share": errors("other"),
    "errors-of-new-processes": {
      ...errors("serialization"),
      [selector(PROCESS_START_TIME.name, target(1))]: "-86400x79 4800x20",
    },
  },
  brokenLog: {
    threads: Array.from({ length: 6 }, (_, number) => ({
      event: "not_sent",
      reason: "backpressure",
      thread_id: `thread ${number}`,
    })),
    "socket-errors": Array.from({ length: 3 }, (_, number) => ({
      event: "error",
      message: `error ${number}`,
    })),
  },
};
