import { type Cause, healthyChat, SYMPTOMS } from "@sockscope/alerts";
import { describe, expect, it } from "vitest";
import { testRules } from "../testing/promtool.test-support.ts";
import { recordingGroups } from "../testing/rule-groups.test-support.ts";
import { FAULTY_CHATS, type FaultyChat } from "./faults-of-connections.test-support.ts";
import { isUnhealthy, promqlTest } from "./unhealthy.test-support.ts";

/** Of each runbook: what is broken, which causes look confirmed then, and the one that none of the others explains. */
const LEADS_TO: Readonly<Record<string, readonly [FaultyChat, readonly string[], string][]>> = {
  WsReconnectStorm: [
    ["lifetime_limit", ["load-balancer", "proxy-idle-timeout"], "proxy-idle-timeout"],
    ["idle_timeout", ["load-balancer", "proxy-idle-timeout"], "proxy-idle-timeout"],
    ["cut_network", ["load-balancer"], "load-balancer"],
    ["half_open", ["load-balancer"], "load-balancer"],
    ["overload", ["server-closes"], "server-closes"],
    ["slow_consumer", ["load-balancer", "server-closes"], "server-closes"],
    ["killed pod", ["load-balancer", "server-resources"], "server-resources"],
    ["pool used up", ["redis-pool", "server-closes"], "redis-pool"],
    ["pool used up after a deploy in place", ["redis-pool", "server-closes"], "redis-pool"],
  ],
  WsMassDisconnect: [
    ["cut_network", ["network"], "network"],
    ["half_open", ["network"], "network"],
    ["overload", ["server-closes"], "server-closes"],
    ["restart", ["rollout"], "rollout"],
    ["killed pod", ["servers-gone"], "servers-gone"],
    ["deploy in place", ["rollout", "servers-gone"], "rollout"],
    ["cut network after a deploy in place", ["network"], "network"],
    ["refused to go on", ["server-closes"], "server-closes"],
    ["expire_tokens", ["signed-out"], "signed-out"],
  ],
  WsConnectionUptimeLow: [
    ["lifetime_limit", ["proxy-timeout", "cuts"], "proxy-timeout"],
    ["idle_timeout", ["proxy-timeout", "cuts"], "proxy-timeout"],
    ["cut_network", ["kept-out", "cuts"], "kept-out"],
    ["overload", ["cuts"], "cuts"],
    ["forbid_handshake", ["kept-out"], "kept-out"],
    ["break_refresh", ["refresh-fails"], "refresh-fails"],
  ],
  WsHandshakeForbidden: [["forbid_handshake", ["everybody"], "everybody"]],
  WsManualReloads: [
    ["lifetime_limit", ["cuts"], "cuts"],
    ["cut_network", ["kept-out"], "kept-out"],
    ["break_refresh", ["refresh-fails"], "refresh-fails"],
  ],
  WsConnectErrorBudgetBurn: [
    ["cut_network", ["unreachable"], "unreachable"],
    ["forbid_handshake", ["unreachable", "refused"], "refused"],
    ["restart", ["unreachable", "refused"], "refused"],
    ["overload", ["dropped"], "dropped"],
  ],
};

function unexplained(causes: readonly Cause[], confirmed: readonly string[]): readonly string[] {
  const explained = causes
    .filter(({ id }) => confirmed.includes(id))
    .flatMap(({ explains = [] }) => explains);
  return confirmed.filter((id) => !explained.includes(id));
}

describe.each(Object.entries(LEADS_TO))("%s", (name, faults) => {
  const causes = SYMPTOMS.find((symptom) => symptom.name === name)?.runbook?.causes ?? [];

  it.each(faults)(
    "leads from %s to the cause behind those that look confirmed",
    async (fault, confirmed, named) => {
      const series = { ...healthyChat(), ...FAULTY_CHATS[fault] };
      const tests = causes.map(({ id, confirm }) =>
        promqlTest(id, series, isUnhealthy(confirm), confirmed.includes(id)),
      );
      const groups = recordingGroups(causes.map(({ confirm: { query } }) => query));
      const { passed, output } = await testRules(groups, tests);
      expect(passed, output).toBe(true);
      expect(unexplained(causes, confirmed)).toEqual([named]);
    },
  );
});
