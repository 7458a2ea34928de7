import { beforeEach, describe, expect, it, vi } from "vitest";
import { createTell, MAX_UNKNOWN, type Problem, tellUnknown } from "./problems.ts";

const warnings = vi.spyOn(console, "warn");
beforeEach(() => {
  warnings.mockReset().mockImplementation(() => {});
});

function setUp() {
  const problems: Problem[] = [];
  return { problems, tell: createTell("app chat", (problem) => problems.push(problem)) };
}

describe("a problem", () => {
  it("is told on the console and to whoever wants to know, with its code", () => {
    const { problems, tell } = setUp();
    tell("SOCKSCOPE_ERR_ORIGIN", "The origin is unknown");
    expect(problems).toEqual([{ code: "SOCKSCOPE_ERR_ORIGIN", message: "The origin is unknown (app chat)" }]);
    expect(warnings.mock.calls).toEqual([
      ["[sockscope] SOCKSCOPE_ERR_ORIGIN: The origin is unknown (app chat)"],
    ]);
  });

  it("is told once for each code, whatever its message", () => {
    const { problems, tell } = setUp();
    tell("SOCKSCOPE_ERR_ORIGIN", "The first time");
    tell("SOCKSCOPE_ERR_ORIGIN", "The second time.");
    tell("SOCKSCOPE_ERR_APP", "Another one");
    expect(problems.map(({ message }) => message)).toEqual([
      "The first time (app chat)",
      "Another one (app chat)",
    ]);
    expect(warnings).toHaveBeenCalledTimes(2);
  });

  it("is told once for each value that nobody declared", () => {
    const { problems, tell } = setUp();
    for (const subject of ["order_filled", "order_placed", "order_filled"])
      tellUnknown(tell, "the frame", subject);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the frame "order_filled" is not declared: .* \(app chat\)$/),
      expect.stringMatching(/^the frame "order_placed" is not declared/),
    ]);
  });

  it("is told of so many values and no more, lest a page that numbers its frames floods the console", () => {
    const { problems, tell } = setUp();
    for (let id = 0; id < 10 * MAX_UNKNOWN; id++) tellUnknown(tell, "the frame", `order_${id}`);
    expect(problems).toHaveLength(MAX_UNKNOWN);
    tell("SOCKSCOPE_ERR_ORIGIN", "Still told");
    expect(problems.at(-1)?.message).toBe("Still told (app chat)");
  });

  it("is told by each instance for itself", () => {
    const [one, other] = [setUp(), setUp()];
    one.tell("SOCKSCOPE_ERR_APP", "x");
    other.tell("SOCKSCOPE_ERR_APP", "x");
    expect([one.problems.length, other.problems.length]).toEqual([1, 1]);
  });

  it("is told on the console when nobody else wants to know", () => {
    createTell("app chat")("SOCKSCOPE_ERR_APP", "x");
    expect(warnings).toHaveBeenCalledTimes(1);
  });

  it("survives whoever is told, and is not told again", () => {
    let told = 0;
    const tell = createTell("app chat", () => {
      told++;
      throw new Error("fault of the page");
    });
    expect(() => tell("SOCKSCOPE_ERR_APP", "x")).not.toThrow();
    tell("SOCKSCOPE_ERR_APP", "x");
    expect(told).toBe(1);
  });

  it("is told to whoever wants to know though the console fails", () => {
    const { problems, tell } = setUp();
    warnings.mockImplementation(() => {
      throw new Error("fault of a console that somebody replaced");
    });
    expect(() => tell("SOCKSCOPE_ERR_APP", "x")).not.toThrow();
    expect(problems).toHaveLength(1);
  });

  it("may tell another one from within", () => {
    const told: string[] = [];
    const tell = createTell("app chat", ({ code }) => {
      told.push(code);
      tell("SOCKSCOPE_ERR_APP", "x");
    });
    tell("SOCKSCOPE_ERR_ORIGIN", "x");
    expect(told).toEqual(["SOCKSCOPE_ERR_ORIGIN", "SOCKSCOPE_ERR_APP"]);
  });
});
