import type { CommandQuestion } from "../question.ts";
import type { Step } from "../runbook.ts";
import type { ShellVariable } from "../shell.ts";

/* What several runbooks do. */

interface Released {
  readonly name: string;
  readonly unit: ShellVariable;
  readonly pods: ShellVariable;
}

const CHAT_SERVER: Released = { name: "chat server", unit: "CHAT", pods: "CHAT_PODS" };
const COLLECTORS: Released = { name: "collectors", unit: "COLLECTOR", pods: "COLLECTOR_PODS" };

/** Brings a release back that was good: by its number, since undoing twice is redoing. */
function backToGood({ name, unit, pods }: Released): readonly Step[] {
  return [
    {
      does: "Agree on one person who rolls back, and look which release was good: the highest number is the one that should run now.",
      command: {
        kubernetes: `kubectl get replicasets --namespace "$NAMESPACE" --selector "$${pods}" --sort-by=.metadata.creationTimestamp --output 'custom-columns=REVISION:.metadata.annotations.deployment\\.kubernetes\\.io/revision,SINCE:.metadata.creationTimestamp,PODS:.status.replicas,IMAGE:.spec.template.spec.containers[*].image'`,
        hosts: `systemctl status "$${unit}"   # on each host, and the list of your deploys`,
      },
    },
    {
      does: `Roll the ${name} back to it. Where Argo CD, Flux or the like applies the Deployment, it takes this back within minutes: revert in its repository.`,
      command: {
        kubernetes: `kubectl rollout undo --namespace "$NAMESPACE" "deployment/$${unit}" --to-revision="$GOOD_REVISION"`,
        hosts: "# deploy that release as you deploy any other, a host at a time",
      },
    },
    {
      does: "See that all of it is through, and that the image is the one that you wanted.",
      command: {
        kubernetes: `kubectl rollout status --namespace "$NAMESPACE" "deployment/$${unit}" --timeout=10m; kubectl get deployment --namespace "$NAMESPACE" "$${unit}" --output 'jsonpath={.spec.template.spec.containers[*].image}'`,
        hosts: `systemctl status "$${unit}"   # on each host`,
      },
    },
  ];
}

/** Brings a release of the chat server back that was good. */
export function rollBack(): readonly Step[] {
  return backToGood(CHAT_SERVER);
}

/** The same of the collectors. */
export function rollBackCollectors(): readonly Step[] {
  return backToGood(COLLECTORS);
}

/** Asks Redis itself how it is. */
export function storeQuestions(): readonly CommandQuestion[] {
  return [
    {
      id: "redis-answers",
      asks: "Does Redis answer (1: yes)?",
      unit: "count",
      healthy: { least: 1 },
      command: `redis-cli -u "$REDIS_URL" ping 2>/dev/null | grep -c PONG`,
      ifHealthy: "It answers.",
      ifUnhealthy:
        "It is down, still loading, out of reach from here, or wants a password: ask from a host of the chat server.",
    },
    {
      id: "redis-evicts",
      asks: "How many keys did Redis throw away, or writes did it refuse, within 10 seconds, for want of memory (1 also where it does not answer)?",
      unit: "count",
      healthy: { most: 0 },
      command: `lost() { redis-cli -u "$REDIS_URL" info all | tr -d '\\r' | awk -F '[:=]' '$1 == "evicted_keys" { there = 1; lost += $2 } $1 == "errorstat_OOM" { lost += $3 } END { if (there) printf "%.0f", lost }'; }; before=$(lost); sleep 10; after=$(lost); if [ -n "$before" ] && [ -n "$after" ]; then echo $((after - before)); else echo 1; fi`,
      ifHealthy:
        "It keeps what it is given, of what it was given just now: the next answer says for how long.",
      ifUnhealthy:
        "It is full: it throws sessions and threads away, or (`noeviction`, its default) takes no new ones, while it still answers a ping.",
    },
    {
      id: "redis-room",
      asks: "Which share of the memory that Redis allows itself does it use (0: it has no limit of its own; 1 also where it does not answer)?",
      unit: "share",
      healthy: { most: 0.95 },
      command: `redis-cli -u "$REDIS_URL" info memory | tr -d '\\r' | awk -F : '$1 == "used_memory" { used = $2 } $1 == "maxmemory" { there = 1; most = $2 } END { print there ? (most > 0 ? used / most : 0) : 1 }'`,
      ifHealthy:
        "It has room. Where it has no limit of its own, its pod or machine has one, at which it is killed: look at that.",
      ifUnhealthy:
        "It is full, or will be soon. With the policy `noeviction` it refuses every write then; with another one it throws keys away.",
    },
  ];
}

/** Gives Redis room, without a number that could be less than it has. */
export function storeMoreMemory(): readonly Step[] {
  return [
    {
      does: "Look at what Redis has and may have, and what it does when it is full: write it down, for the way back.",
      command: `redis-cli -u "$REDIS_URL" info memory | grep -E '^(used_memory|used_memory_rss|maxmemory)_human:|^maxmemory(_policy)?:'`,
    },
    {
      does: "Look at what its pod or machine may have. What Redis calls `total_system_memory` is the node's, also in a container with a limit.",
      command: {
        kubernetes:
          'kubectl get pods --namespace "$REDIS_NAMESPACE" --selector "$REDIS_PODS" --output \'custom-columns=POD:.metadata.name,LIMIT:.spec.containers[*].resources.limits.memory\'',
        hosts: "free -m   # on Redis' own host; where it runs in a container, that one's limit",
      },
    },
    {
      does: "Where it is full, give it half as much again as it may have today. Only where that stays below three quarters of the limit of its pod or machine: beyond it, Redis is killed with every session in it, so raise that limit first. A managed Redis refuses this: give it a larger size where it is ordered.",
      command: `redis-cli -u "$REDIS_URL" config set maxmemory "$(redis-cli -u "$REDIS_URL" config get maxmemory | awk 'NR == 2 { printf "%.0f", $1 * 1.5 }')"`,
    },
    {
      does: "Where it is down, fail over to its replica, and point the chat server there.",
    },
  ];
}
