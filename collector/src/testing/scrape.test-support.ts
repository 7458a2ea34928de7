import { send } from "./send.test-support.ts";

/** The series of an exposition with their values; comments are left out. */
export function parseExposition(text: string): Map<string, number> {
  const series = new Map<string, number>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const space = line.lastIndexOf(" ");
    series.set(line.slice(0, space), Number(line.slice(space + 1).replace("Inf", "Infinity")));
  }
  return series;
}

/** What a collector exposes at this moment. */
export async function scrape(adminUrl: string): Promise<Map<string, number>> {
  const { body } = await send(adminUrl, { method: "GET", path: "/metrics" });
  return parseExposition(body);
}
