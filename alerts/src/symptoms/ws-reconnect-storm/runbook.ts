import type { Catalog } from "@sockscope/catalog";
import { failedAttempts, ownHandshake } from "../../runbook/questions/of-attempts.ts";
import { connectedTime } from "../../runbook/questions/of-browsers.ts";
import {
  ageOfTheLost,
  cutSessions,
  cutsByServers,
  cutsPerPage,
  cutsWithoutAWord,
  cutThreads,
  proxyTimeouts,
  whoIsCut,
} from "../../runbook/questions/of-cuts.ts";
import { starvedServers } from "../../runbook/questions/of-processes.ts";
import { failedRehydrations, serversScraped, serversStarted } from "../../runbook/questions/of-servers.ts";
import {
  calmStorm,
  giveServersRoom,
  mendLoadBalancer,
  poolQuestions,
  raiseProxyTimeout,
  widenPool,
} from "../../runbook/remedies/of-cuts.ts";
import { rollBack } from "../../runbook/remedies/of-servers.ts";
import type { Runbook } from "../../runbook/runbook.ts";

/** High reconnection rate. */
export function wsReconnectStormRunbook(catalog: Catalog): Runbook {
  const cuts = cutsPerPage(catalog, {
    ifHealthy: "No more is cut within minutes than within an hour may be.",
    ifUnhealthy: "Connections are being cut now.",
  });
  const pool = failedRehydrations({
    ifHealthy: "The chat server gets what it asks Redis for: it is not this.",
    ifUnhealthy:
      "The chat server asks Redis and gets nothing. Whether its pool is used up, or Redis is gone, the commands below tell: no metric does.",
  });
  const connected = connectedTime(catalog, {
    ifHealthy:
      "Browsers come back at once, and users hardly notice. It is a load on the servers: go on, but wake nobody else.",
    ifUnhealthy: "Users wait for their connection, or lose it again and again. It is real.",
  });
  const failing = failedAttempts({
    ifHealthy: "Whoever is cut comes back: something cuts, and then lets in.",
    ifUnhealthy:
      "Pages do not come back: something is down, or refuses them. Look also at WsHandshakeForbidden and WsMassDisconnect.",
  });
  const starved = starvedServers(catalog, {
    ifHealthy: "They have enough of both: it is not this.",
    ifUnhealthy:
      "They are busy or were killed. It may be the storm that keeps them busy; they need room in either case. (A deploy in place that closed nothing looks like a kill: ask whoever deploys.)",
  });
  return {
    impact:
      'Users see "Reconnecting", some again and again; what they send waits until they are back. Every browser that returns costs the servers a handshake and a rehydration.',
    callAtOnce: [
      { whom: "platform's on-call", when: "other services behind the same load balancer are cut, too" },
      { whom: "incident lead", when: "WsMassDisconnect fires as well" },
    ],
    isReal: connected,
    oneOrMany: {
      sessions: cutSessions(catalog, {
        ifHealthy: "One user, or a few, whose network is bad or whose page loops: let the alert end.",
        ifUnhealthy: "Many sessions. Go on.",
      }),
      threads: cutThreads(catalog, {
        ifHealthy:
          "One user, or a few. Where sessions say many, they were cut before they joined a thread, or the server that cut them is dead and wrote nothing.",
        ifUnhealthy: "Many users. Go on.",
      }),
    },
    who: whoIsCut(catalog),
    firstFiveMinutes: [
      cuts,
      failing,
      serversScraped(catalog, {
        ifHealthy: "The servers are there.",
        ifUnhealthy:
          'Servers are gone: those that are left take all who were cut. Begin with the cause "Server CPU/memory".',
      }),
      serversStarted(catalog, {
        ifHealthy: "No process of the chat server is new.",
        ifUnhealthy:
          "Processes began lately. A rollout drains, and that is no storm; compare their times with the first cut.",
      }),
    ],
    causes: [
      {
        id: "load-balancer",
        title: "Load-balancer health",
        signal:
          "Connections of all servers break off without a close frame (1006), at any age, mostly within one minute; servers go on running.",
        confirm: cutsWithoutAWord(catalog, {
          ifHealthy: "What was cut had a close frame, so somebody closed it on purpose: it is not this.",
          ifUnhealthy:
            "Something between pages and servers lets connections go: load balancer, ingress, network, or a server that died.",
        }),
        evidence: [
          ownHandshake({
            ifHealthy: "The way is open now. It may have been cut for a moment only.",
            ifUnhealthy:
              "0: nobody answers. 502, 503, 504: the load balancer has no server. 401, 403: take WsHandshakeForbidden (only while the test user is logged in).",
          }),
        ],
        fix: mendLoadBalancer(),
        verify: cuts,
        undo: [{ does: "Put what was taken out into rotation again, one at a time, and watch the cuts." }],
      },
      {
        id: "proxy-idle-timeout",
        title: "Proxy (nginx) idle timeouts",
        signal:
          "Connections end at the same age, 60 s mostly, again and again; nobody gives a reason, and coming back works at once.",
        confirm: proxyTimeouts({
          ifHealthy: "Connections end at any age: no timeout cuts them.",
          ifUnhealthy:
            'A proxy ends them: `timeout` names its setting. The panel "Connections that ended at a usual idle timeout" shows since when.',
        }),
        evidence: [
          ageOfTheLost({
            ifHealthy: "Ages differ, or few broke off: no timeout.",
            ifUnhealthy:
              "They have nearly the same age: that age is somebody's timeout, also where it is no usual one.",
          }),
        ],
        fix: raiseProxyTimeout(),
        verify: cuts,
        undo: [{ does: "Set the timeout to the value that you wrote down, and reload the proxy once." }],
        // It cuts without a word, and everybody who comes back costs the servers something.
        explains: ["load-balancer", "server-resources"],
      },
      {
        id: "redis-pool",
        title: "Redis connection-pool exhaustion",
        signal:
          "Threads cannot be brought back after a reconnect, frames fail, and servers close with 1011: whoever comes back needs a connection to Redis again.",
        confirm: pool,
        evidence: poolQuestions(),
        fix: widenPool(),
        verify: pool,
        undo: [
          {
            does: "Set the pool's size to what it was, and `maxclients` to the value that was printed first.",
          },
        ],
        explains: ["server-closes"],
      },
      {
        id: "server-resources",
        title: "Server CPU/memory",
        signal:
          "Processes of the chat server are busy all the time, or were killed: pings stay unanswered, and a killed process takes its connections with it.",
        confirm: starved,
        fix: giveServersRoom(),
        verify: starved,
        undo: [{ does: "Scale back to the number that you wrote down, an hour after the storm." }],
        // Not the pool: more processes would take more of it, so both stand beside each other.
        explains: ["load-balancer", "server-closes"],
      },
      {
        id: "server-closes",
        title: "Servers cut connections themselves",
        signal:
          "Close codes 1011 or 1013, or a reason of your own. A planned restart (1012) is no storm and is not in these numbers.",
        confirm: cutsByServers(catalog, {
          ifHealthy: "Most cuts are of networks that are gone: it is not this.",
          ifUnhealthy:
            'By the reason (see "By pod and the server\'s reason"): `internal_error`: take WsInternalErrorCloseSpike. `overload`: servers are full. `slow_consumer`: pages do not read what is sent to them.',
        }),
        fix: [
          { does: "`internal_error`: go to WsInternalErrorCloseSpike, whose causes it has." },
          {
            does: '`overload`: scale out as under the cause "Server CPU/memory", or raise the limit of connections where the processes have room.',
          },
          { does: "`slow_consumer`, or whatever began with a deploy: the next step." },
          ...rollBack(),
        ],
        verify: cuts,
        undo: [{ does: "Roll it forward again; set the limit to what it was." }],
        // A reader that is too slow does not get the close frame either.
        explains: ["load-balancer"],
      },
    ],
    mitigations: calmStorm(),
    doneWhen: [cuts, connected],
    escalation: [
      {
        whom: "platform's on-call",
        when: "no cause is confirmed after 20 minutes, or it is the load balancer",
      },
      { whom: "chat page's on-call", when: "one release of the page alone reconnects" },
      { whom: "chat server's on-call", when: "servers close connections themselves" },
    ],
    tellUsers:
      "Some of you lose the connection to the chat for moments. It comes back by itself, and what you wrote is sent then; there is no need to reload.",
  };
}
