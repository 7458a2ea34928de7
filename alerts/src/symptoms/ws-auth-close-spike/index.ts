import type { Symptom } from "../symptom.ts";
import { WS_AUTH_CLOSE_SPIKE } from "./alert.ts";
import { WS_AUTH_CLOSE_SPIKE_CASES } from "./cases.ts";
import { WS_AUTH_CLOSE_SPIKE_RUNBOOK } from "./runbook.ts";

/** Users are being logged out of their chats. */
export const WS_AUTH_CLOSE_SPIKE_SYMPTOM: Symptom = {
  alert: WS_AUTH_CLOSE_SPIKE,
  cases: WS_AUTH_CLOSE_SPIKE_CASES,
  runbook: WS_AUTH_CLOSE_SPIKE_RUNBOOK,
};
