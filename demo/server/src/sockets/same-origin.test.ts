import { describe, expect, it } from "vitest";
import { isOwnName, isSameOrigin, originRule } from "./same-origin.ts";

const ON_LOOPBACK = originRule();
const EVERYWHERE = originRule("0.0.0.0");
const BEHIND_A_PROXY = originRule("127.0.0.1", ["https://chat.example"]);

describe("a page", () => {
  it.each([
    ["is of the listener's own host and port", "http://127.0.0.1:8000", "127.0.0.1:8000", ON_LOOPBACK],
    ["calls loopback by its name", "http://localhost:8000", "LOCALHOST:8000", ON_LOOPBACK],
    ["calls loopback by its newer address", "http://[::1]:8000", "[::1]:8000", originRule("::1")],
    ["is of a name that a public listener has", "http://chat.example", "chat.example", EVERYWHERE],
    ["is of an origin that is allowed", "https://chat.example", "127.0.0.1:8000", BEHIND_A_PROXY],
  ])("is listened to when it %s", (_, origin, host, rule) => {
    expect(isSameOrigin({ origin, host }, rule)).toBe(true);
  });

  it("is listened to over https when a proxy says that it came over that", () => {
    const headers = { origin: "https://chat.example", host: "chat.example" };
    expect(isSameOrigin({ ...headers, "x-forwarded-proto": "https" }, EVERYWHERE)).toBe(true);
    expect(isSameOrigin(headers, EVERYWHERE)).toBe(false);
  });

  it.each([
    ["has had its name lead to this machine", "http://evil.example:8000", "evil.example:8000", ON_LOOPBACK],
    ["is of another name than the allowed one", "http://evil.example", "evil.example", BEHIND_A_PROXY],
    ["is of another port", "http://127.0.0.1:9000", "127.0.0.1:8000", ON_LOOPBACK],
    ["is of another scheme", "https://127.0.0.1:8000", "127.0.0.1:8000", ON_LOOPBACK],
    ["is of no origin", "null", "127.0.0.1:8000", ON_LOOPBACK],
    ["is of nobody's", undefined, "127.0.0.1:8000", ON_LOOPBACK],
    ["calls nobody", "http://127.0.0.1:8000", undefined, ON_LOOPBACK],
  ])("is not listened to when it %s", (_, origin, host, rule) => {
    expect(isSameOrigin({ ...(origin && { origin }), ...(host && { host }) }, rule)).toBe(false);
  });
});

describe("a name of the listener", () => {
  it.each([
    ["127.0.0.1:8001", ON_LOOPBACK, true],
    ["chat.example", BEHIND_A_PROXY, true],
    ["evil.example:8001", ON_LOOPBACK, false],
    [undefined, ON_LOOPBACK, false],
    ["evil.example:8001", EVERYWHERE, true],
  ])("%s is one: %o, %s", (host, rule, isOne) => {
    expect(isOwnName({ ...(host && { host }) }, rule)).toBe(isOne);
  });
});
