/**
 * What is wrong with an origin that pages have to have exactly, in words that finish an error's sentence; undefined when
 * nothing is.
 *
 * @param origin as `location.origin` says it
 */
export function originProblem(origin: string): string | undefined {
  if (URL.canParse(origin) && origin.includes("*"))
    return "is not an exact http(s) origin; there are no wildcards, name each origin";
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  const exact = url !== undefined && /^https?:$/.test(url.protocol) ? url.origin : undefined;
  if (exact === origin) return undefined;
  const advice = exact === undefined ? 'use scheme and host, as in "https://chat.example"' : `use "${exact}"`;
  return `is not an exact http(s) origin; ${advice}`;
}
