import { type Catalog, SERVER_HANDSHAKES_REJECTED, SERVER_REHYDRATIONS } from "@sockscope/catalog";
import { increase, or, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";
import { FORBIDDEN_HANDSHAKES, FORBIDDEN_REHYDRATIONS } from "../what-counts.ts";

/** How often somebody with a session got 403, on the handshake or instead of a rehydration. */
export function forbiddenSli({ targets: { forbidden } }: Catalog): Sli<"job"> {
  const { per } = forbidden;
  return sli(
    forbidden,
    sumBy(
      ["job"],
      or(
        increase(SERVER_HANDSHAKES_REJECTED, FORBIDDEN_HANDSHAKES, per),
        increase(SERVER_REHYDRATIONS, FORBIDDEN_REHYDRATIONS, per),
      ),
    ),
    {
      record: "job:ws_forbidden:increase1d",
      meaning:
        "How often within the day somebody with a session got 403. One user who tries again counts every time.",
    },
  );
}
