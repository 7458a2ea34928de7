import type { CommandQuestion } from "../question.ts";
import type { Mitigation, Step } from "../runbook.ts";
import { storeQuestions } from "./of-servers.ts";

/* What runbooks of cut connections do. */

/** Mends what stands between pages and servers. */
export function mendLoadBalancer(): readonly Step[] {
  return [
    {
      does: "Look at what the load balancer or ingress says of itself: targets that are not healthy, a reload or a new version in the minute when it began.",
      command: {
        kubernetes: 'kubectl get events --namespace "$INGRESS_NAMESPACE" --sort-by=.lastTimestamp',
        hosts: "sudo journalctl --unit nginx --since -30min --no-pager",
      },
    },
    {
      does: "Take what is not healthy out of rotation: a node of the load balancer, a zone, an ingress pod.",
    },
    {
      does: "Where a change of it began this, take the change back. Every reload of a proxy may cut its connections again: one reload, not several.",
    },
  ];
}

/** Lets a proxy wait for longer. */
export function raiseProxyTimeout(): readonly Step[] {
  return [
    {
      does: "Find the timeout of that many seconds, and write its value down. nginx: `proxy_read_timeout` and `proxy_send_timeout`; HAProxy: `timeout tunnel`; AWS: the load balancer's idle timeout. Where neither is set the command prints nothing: then it is the default, which is 60 s for nginx.",
      command: {
        kubernetes:
          "kubectl get ingress --namespace \"$NAMESPACE\" --output yaml | grep -E 'proxy-(read|send)-timeout'; kubectl get configmap --namespace \"$INGRESS_NAMESPACE\" --output yaml | grep -E 'proxy-(read|send)-timeout'",
        hosts: "sudo nginx -T | grep -E 'proxy_(read|send)_timeout|keepalive_timeout'",
      },
    },
    {
      does: "Raise it, for the chat's route only, well above the client's heartbeat (25 s unless yours says otherwise): an hour is usual. Then reload the proxy once: that may cut its connections a last time.",
    },
    {
      does: "Where it is a longest lifetime and not an idle timeout (it cuts pages that are in the middle of a chat), no heartbeat helps: raise that limit, too.",
    },
  ];
}

/** Prints the share that is taken; 1 where Redis does not answer. */
const REDIS_CONNECTIONS_TAKEN = `{ redis-cli -u "$REDIS_URL" info clients; redis-cli -u "$REDIS_URL" config get maxclients | paste -d : - -; } | tr -d '\\r' | awk -F : '$1 == "connected_clients" { taken = $2 } $1 == "maxclients" { most = $2 } END { print most ? taken / most : 1 }'`;

/** Asks Redis how near it is to refusing connections. */
export function poolQuestions(): readonly CommandQuestion[] {
  const [answers] = storeQuestions();
  return [
    ...(answers === undefined ? [] : [answers]),
    {
      id: "redis-connections",
      asks: "Which share of the connections that Redis allows is taken?",
      unit: "share",
      healthy: { most: 0.8 },
      command: REDIS_CONNECTIONS_TAKEN,
      ifHealthy:
        "Redis would take more. The chat server's own pool may still be too small: look for its timeouts in the error tracker.",
      ifUnhealthy:
        "Redis is about to refuse connections, or does (1 also where it does not answer): find who holds them.",
    },
  ];
}

/** Gives the chat server connections to Redis, without a number that could be less than it has. */
export function widenPool(): readonly Step[] {
  return [
    {
      does: "See who holds the connections: a count for each address. Write down what Redis allows, for the way back.",
      command: `redis-cli -u "$REDIS_URL" client list | sed -n 's/.* addr=\\([^ ]*\\):[0-9]* .*/\\1/p' | sort | uniq -c | sort -nr; redis-cli -u "$REDIS_URL" config get maxclients`,
    },
    {
      does: "Where somebody else holds most of them, stop that.",
    },
    {
      does: "Where the chat server does, and Redis has room, raise the pool's size in its settings, and deploy that a pod or host at a time.",
    },
    {
      does: "Where Redis has none, let it take half as many again as today.",
      command: `redis-cli -u "$REDIS_URL" config set maxclients "$(redis-cli -u "$REDIS_URL" config get maxclients | awk 'NR == 2 { printf "%.0f", $1 * 1.5 }')"`,
    },
  ];
}

