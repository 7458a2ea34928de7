import { describe, expect, it } from "vitest";
import { checkConfig } from "./check-config.ts";
import { ConfigError } from "./config-error.ts";

const SECRET = "0123456789abcdef";
const SECRET_PATH = `https://hooks.slack.com/services/T0/B0/${SECRET}`;
const BY_A_FILE = "put the secret into a file, and name that by its absolute path where Alertmanager runs";

function mistakesOf(receivers: unknown): string {
  try {
    checkConfig({ apps: [{ name: "chat", origins: ["https://chat.example"] }], receivers }, "c.json");
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "none";
}

/** Every setting that names a file, with this in it. */
const FILES: readonly [setting: string, receivers: (file: unknown) => object][] = [
  ["page.pagerduty.routingKeyFile", (file) => ({ page: { pagerduty: { routingKeyFile: file } } })],
  ["page.jsm.apiKeyFile", (file) => ({ page: { jsm: { apiKeyFile: file } } })],
  ["ticket.opsgenie.apiKeyFile", (file) => ({ ticket: { opsgenie: { apiKeyFile: file } } })],
  ["ticket.slack.apiUrlFile", (file) => ({ ticket: { slack: { apiUrlFile: file, channel: "#on-call" } } })],
  ["page.webhook.urlFile", (file) => ({ page: { webhook: { urlFile: file } } })],
  ["deadMansSwitch.urlFile", (file) => ({ deadMansSwitch: { urlFile: file } })],
];

describe.each(FILES)("receivers.%s", (setting, receivers) => {
  it.each([
    ["a key", SECRET, "(hidden)"],
    ["an address", SECRET_PATH, "https://hooks.slack.com/(hidden)"],
    ["an address in a path", `/${SECRET_PATH}`, "(hidden)"],
    ["a path from somewhere", `secrets/${SECRET}`, "(hidden)"],
    ["a folder", `/run/${SECRET}/`, "(hidden)"],
    ["nothing", "", ""],
  ])("refuses %s, which it does not print, and says where a secret goes", (_what, value, shown) => {
    expect(mistakesOf(receivers(value))).toBe(
      `c.json: receivers.${setting}: "${shown}" is not possible; ${BY_A_FILE}, as in "/run/secrets/pager"`,
    );
  });

  it("prints no secret of another kind", () => {
    expect(mistakesOf(receivers(4815162342))).toContain(`receivers.${setting}: "(hidden)" is not a text`);
    expect(mistakesOf(receivers([SECRET]))).toContain(`receivers.${setting}: ["(hidden)"] is not a text`);
    expect(mistakesOf(receivers(`${SECRET}\uD800`))).toContain('"(hidden)" has half a character');
  });

  it("takes an absolute path", () => {
    expect(mistakesOf(receivers("/run/secrets/of-it.txt"))).toBe("none");
  });
});

describe.each<[setting: string, receivers: (url: string) => object]>([
  ["page.webhook", (url) => ({ page: { webhook: { url } } })],
  ["ticket.webhook", (url) => ({ ticket: { webhook: { url } } })],
  ["deadMansSwitch", (url) => ({ deadMansSwitch: { url } })],
])("receivers.%s.url", (setting, receivers) => {
  it.each(["user:0123456789abcdef@", ":0123456789abcdef@", "0123456789abcdef@"])(
    "refuses who it is that posts, as in %s, without printing it",
    (user) => {
      expect(mistakesOf(receivers(`https://${user}hooks.chat.internal/alerts`))).toBe(
        `c.json: receivers.${setting}.url: "https://(hidden)@hooks.chat.internal/(hidden)" is not possible; an address with a user or a password is a secret: put it into a file, and name that by urlFile`,
      );
    },
  );

  it("prints only the host of an address that is refused for something else", () => {
    expect(mistakesOf(receivers(`https://hooks.chat.internal/?key=${SECRET}#`))).toContain(
      `receivers.${setting}.url: "https://hooks.chat.internal/(hidden)" is not possible; use an http(s) address`,
    );
  });

  it("takes an address with a path, a query and an at sign in them", () => {
    expect(mistakesOf(receivers("https://hooks.chat.internal/@alerts?team=chat@work"))).toBe("none");
  });
});

describe("a secret in the wrong place", () => {
  it.each([
    [{ page: SECRET }, 'receivers.page: "(hidden)" is not an object'],
    [SECRET_PATH, 'receivers: "https://hooks.slack.com/(hidden)" is not an object'],
    [
      { page: { webhook: { url: SECRET_PATH, urlFile: `/run/${SECRET}` } } },
      'receivers.page.webhook: {"url":"https://hooks.slack.com/(hidden)"',
    ],
  ])("is not printed: %j", (receivers, message) => {
    expect(mistakesOf(receivers)).toContain(message);
    expect(mistakesOf(receivers)).not.toContain(SECRET);
  });
});
