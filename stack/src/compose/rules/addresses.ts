import { parse } from "yaml";
import { type Checked, type ComposeRule, ofServices, type Service } from "../compose-file.ts";

/** Whoever is on the same network as this machine reaches nothing. */
export const portsAreOnLoopback: ComposeRule = ofServices(({ ports = [] }, name) =>
  ports
    .filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(String(port)))
    .map((port) => `${name} publishes ${port}; use 127.0.0.1:PORT:PORT.`),
);

/** Where generated files name an address within the network, and how to read it there. */
const ADDRESSES: readonly (readonly [file: string, addresses: RegExp])[] = [
  ["./docker/generated/prometheus.yml", /^\s+- ([\w.-]+:\d+)$/gm],
  ["./docker/generated/alerts/alertmanager.yml", /^\s+(?:- )?url: http:\/\/([\w.-]+:\d+)/gm],
  ["./docker/generated/grafana/datasource.yml", /^\s+url: http:\/\/([\w.-]+:\d+)/gm],
];

/** The ports on which a service says that it listens. */
function portsOf({ ports = [], expose = [] }: Service): string[] {
  return [...expose.map(String), ...ports.map((port) => String(port).split(":").at(-1) ?? "")];
}

/** Everything that one service looks for is a service that listens there. */
export const addressesAreThere: ComposeRule = ({ compose, read }) =>
  [
    ...ADDRESSES.flatMap(([file, pattern]) => {
      const found = [...(read(file) ?? "").matchAll(pattern)].map(([, address = ""]) => address);
      return found.length === 0 ? [[file, ""] as const] : found.map((address) => [file, address] as const);
    }),
    ...hostRules(compose.services),
  ].flatMap(([where, address]) => {
    if (address === "") return [`${where} names no address; generate it with npm run generate.`];
    const [host = "", port = ""] = address.split(":");
    const service = compose.services[host];
    if (service === undefined) return [`${where} looks for ${address}, and there is no service ${host}.`];
    return portsOf(service).includes(port)
      ? []
      : [`${where} looks for ${address}, and ${host} listens on ${portsOf(service).join(", ")}.`];
  });

/** Where the simulated users' browser is led. */
function hostRules(services: Checked["compose"]["services"]): (readonly [where: string, address: string])[] {
  return Object.entries(services).flatMap(([name, { environment = {} }]) =>
    [...(environment["HOST_RULES"] ?? "").matchAll(/MAP \S+ ([\w.-]+:\d+)/g)].map(
      ([, address = ""]) => [`HOST_RULES of ${name}`, address] as const,
    ),
  );
}

interface DataSources {
  readonly datasources: readonly { readonly jsonData: { readonly timeInterval?: string } }[];
}

/**
 * Grafana knows how often Prometheus scrapes. Else `$__rate_interval` is too short where that is longer than the interval that
 * Grafana takes for granted, and panels are empty.
 *
 * See {@link https://grafana.com/docs/grafana/latest/datasources/prometheus/configure/#interval-behavior}.
 */
export const grafanaKnowsTheInterval: ComposeRule = ({ read }) => {
  const { global } = parse(read("./docker/generated/prometheus.yml") ?? "global: {}") as {
    global: { scrape_interval?: string };
  };
  const { datasources } = parse(
    read("./docker/generated/grafana/datasource.yml") ?? "datasources: []",
  ) as DataSources;
  return datasources
    .filter(({ jsonData }) => jsonData.timeInterval !== global.scrape_interval)
    .map(
      ({ jsonData }) =>
        `Grafana takes ${jsonData.timeInterval} for the scrape interval, and Prometheus scrapes every ${global.scrape_interval}; generate both from one configuration.`,
    );
};
