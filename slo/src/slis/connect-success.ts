import { CONNECT_ATTEMPTS, CONNECT_SUCCESS_TARGET } from "@sockscope/catalog";
import { divide, increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";
import { DECIDED_FIRST_ATTEMPTS, OPENED_FIRST_ATTEMPTS } from "../what-counts.ts";

const { per } = CONNECT_SUCCESS_TARGET;

/** The share of decided first attempts that left a user with a connection. */
export const CONNECT_SUCCESS_SLI: Sli<"app"> = sli(
  CONNECT_SUCCESS_TARGET,
  divide(
    sumBy(["app"], increase(CONNECT_ATTEMPTS, OPENED_FIRST_ATTEMPTS, per)),
    sumBy(["app"], increase(CONNECT_ATTEMPTS, DECIDED_FIRST_ATTEMPTS, per)),
  ),
);
