import { describe, expect, it } from "vitest";
import { composeFile } from "./compose-file.ts";
import { composeProblems, readInRepository } from "./compose-problems.ts";
import { COMPOSE_RULES } from "./rules.ts";

const TEXT = readInRepository("docker-compose.yml") ?? "";

/** One mistake: in the compose file, or in a file that it mounts or builds. */
interface Broken {
  readonly file?: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly says: string;
}

function problems(
  rule: string,
  { file = "docker-compose.yml", from, to }: Omit<Broken, "says">,
): readonly string[] {
  const broken = (path: string, text: string): string => {
    if (path.replace(/^\.\//, "") !== file) return text;
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return changed;
  };
  return (
    COMPOSE_RULES[rule]?.({
      compose: composeFile(broken("docker-compose.yml", TEXT)),
      read: (path) => {
        const text = readInRepository(path);
        return text === undefined ? undefined : broken(path, text);
      },
    }) ?? ["no such rule"]
  );
}

const BROKEN: Readonly<Record<keyof typeof COMPOSE_RULES, readonly Broken[]>> = {
  imagesArePinned: [
    {
      from: "prom/prometheus:v3.13.2",
      to: "prom/prometheus:latest",
      says: "prometheus uses prom/prometheus:latest; name its exact version",
    },
    { from: "grafana/grafana:13.2.1", to: "grafana/grafana", says: "grafana uses grafana/grafana; name" },
    {
      file: "docker/Dockerfile",
      from: /FROM node:\S+/,
      to: "FROM node:24-bookworm-slim",
      says: "collector uses node:24-bookworm-slim; name",
    },
  ],
  servicesHaveHealthChecks: [
    {
      file: "docker/Dockerfile",
      from: /HEALTHCHECK[^\n]*\\\n[^\n]*8002[^\n]*\n/,
      to: "",
      says: "users has no health check",
    },
    {
      from: /healthcheck: &web\n\s+test: \[.*\]/,
      to: 'healthcheck: &web\n      test: ["NONE"]',
      says: "alertmanager has no health check",
    },
  ],
  dependenciesCanBeHealthy: [
    {
      from: "chat: { condition: service_healthy }",
      to: "chatt: { condition: service_healthy }",
      says: "users depends on chatt, which is no service",
    },
    {
      from: "collector: { condition: service_healthy }",
      to: "collector: { condition: service_started }",
      says: "chat waits until collector is service_started",
    },
    {
      file: "docker/Dockerfile",
      from: /HEALTHCHECK[^\n]*\\\n[^\n]*4391[^\n]*\n/,
      to: "",
      says: "chat waits until collector is healthy, which has no health check",
    },
  ],
  mountsExist: [
    {
      from: "./docker/generated/alerts:",
      to: "./docker/generated/alarms:",
      says: "alertmanager mounts ./docker/generated/alarms, which is not in the repository",
    },
    {
      from: "generated/alerts:/etc/sockscope:ro",
      to: "generated/alerts:/etc/sockscope",
      says: "could write",
    },
    {
      from: "./docker/generated/alerts:",
      to: "/var/run/docker.sock:",
      says: "alertmanager mounts /var/run/docker.sock; mount what is in the repository",
    },
  ],
  volumesAreDeclaredAndUsed: [
    { from: "\n  grafana-data:", to: "", says: "grafana keeps grafana-data, which is not declared" },
    {
      from: "- chat-state:",
      to: "- other:",
      says: "The volume chat-state is declared, and no service keeps it",
    },
  ],
  servicesAreConfined: [
    { from: 'user: "472:0"', to: 'user: "0:0"', says: "grafana runs as root" },
    { from: '    user: "472:0"\n', to: "", says: "grafana runs as root" },
    { from: 'user: "472:0"', to: "user: grafana", says: "grafana runs as root" },
    { from: "read_only: true", to: "read_only: false", says: "chat can write its image" },
    { from: "  cap_drop: [ALL]\n", to: "", says: "users has capabilities" },
    { from: "no-new-privileges:true", to: "no-new-privileges:false", says: "users may gain privileges" },
    { from: "read_only: true", to: "privileged: true", says: "collector is privileged" },
    { from: "  init: true\n", to: "", says: "collector has no init" },
    { from: "    mem_limit: 1536m\n", to: "", says: "users may take all memory" },
    { from: "    cpus: 0.25\n", to: "", says: "alertmanager may take all processors" },
    { from: "    pids_limit: 512\n", to: "", says: "users may start any number of processes" },
    { from: "    stop_grace_period: 30s\n", to: "", says: "prometheus has Compose's ten seconds" },
  ],
  portsAreOnLoopback: [
    { from: "127.0.0.1:9090:9090", to: "9090:9090", says: "prometheus publishes 9090:9090; use 127.0.0.1" },
    { from: "127.0.0.1:3000:3000", to: "0.0.0.0:3000:3000", says: "grafana publishes 0.0.0.0:3000:3000" },
  ],
  addressesAreThere: [
    {
      file: "docker/generated/prometheus.yml",
      from: "collector:4391",
      to: "collector:4392",
      says: "looks for collector:4392, and collector listens on 4391, 4390",
    },
    {
      file: "docker/generated/prometheus.yml",
      from: "alertmanager:9093",
      to: "alerts:9093",
      says: "there is no service alerts",
    },
    {
      file: "docker/generated/alerts/alertmanager.yml",
      from: "http://chat:8001",
      to: "http://chat:80",
      says: "alertmanager.yml looks for chat:80",
    },
    {
      file: "docker/generated/grafana/datasource.yml",
      from: "http://prometheus:9090",
      to: "https://elsewhere",
      says: "datasource.yml names no address",
    },
    {
      from: "127.0.0.1:8000 chat:8000",
      to: "127.0.0.1:8000 page:8000",
      says: "HOST_RULES of users looks for page",
    },
  ],
  grafanaKnowsTheInterval: [
    {
      file: "docker/generated/grafana/datasource.yml",
      from: "timeInterval: 5s",
      to: "timeInterval: 15s",
      says: "Grafana takes 15s for the scrape interval, and Prometheus scrapes every 5s",
    },
  ],
  noSecrets: [
    {
      from: "GF_LOG_MODE: console",
      to: "GF_SECURITY_ADMIN_PASSWORD: admin",
      says: "grafana has GF_SECURITY_ADMIN_PASSWORD in its environment",
    },
    {
      from: "COLLECTOR_URL: http://",
      to: "COLLECTOR_URL: http://me:mine@",
      says: "chat has COLLECTOR_URL in its environment",
    },
    {
      from: "--web.external-url=http://127",
      to: "--web.external-url=http://me:mine@127",
      says: "alertmanager has credentials in its command",
    },
  ],
};

describe("docker-compose.yml", () => {
  it("keeps every rule", () => {
    expect(TEXT).not.toBe("");
    expect(composeProblems()).toEqual([]);
  });
});

describe.each(Object.keys(COMPOSE_RULES))("the rule %s", (rule) => {
  it.each([...(BROKEN[rule] ?? [{ from: "", to: "", says: "no case" }])])("says: $says", (broken) => {
    expect(problems(rule, broken)).toContainEqual(expect.stringContaining(broken.says));
  });
});
