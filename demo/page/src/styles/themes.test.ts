import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** See https://www.w3.org/TR/WCAG22/#contrast-minimum */
const TEXT_CONTRAST = 4.5;
/** Of what tells a control, its state or its focus from the ground. See https://www.w3.org/TR/WCAG22/#non-text-contrast */
const CONTROL_CONTRAST = 3;

const CSS = readFileSync(new URL("themes.css", import.meta.url), "utf8");
const [lightBlock = "", darkBlock = ""] = CSS.split("@media (prefers-color-scheme: dark)");
const LIGHT = colorsIn(lightBlock);
const THEMES = { light: LIGHT, dark: { ...LIGHT, ...colorsIn(darkBlock) } };

const GROUNDS = ["background", "surface", "raised"];
/** What is written on what. */
const TEXTS: readonly (readonly [string, readonly string[]])[] = [
  ["text", [...GROUNDS, "line", "user", "waiting-ground", "bad-ground"]],
  ["muted", [...GROUNDS, "line", "waiting-ground", "bad-ground"]],
  ["good", ["surface", "good-ground"]],
  ["waiting", ["surface", "waiting-ground"]],
  ["bad", ["surface", "bad-ground"]],
  ["on-accent", ["accent"]],
];
/** What is drawn on what. */
const CONTROLS: readonly (readonly [string, readonly string[]])[] = [
  ["edge", [...GROUNDS, "waiting-ground", "bad-ground"]],
  ["accent", [...GROUNDS, "user", "waiting-ground", "bad-ground"]],
  ["waiting", ["surface", "waiting-ground"]],
  ["bad", ["surface", "bad-ground"]],
  ["surface", ["waiting"]],
];

function colorsIn(block: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  );
}

/** See https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function tooLow(
  pairs: typeof TEXTS,
  least: number,
  colors: Readonly<Record<string, string>>,
): readonly string[] {
  return pairs.flatMap(([above, grounds]) =>
    grounds.flatMap((ground) => {
      const ratio = contrast(colors[above] ?? "", colors[ground] ?? "");
      return ratio >= least ? [] : [`${above} on ${ground}: ${ratio.toFixed(2)}`];
    }),
  );
}

describe.each(Object.entries(THEMES))("the %s theme", (_, colors) => {
  it("has words that can be read", () => {
    expect(tooLow(TEXTS, TEXT_CONTRAST, colors)).toEqual([]);
  });

  it("has edges, switches and focus rings that can be seen", () => {
    expect(tooLow(CONTROLS, CONTROL_CONTRAST, colors)).toEqual([]);
  });
});

it("have the same names, and the only colours that there are", () => {
  expect(Object.keys(colorsIn(darkBlock))).toEqual(Object.keys(LIGHT));
  const others = readdirSync(new URL(".", import.meta.url)).filter((file) => /(?<!^themes)\.css$/.test(file));
  const colored = others.filter((file) =>
    /#[0-9a-f]{3,8}\b/i.test(readFileSync(new URL(file, import.meta.url), "utf8")),
  );
  expect([others.length > 5, colored]).toEqual([true, []]);
});
