import { createCatalog } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { checkOptions } from "./check-options.ts";
import type { CollectorOptions } from "./collector-options.ts";
import { CollectorOptionsError } from "./collector-options-error.ts";

const APP = { name: "chat", origins: ["https://chat.example"] };
const ADDRESS = { host: "127.0.0.1", port: 0 };

function check(overrides: Partial<CollectorOptions>): void {
  checkOptions({ listen: ADDRESS, admin: ADDRESS, apps: [APP], ...overrides });
}

function apps(count: number): CollectorOptions["apps"] {
  return Array.from({ length: count }, (_, position) => ({ ...APP, name: `app-${position}` }));
}

function withOrigins(...origins: string[]): Partial<CollectorOptions> {
  return { apps: [{ ...APP, origins }] };
}

describe("checkOptions", () => {
  it.each(["https://chat.example", "http://localhost:5173", "http://[::1]:8080"])(
    "accepts the origin %s",
    (origin) => {
      expect(() => check(withOrigins(origin))).not.toThrow();
    },
  );

  it.each<[option: string, overrides: Partial<CollectorOptions>, advice: string]>([
    ["listen.host", { listen: { host: "", port: 1 } }, "127.0.0.1"],
    ["listen.port", { listen: { host: "localhost", port: 65_536 } }, "65536"],
    ["admin.port", { admin: { host: "localhost", port: 1.5 } }, "1.5"],
    ["maxSessions", { maxSessions: 0 }, "0 is not possible"],
    ["releases", { releases: ["1"] }, "hasReleases"],
    ["releases[1]", { catalog: createCatalog({ hasReleases: true }), releases: ["1", "other"] }, "other"],
    ["announceToken", { announceToken: "x".repeat(15) }, "it has 15 characters; use at least 16"],
    ["announceToken", { announceToken: "schlüssel-schlüssel" }, "letters, digits and signs of ASCII"],
    ["announceToken", { announceToken: "0123456789 abcdef" }, "without spaces"],
    ["announceToken", { announceToken: "0123456789\nabcdef" }, "without spaces"],
    ["apps", { apps: [] }, "at least one app"],
    ["apps[0].name", { apps: [{ ...APP, name: 'a"b' }] }, 'a"b'],
    ["apps[0].name", { apps: [{ ...APP, name: "other" }] }, 'do not call it "other"'],
    ["apps[1].name", { apps: [APP, APP] }, "twice"],
    ["maxSeries", { maxSeries: 200 }, "at most 200 series, and 1 app with this catalog comes to "],
    [
      "maxSeries",
      { apps: apps(3), maxSeries: 700 },
      "at most 700 series, and 3 apps with this catalog come to ",
    ],
    ["apps[0].key", { apps: [{ ...APP, key: "" }] }, "it has 0 characters; leave it out to ask for none"],
    ["apps[0].key", { apps: [{ ...APP, key: "k".repeat(65) }] }, "it has 65 characters"],
    ["apps[0].origins", withOrigins(), "https://chat.example"],
    ["apps[0].origins[0]", withOrigins("https://chat.example/"), 'use "https://chat.example"'],
    ["apps[0].origins[0]", withOrigins("https://CHAT.example:443"), 'use "https://chat.example"'],
    ["apps[0].origins[0]", withOrigins("*"), "scheme and host"],
    ["apps[0].origins[0]", withOrigins("null"), "scheme and host"],
    ["apps[0].origins[0]", withOrigins("file:///x"), "scheme and host"],
    ["apps[0].origins[1]", withOrigins("https://a.example", "https://a.example"), "twice"],
  ])("names %s when it cannot work: %j", (option, overrides, advice) => {
    expect(() => check(overrides)).toThrow(CollectorOptionsError);
    expect(() => check(overrides)).toThrow(
      expect.objectContaining({
        option,
        code: "SOCKSCOPE_ERR_OPTIONS",
        message: expect.stringContaining(advice),
      }),
    );
  });
});
