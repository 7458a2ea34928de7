import { type Catalog, CONNECT_ATTEMPTS } from "@sockscope/catalog";
import { divide, increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";
import { DECIDED_FIRST_ATTEMPTS, OPENED_FIRST_ATTEMPTS } from "../what-counts.ts";

/** The share of decided first attempts that left a user with a connection. */
export function connectSuccessSli({ targets }: Catalog): Sli<"app"> {
  const { per } = targets.connect_success;
  return sli(
    targets.connect_success,
    divide(
      sumBy(["app"], increase(CONNECT_ATTEMPTS, OPENED_FIRST_ATTEMPTS, per)),
      sumBy(["app"], increase(CONNECT_ATTEMPTS, DECIDED_FIRST_ATTEMPTS, per)),
    ),
    {
      record: "app:ws_client_connect_success:ratio_increase30d",
      meaning: "The share of the month's decided first attempts that left a user with a connection.",
    },
  );
}
