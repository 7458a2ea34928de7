import { afterEach, describe, expect, it, vi } from "vitest";
import { browserHost } from "./host.ts";

/** Puts a page's globals in place: an event target as document, and one behind the window's listeners. */
function fakePage() {
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const window = new EventTarget();
  vi.stubGlobal("document", document);
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  return { document, window };
}

describe("browserHost", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("tells of the page's life until it is unsubscribed", () => {
    const { document, window } = fakePage();
    const seen: string[] = [];
    const unsubscribe = browserHost().subscribe((event) => seen.push(event));
    const everything = () => {
      document.visibilityState = "hidden";
      document.dispatchEvent(new Event("visibilitychange"));
      document.visibilityState = "visible";
      document.dispatchEvent(new Event("visibilitychange"));
      document.dispatchEvent(new Event("freeze"));
      document.dispatchEvent(new Event("resume"));
      window.dispatchEvent(new Event("pagehide"));
      window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));
      window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
      window.dispatchEvent(new Event("offline"));
      window.dispatchEvent(new Event("online"));
    };
    everything();
    unsubscribe();
    everything();
    expect(seen).toEqual([
      "hidden",
      "visible",
      "freeze",
      "resume",
      "pagehide",
      "pageshow",
      "offline",
      "online",
    ]);
  });

  it("subscribes to nothing in a host without events", () => {
    vi.stubGlobal("document", undefined);
    vi.stubGlobal("addEventListener", undefined);
    vi.stubGlobal("removeEventListener", undefined);
    expect(() => browserHost().subscribe(() => {})()).not.toThrow();
  });
});
