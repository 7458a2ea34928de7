import { query, type Stack, until } from "@sockscope/stack";

const TIMEOUT_MS = 60_000;

/** The value of an expression with one result, once it satisfies the condition; after a minute the last value seen. */
export async function arrives(
  { prometheus }: { readonly prometheus: Pick<Stack["prometheus"], "url"> },
  promql: string,
  isThere: (value: number) => boolean,
): Promise<number | undefined> {
  let last: number | undefined;
  await until(
    async () => {
      last = (await query(prometheus.url, promql))[0]?.value;
      return last !== undefined && isThere(last) ? last : undefined;
    },
    { timeoutMs: TIMEOUT_MS },
  );
  return last;
}

/** As {@link arrives}, for a value that is known: whatever is passed on the way, it waits for this one. */
export function arrivesAt(stack: Stack, promql: string, expected: number): Promise<number | undefined> {
  return arrives(stack, promql, (value) => value === expected);
}
