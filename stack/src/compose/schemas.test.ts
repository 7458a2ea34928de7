import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../root.ts";
import { DASHBOARD_PROVIDERS, DATA_SOURCES } from "./testing/grafana-provisioning.test-support.ts";

const read = (file: string): string => readFileSync(`${ROOT}${file}`, "utf8");

/** The package has the specification's own schema, and exports nothing of it. Its dialect is draft 7, under an address that ajv does not know. */
const { $schema: _draft7, ...composeSpecification } = JSON.parse(
  readFileSync(new URL("../schemas/compose.schema.json", import.meta.resolve("dclint")), "utf8"),
);

/** What a schema has against a file. */
function faults(schema: object, text: string): string[] {
  // Formats are Docker's own, and the schema has keywords for editors.
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.validate(schema, parse(text, { merge: true }));
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe("docker-compose.yml", () => {
  it("is what the Compose specification says", () => {
    expect(faults(composeSpecification, read("docker-compose.yml"))).toEqual([]);
  });

  it.each([
    ["a key that is none", "stop_grace_period", "stop_grace", /services\/collector must NOT have additional/],
    [
      "a list where there is a name",
      "image: grafana",
      "image: [grafana]\n    hostname: g",
      /image must be string/,
    ],
  ])("would not be with %s", (_what, from, to, says) => {
    expect(faults(composeSpecification, read("docker-compose.yml").replace(from, to)).join("\n")).toMatch(
      says,
    );
  });
});

const PROVISIONED = [
  ["docker/generated/grafana/datasource.yml", DATA_SOURCES, "access: proxy", "access: server"],
  ["docker/generated/grafana/dashboards.yml", DASHBOARD_PROVIDERS, "type: file", "type: files"],
] as const;

describe.each(PROVISIONED)("%s", (file, schema, from, to) => {
  it("is what Grafana documents", () => {
    expect(faults(schema, read(file))).toEqual([]);
  });

  it(`would not be with ${to}`, () => {
    expect(faults(schema, read(file).replace(from, to))).not.toEqual([]);
  });

  it("would not be with a key that Grafana would not read", () => {
    expect(faults(schema, `${read(file)}extra: 1\n`)).not.toEqual([]);
  });
});
