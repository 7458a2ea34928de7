import type { CommandQuestion } from "./question.ts";
import { logIsRead } from "./questions/log.ts";
import type { Platform } from "./runbook.ts";

/** Shell variables that commands use; the reader sets those that a page names, first. */
export const SHELL_VARIABLES = {
  CHAT: "the chat server: its Deployment in Kubernetes, its systemd unit on hosts",
  CHAT_PODS: "in Kubernetes, the label selector of the chat server's pods, such as app=chat",
  NAMESPACE:
    "in Kubernetes, the namespace of the chat server, or of the collectors where a command is about them",
  INGRESS_NAMESPACE: "in Kubernetes, the namespace of the ingress controller that stands before the chat",
  CHAT_URL: "the address of the chat's WebSocket as pages reach it, with https:// in place of wss://",
  REDIS_URL: "the Redis that the chat server uses, such as redis://redis.example:6379",
  REDIS_NAMESPACE: "in Kubernetes, the namespace of that Redis",
  REDIS_PODS: "in Kubernetes, the label selector of that Redis' pods, such as app=redis",
  GOOD_REVISION: "in Kubernetes, the number of the release to go back to, once you have looked it up",
  REFRESH_URL: "the endpoint that `refreshAccessToken` calls",
  PAGE_ORIGIN: "the origin of the chat's page, such as https://chat.example.com",
  TEST_USER_COOKIE: "the cookie of a test user who has just logged in on the page",
  METRICS_URL: "the chat server's own /metrics",
  COLLECTOR: "the collector: its Deployment in Kubernetes, its systemd unit on hosts",
  COLLECTOR_PODS:
    "in Kubernetes, the label selector of the collectors' pods, such as app=sockscope-collector",
  COLLECTOR_URL: "the collector's ingest listener, as pages reach it",
  COLLECTOR_ADMIN_URL: "the collector's admin listener",
  PROMETHEUS_URL: "the Prometheus that evaluates the rules, as you reach it from here",
  ALERTMANAGER_URL: "the Alertmanager that it sends to, as you reach it from here",
} as const;

/** A name of {@link SHELL_VARIABLES}. */
export type ShellVariable = keyof typeof SHELL_VARIABLES;

interface ShellFunction {
  readonly means: string;
  readonly platforms: Readonly<Record<Platform, string>>;
  /** Whether it does what it is to do here. Default: nothing tells. */
  readonly check?: CommandQuestion;
}

/** Functions that commands call, so that a command is the same wherever the chat runs; the reader defines those that a page names, first. */
export const SHELL_FUNCTIONS: Readonly<Record<string, ShellFunction>> = {
  chat_log: {
    means: "writes what the chat server logged in the last so many minutes, of all its processes",
    platforms: {
      kubernetes:
        'chat_log() { kubectl logs --namespace "$NAMESPACE" --selector "$CHAT_PODS" --all-containers=true --since="$1m" --tail=-1 --max-log-requests=100; }',
      hosts: 'chat_log() { journalctl --unit "$CHAT" --since "-$1min" --output cat --no-pager; }',
    },
    check: logIsRead(),
  },
  collector_log: {
    means: "writes what the collectors logged in the last so many minutes, of all of them",
    platforms: {
      kubernetes:
        'collector_log() { kubectl logs --namespace "$NAMESPACE" --selector "$COLLECTOR_PODS" --all-containers=true --since="$1m" --tail=-1 --max-log-requests=100; }',
      hosts: 'collector_log() { journalctl --unit "$COLLECTOR" --since "-$1min" --output cat --no-pager; }',
    },
  },
};

/** The variables among {@link SHELL_VARIABLES} that a text of a shell uses. */
export function variablesIn(text: string): readonly ShellVariable[] {
  const names = Object.keys(SHELL_VARIABLES) as ShellVariable[];
  return names.filter((name) => new RegExp(`\\$\\{?${name}\\b`).test(text));
}

/** The functions among {@link SHELL_FUNCTIONS} that a text of a shell calls. */
export function functionsIn(text: string): readonly string[] {
  return Object.keys(SHELL_FUNCTIONS).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
}
