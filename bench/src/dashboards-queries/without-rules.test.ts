import { RECORDING_GROUPS, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import { expect, it } from "vitest";
import { withoutRules } from "./without-rules.ts";

const SESSIONS = "(sum by (app) (ws_client_sessions_active))";

it.each([
  ['sum by (app) (app:ws_client_sessions_active:sum{app=~"$app"})', `sum by (app) (${SESSIONS})`],
  [
    "avg_over_time(app:ws_client_sessions_active:sum[1d] offset 15m)",
    `avg_over_time(${SESSIONS}[1d:15s] offset 15m)`,
  ],
  [
    "avg_over_time(app:ws_client_sessions_active:sum[$__rate_interval])",
    `avg_over_time(${SESSIONS}[$__rate_interval:15s])`,
  ],
  ["cluster_app:ws_client_sessions_active:sum", "cluster_app:ws_client_sessions_active:sum"],
  ["sum(ws_client_sessions_active)", "sum(ws_client_sessions_active)"],
])("writes %s without what is recorded", (query, expected) => {
  expect(SESSIONS_ACTIVE_SUM.expression.promql).toBe(SESSIONS.slice(1, -1));
  expect(withoutRules(query, RECORDING_GROUPS)).toBe(expected);
});
