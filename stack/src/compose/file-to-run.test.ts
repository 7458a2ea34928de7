import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ROOT } from "../root.ts";
import { composeFile } from "./compose-file.ts";
import { fileToRun } from "./file-to-run.ts";

it("differs from docker-compose.yml in the ports of this machine and the network of builds, and in nothing else", () => {
  const { services } = composeFile(fileToRun("host").text);
  const original = composeFile(readFileSync(`${ROOT}docker-compose.yml`, "utf8")).services;
  expect(services["grafana"]).toEqual({ ...original["grafana"], ports: ["127.0.0.1::3000"] });
  expect(services["users"]).toEqual({
    ...original["users"],
    build: { ...original["users"]?.build, network: "host" },
  });
});

it("says user and group so that YAML 1.1 does not read a number", () => {
  expect(fileToRun().text).toContain('user: "472:0"');
});

it("names every image that has to be there", () => {
  expect(fileToRun().images.map((image) => image.replace(/:.*/, ""))).toEqual([
    "node",
    "prom/alertmanager",
    "prom/prometheus",
    "grafana/grafana",
  ]);
});
