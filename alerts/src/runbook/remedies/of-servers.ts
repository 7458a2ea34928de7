import type { CommandQuestion } from "../question.ts";
import type { Step } from "../runbook.ts";

/* What several runbooks do. */

/** Brings the release before the last back. */
export function rollBack(): readonly Step[] {
  return [
    {
      does: "Roll the chat server back to the release before.",
      command: {
        kubernetes: 'kubectl rollout undo --namespace "$NAMESPACE" "deployment/$CHAT"',
        hosts:
          'systemctl status "$CHAT"   # then deploy the release before as you deploy any other, a host at a time',
      },
    },
  ];
}

/** Asks Redis itself how it is. */
export function storeQuestions(): readonly CommandQuestion[] {
  return [
    {
      id: "redis-answers",
      asks: "Does Redis answer (1: yes)?",
      unit: "count",
      healthy: { least: 1 },
      command: `redis-cli -u "$REDIS_URL" ping 2>/dev/null | grep --count PONG`,
      ifHealthy: "It answers.",
      ifUnhealthy:
        "It is down, still loading, or out of reach from here: ask from a host of the chat server.",
    },
    {
      id: "redis-evicts",
      asks: "How many keys did Redis throw away within 10 seconds, for want of memory?",
      unit: "count",
      healthy: { most: 0 },
      command: `evicted() { redis-cli -u "$REDIS_URL" info stats | tr --delete '\\r' | awk -F : '$1 == "evicted_keys" { print $2 }'; }; before=$(evicted); sleep 10; echo $(($(evicted) - before))`,
      ifHealthy: "It keeps what it is given.",
      ifUnhealthy: "It is full, and throws sessions and threads away.",
    },
  ];
}

/** Gives Redis room, without a number that could be less than it has. */
export function storeMoreMemory(): readonly Step[] {
  return [
    {
      does: "Look at what Redis has and may have: write both numbers down, for the way back.",
      command: `redis-cli -u "$REDIS_URL" info memory | grep --extended-regexp '^(used_memory|maxmemory|total_system_memory)(_human)?:'`,
    },
    {
      does: "Where it is full, give it half as much again as it may have today, if the machine has that.",
      command: `redis-cli -u "$REDIS_URL" config set maxmemory "$(redis-cli -u "$REDIS_URL" config get maxmemory | awk 'NR == 2 { printf "%.0f", $1 * 1.5 }')"`,
    },
    {
      does: "Where it is down, fail over to its replica, and point the chat server there.",
    },
  ];
}
