import { describe, expect, it, vi } from "vitest";
import { createRendered } from "./rendered.ts";

describe("rendered", () => {
  it("counts a message that is there twice, once", () => {
    const count = vi.fn();
    const rendered = createRendered(count);
    rendered("m1");
    rendered("m2");
    expect(count).not.toHaveBeenCalled();
    rendered("m1");
    rendered("m1");
    expect(count).toHaveBeenCalledOnce();
  });

  it("takes a list that is made anew for the same messages", () => {
    const count = vi.fn();
    const rendered = createRendered(count);
    const gone = rendered("m1");
    gone();
    gone();
    rendered("m1");
    expect(count).not.toHaveBeenCalled();
  });

  it("counts a duplicate once still when the list is made anew", () => {
    const count = vi.fn();
    const rendered = createRendered(count);
    const goneOnes = [rendered("m1"), rendered("m1")];
    for (const gone of goneOnes) gone();
    rendered("m1");
    rendered("m1");
    expect(count).toHaveBeenCalledOnce();
  });

  it("knows which copy is left", () => {
    const count = vi.fn();
    const rendered = createRendered(count);
    rendered("m1")();
    const first = rendered("m2");
    rendered("m3");
    first();
    rendered("m2");
    expect(count).not.toHaveBeenCalled();
  });
});
