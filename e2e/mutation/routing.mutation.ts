import { alertingFiles, EXAMPLE_LINKS } from "@sockscope/alerts";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { routingMutants } from "../testing/mutants/routing-mutants.test-support.ts";
import type { AlertmanagerConfig } from "../testing/routing/alertmanager-semantics.test-support.ts";
import { ROUTED, ROUTED_CATALOG, routingFaults } from "../testing/routing/routing-faults.test-support.ts";

const CONFIG = parse(
  alertingFiles(ROUTED_CATALOG, EXAMPLE_LINKS, ROUTED).get("alertmanager.yml") ?? "",
) as AlertmanagerConfig;

it("the routing is right", () => {
  expect(routingFaults(CONFIG)).toEqual([]);
});

it("wrong routing is noticed", () => {
  const mutants = routingMutants(CONFIG);
  const survivors = mutants.filter(({ mutated }) => routingFaults(mutated).length === 0);
  expect(survivors.map(({ change }) => change)).toEqual([]);
});
