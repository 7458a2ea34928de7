import { describe, expect, it } from "vitest";
import { withTakenAlong } from "./link-address.ts";

const HERE = "?from=now-6h&to=now&var-app=chat&var-app=help&viewPanel=3";

describe("a link's address", () => {
  it("takes along what it is told to", () => {
    expect(withTakenAlong("/d/x", HERE, { keepTime: true })).toBe("/d/x?from=now-6h&to=now");
    expect(withTakenAlong("/d/x", HERE, { includeVars: true })).toBe("/d/x?var-app=chat&var-app=help");
    expect(withTakenAlong("/d/x", HERE, {})).toBe("/d/x");
  });

  it("keeps what it says itself", () => {
    expect(withTakenAlong("/d/x?var-app=mine&from=now-1h", HERE, { keepTime: true, includeVars: true })).toBe(
      "/d/x?var-app=mine&from=now-1h&to=now",
    );
  });
});
