import { EXAMPLE_LINKS } from "@sockscope/alerts";
import { createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { runbookFiles } from "./index.ts";

function guide(catalog = DEFAULT_CATALOG): string {
  return runbookFiles(catalog, EXAMPLE_LINKS).get("CLOSE_CODES.md") ?? "";
}

/** What it says of one code. */
function sectionOf(label: string, text: string): string {
  const [section = ""] = text.split("\n## ").filter((part) => part.startsWith(`${label} `));
  return section;
}

describe("the page about close codes", () => {
  it("has a part for each, with every question that somebody has", () => {
    const text = guide();
    for (const { label } of DEFAULT_CATALOG.closeCodes) {
      const facts = [...sectionOf(label, text).matchAll(/^- \*\*([\w ]+?):?\*\*/gm)].map(([, fact]) => fact);
      expect(facts, label).toEqual([
        "Who sends it",
        "The client",
        "The user",
        "Counted in",
        "Alerts",
        "Look first at",
      ]);
    }
  });

  it("names the alerts that ask for a code, in what they record as well, and none that leaves it out", () => {
    const text = guide();
    expect(sectionOf("4401", text)).toContain("**Alerts:** [WsAuthCloseSpike](WsAuthCloseSpike.md).");
    expect(sectionOf("1011", text)).toMatch(/\*\*Alerts:\*\* .*WsInternalErrorCloseSpike.*WsReconnectStorm/);
    expect(sectionOf("1006", text)).toMatch(/\*\*Alerts:\*\* .*WsReconnectStorm/);
    expect(sectionOf("1001", text)).toContain("**Alerts:** none by its name.");
  });

  it("says for which reasons a server sends a code, and that nobody feels a normal one", () => {
    const text = guide();
    expect(sectionOf("1013", text)).toContain("the server's reasons are `overload`, `slow_consumer`.");
    expect(sectionOf("1000", text)).not.toContain("ws_client_affected_sessions_total");
    expect(sectionOf("1006", text)).toContain("No close frame has it.");
  });

  it("has a deployment's own code, with its reason and the alert that counts it", () => {
    const text = guide(
      createCatalog({
        closeCodes: {
          "4010": { name: "signed out", meaning: "The session ended.", userSees: "authentication failed" },
        },
        closeReasons: { signed_out: 4010 },
      }),
    );
    const section = sectionOf("4010", text);
    expect(section).toContain("the server's reasons are `signed_out`.");
    expect(section).toContain("**Alerts:** [WsAuthCloseSpike](WsAuthCloseSpike.md).");
  });
});
