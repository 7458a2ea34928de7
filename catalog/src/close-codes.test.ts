import { describe, expect, it } from "vitest";
import { CLOSE_CODE_LABELS, closeCodeLabel } from "./close-code-label.ts";
import { CLOSE_CODE_MEANINGS } from "./close-code-meanings.ts";
import { CLOSE_POLICIES, closePolicy, SERVER_CLOSE_CODES } from "./close-codes.ts";

/** The registry's assignments on the day this was written; see the link at CLOSE_POLICIES. */
const REGISTERED = [
  1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015, 3000, 3003,
  3008,
];

describe("closeCodeLabel", () => {
  it("names every registered code by itself", () => {
    expect(REGISTERED.map((code) => closeCodeLabel(code))).toEqual(REGISTERED.map(String));
  });

  it.each([
    [3999, "3xxx"],
    [4000, "4xxx"],
    [4999, "4xxx"],
    [0, "unassigned"],
    [1016, "unassigned"],
    [2999, "unassigned"],
    [5000, "unassigned"],
    [-1, "unassigned"],
    [Number.NaN, "unassigned"],
  ])("puts %d into %s", (code, label) => {
    expect(closeCodeLabel(code)).toBe(label);
  });
});

describe("closePolicy", () => {
  it.each([
    [1000, "stop", "nothing"],
    [1001, "retry", "reconnecting"],
    [1003, "stop", "error"],
    [1005, "retry", "reconnecting"],
    [1006, "retry", "reconnecting"],
    [1008, "stop", "error"],
    [1011, "retry", "reconnecting"],
    [1012, "retry", "reconnecting"],
    [1013, "retry", "reconnecting"],
    [4401, "stop", "authentication failed"],
  ])("makes a client that got %d %s, while the user sees %s", (code, action, userSees) => {
    expect(closePolicy(code)).toMatchObject({ action, userSees });
  });

  it("lets the first delay after an overload be longer", () => {
    expect(closePolicy(1013).firstDelay).toBe("longer");
  });

  it("is decided and documented for every code", () => {
    expect(Object.keys(CLOSE_POLICIES).sort()).toEqual([...CLOSE_CODE_LABELS].sort());
    expect(Object.keys(CLOSE_CODE_MEANINGS).sort()).toEqual([...CLOSE_CODE_LABELS].sort());
  });
});

describe("SERVER_CLOSE_CODES", () => {
  it("holds only codes that a server may send", () => {
    const travelling = Object.values(SERVER_CLOSE_CODES).map(
      (code) => CLOSE_CODE_MEANINGS[closeCodeLabel(code)].travels,
    );
    expect(travelling).not.toContain(false);
  });
});
