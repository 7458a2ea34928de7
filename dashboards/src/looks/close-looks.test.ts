import { createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { expect, it } from "vitest";
import { builtPanels } from "../testing/built-panels.test-support.ts";
import { CLOSE_REASON_LOOKS, CONNECT_OUTCOME_LOOKS, closeCodeLooks, ENDED_BY_LOOKS } from "./close-looks.ts";

const OWN = createCatalog({
  closeCodes: { "4001": { name: "signed in elsewhere", meaning: "Own.", userSees: "error" } },
});

it.each([
  ["close codes", closeCodeLooks(DEFAULT_CATALOG)],
  ["close codes, a deployment's own among them", closeCodeLooks(OWN)],
  ["reasons", CLOSE_REASON_LOOKS],
  ["who ended a connection", ENDED_BY_LOOKS],
  ["outcomes", CONNECT_OUTCOME_LOOKS],
])("no two %s are of one color", (_, looks) => {
  expect(new Set(looks.map(({ color }) => color)).size).toBe(looks.length);
});

it("a code's family is its consequence for the user", () => {
  const channels = (code: string): [red: number, green: number, blue: number] => {
    const color = closeCodeLooks(OWN).find(({ legend }) => legend === code)?.color ?? "";
    const [red = 0, green = 0, blue = 0] =
      color.match(/\w\w/g)?.map((channel) => Number.parseInt(channel, 16)) ?? [];
    return [red, green, blue];
  };
  const [ofNormal, ofAbnormal, ofPolicy, ofLogin] = [
    channels("1000"),
    channels("1006"),
    channels("1008"),
    channels("4401"),
  ];
  expect(ofNormal[1]).toBe(Math.max(...ofNormal));
  expect(ofAbnormal[0]).toBeGreaterThan(ofAbnormal[1]);
  expect(ofAbnormal[1]).toBeGreaterThan(ofAbnormal[2]);
  expect(ofPolicy[0]).toBeGreaterThan(2 * ofPolicy[1]);
  expect(ofLogin[2]).toBeGreaterThan(ofLogin[1]);
  expect(channels("4001")[0]).toBeGreaterThan(2 * channels("4001")[1]);
});

it("a deployment's own code has a name wherever codes are shown", () => {
  expect(JSON.stringify(builtPanels(OWN))).toContain("4001 signed in elsewhere");
  expect(JSON.stringify(builtPanels())).not.toContain("4001");
});