/** Gives the chat server more of the machine. */
export function giveServersRoom(): readonly Step[] {
  return [
    {
      does: "See whether something was killed for memory.",
      command: {
        kubernetes:
          'kubectl get pods --namespace "$NAMESPACE" --selector "$CHAT_PODS" --output \'custom-columns=POD:.metadata.name,RESTARTS:.status.containerStatuses[*].restartCount,LAST:.status.containerStatuses[*].lastState.terminated.reason\'',
        hosts: "journalctl --dmesg --since -30min --no-pager | grep -i 'out of memory'",
      },
    },
    {
      does: "Write down how many processes there are, for the way back, and whether an autoscaler says how many.",
      command: {
        kubernetes: 'kubectl get deployment,hpa --namespace "$NAMESPACE"',
        hosts: 'systemctl status "$CHAT"   # on each host',
      },
    },
    {
      does: "Each new process opens connections to Redis, where the chat server uses one. Above 0.8, do not add any before Redis takes more: see Redis connection-pool exhaustion at WsReconnectStorm.",
      command: REDIS_CONNECTIONS_TAKEN,
    },
    {
      does: "Where an autoscaler (hpa) says how many there are, raise its `minReplicas`, and `maxReplicas` where that is less, instead of the next step: it takes any other number back within seconds.",
      command: {
        kubernetes: 'kubectl edit hpa --namespace "$NAMESPACE"',
        hosts:
          'systemctl status "$CHAT"   # and raise the least number of hosts of the group that scales them',
      },
    },
    {
      does: "Add processes: scale out by half as many again as there are. It prints both numbers. Run again in the same shell, it asks for no more than the first time; one person does it.",
      command: {
        kubernetes:
          'now="$(kubectl get --namespace "$NAMESPACE" "deployment/$CHAT" --output \'jsonpath={.spec.replicas}\')"; test -n "$before" || before="$now"; more=$(((before * 3 + 1) / 2)); echo "$now -> $more"; test "$more" -gt "$now" && kubectl scale --namespace "$NAMESPACE" "deployment/$CHAT" --current-replicas="$now" --replicas="$more"',
        hosts:
          'systemctl status "$CHAT"   # then start it on another host, and add that to the load balancer',
      },
    },
    {
      does: "Connections stay where they are: new processes take only new ones. Do not restart the old ones to spread them before all of this is over.",
    },
  ];
}

/** What helps while connections are cut. From safe to drastic. */
export function calmStorm(): readonly Mitigation[] {
  return [
    {
      step: {
        does: "Start no rollout or restart of the chat server or of what stands before it, and let none go on to its next process.",
      },
      blastRadius: "Nobody. A fix that is on its way waits, too.",
      undo: {
        does: "Go on with the rollout. In Kubernetes, resume what was paused: a paused one can neither be taken back nor be deployed over.",
      },
    },
    {
      step: {
        does: "Scale the chat server out before browsers come back: a storm needs more than the chat itself.",
      },
      blastRadius:
        "Nobody, as long as Redis has connections for the new processes: look first, as in the fix that adds processes.",
      undo: { does: "Scale back to the number that you wrote down, an hour after the storm." },
    },
    {
      step: {
        does: "Limit how many handshakes a second the proxy lets through, a little above what the servers manage. Clients come back later, with a longer backoff each time.",
      },
      blastRadius: "Some users reconnect minutes later, and see that; those who are connected stay.",
      undo: { does: "Take the limit out when the failed attempts are healthy again." },
    },
  ];
}
