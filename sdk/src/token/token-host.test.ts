import { afterEach, describe, expect, it, vi } from "vitest";
import { browserTokenHost } from "./token-host.ts";

afterEach(() => vi.unstubAllGlobals());

describe("the browser as the host of a token store", () => {
  it("gives the browser's locks and its fetch", async () => {
    const locks = {};
    const answer = new Response();
    vi.stubGlobal("navigator", { locks });
    vi.stubGlobal("fetch", async () => answer);
    expect(browserTokenHost().locks()).toBe(locks);
    expect(await browserTokenHost().fetch("/renew", {})).toBe(answer);
  });

  it("has no channel where it is denied", () => {
    vi.stubGlobal(
      "BroadcastChannel",
      class {
        constructor() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        }
      },
    );
    expect(browserTokenHost().openChannel("name")).toBeUndefined();
  });

  it("has neither locks nor channels where there are none", () => {
    vi.stubGlobal("navigator", undefined);
    vi.stubGlobal("BroadcastChannel", undefined);
    expect(browserTokenHost().locks()).toBeUndefined();
    expect(browserTokenHost().openChannel("name")).toBeUndefined();
  });

  it("opens a channel that keeps no process of a server alive", () => {
    const unref = vi.fn();
    vi.stubGlobal(
      "BroadcastChannel",
      class {
        readonly unref = unref;
        readonly name: string;
        constructor(name: string) {
          this.name = name;
        }
      },
    );
    expect(browserTokenHost().openChannel("name")).toMatchObject({ name: "name" });
    expect(unref).toHaveBeenCalledOnce();
  });
});
