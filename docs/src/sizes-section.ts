import { readSource } from "./root.ts";
import { table } from "./table.ts";

interface SizeLimit {
  readonly name: string;
  readonly limit: string;
}

/** What a page loads at the most, minified and gzipped: the gates of `npm run check`. */
export function sizesSection(): string {
  const { "size-limit": limits } = JSON.parse(readSource("package.json")) as {
    readonly "size-limit": readonly SizeLimit[];
  };
  return table(
    ["what a page loads", "gzipped, at most"],
    limits.map(({ name, limit }) => [name, limit]),
  );
}
