import { readdirSync, readFileSync } from "node:fs";
import { type Catalog, createCatalog } from "./catalog.ts";

/** What a request carries: a text, bytes that are no text, or no body. */
export type FixtureBody = string | { readonly base64: string } | null;

/** One request and what the collector answers to it. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: FixtureBody;
  };
  readonly answer: { readonly status: number; readonly code?: string };
}

/** An example of PROTOCOL.md: a conversation with a fresh collector, and what it then exposes. */
export interface Fixture {
  /** The file's name without `.json`. */
  readonly name: string;
  readonly title: string;
  readonly exchanges: readonly Exchange[];
  /** Series as the exposition writes them, with their values. */
  readonly series: Readonly<Record<string, number>>;
}

/** An app as the collector is configured with it. */
export interface FixtureApp {
  readonly name: string;
  readonly origins: readonly string[];
  readonly key?: string;
}

/** The apps that a collector needs for the fixtures to hold. */
export const FIXTURE_APPS: readonly FixtureApp[] = [
  { name: "chat", origins: ["https://chat.example"] },
  { name: "keyed", origins: ["https://chat.example"], key: "pk-1" },
];

/** The catalog that a collector needs for the fixtures to hold: with a metric of a deployment's own. */
export const FIXTURE_CATALOG: Catalog = createCatalog({
  metrics: [
    {
      symbol: "DISHES_ORDERED",
      metric: {
        type: "counter",
        name: "dishes_ordered_total",
        labels: { dish: ["crêpe & cider", "soup 1/2", "other"] },
      },
      help: "Dishes that were ordered.",
      unit: "dishes",
      readAs: "",
      doNot: "",
    },
  ],
});

/** Reads every fixture, sorted by name. */
export function readFixtures(): Fixture[] {
  const folder = new URL("../fixtures/", import.meta.url);
  return readdirSync(folder)
    .sort()
    .map((file) => ({
      name: file.replace(/\.json$/, ""),
      ...(JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Omit<Fixture, "name">),
    }));
}
