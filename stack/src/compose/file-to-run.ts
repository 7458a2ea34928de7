import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { ROOT } from "../root.ts";
import { type ComposeFile, composeFile, type Service } from "./compose-file.ts";

/** A compose file for a test. */
export interface FileToRun {
  readonly text: string;
  /** What has to be there to pull, or to stand in for. */
  readonly images: readonly string[];
}

/** The system chooses the port: the one that the file says may be taken. */
function anyPort(port: string): string {
  return port.replace(/^(127\.0\.0\.1:)\d+(:\d+)$/, "$1$2");
}

function toRun(service: Service, buildNetwork: string | undefined): object {
  const { ports, build } = service;
  return {
    ...service,
    ...(ports && { ports: ports.map(anyPort) }),
    ...(build && { build: { ...build, ...(buildNetwork && { network: buildNetwork }) } }),
  };
}

/**
 * docker-compose.yml as it is, but for the ports of this machine.
 *
 * @param buildNetwork what builds use, where the engine leads nowhere by itself. Default: what the engine gives them
 */
export function fileToRun(buildNetwork?: string): FileToRun {
  const compose: ComposeFile = composeFile(readFileSync(`${ROOT}docker-compose.yml`, "utf8"));
  const services = Object.entries(compose.services);
  const pulled = services.flatMap(([, { image, build }]) => (build || !image ? [] : [image]));
  const dockerfile = readFileSync(`${ROOT}docker/Dockerfile`, "utf8");
  const [, base = ""] = /^FROM (\S+) AS node$/m.exec(dockerfile) ?? [];
  const file = {
    services: Object.fromEntries(services.map(([name, service]) => [name, toRun(service, buildNetwork)])),
    volumes: compose.volumes,
  };
  // Compose 1 reads YAML 1.1, to which "472:0" without quotes is a number.
  return {
    text: stringify(file, { version: "1.1", aliasDuplicateObjects: false }),
    images: [base, ...pulled],
  };
}
