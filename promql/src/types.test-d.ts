import { CLOSES, CONNECT_DURATION, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { gauge, rate, sumBy } from "./functions.ts";

/* What must not compile. The compiler checks this file with the tests: an error that is expected and missing fails it. */

// @ts-expect-error the rate of a gauge
rate(SERVER_CONNECTIONS_ACTIVE, {}, "5m");
// @ts-expect-error the rate of a whole histogram
rate(CONNECT_DURATION, {}, "5m");
// @ts-expect-error a label that the metric does not have
rate(CLOSES, { colour: "red" }, "5m");
// @ts-expect-error a value outside the label's domain
rate(CLOSES, { code: "9999" }, "5m");
// @ts-expect-error a window without a unit
rate(CLOSES, {}, "5");
// @ts-expect-error aggregation by a label that is not there
sumBy(["reason"], rate(CLOSES, {}, "5m"));
// @ts-expect-error a label that an aggregation removed
sumBy(["phase"], sumBy(["code"], rate(CLOSES, {}, "5m")));
// @ts-expect-error a counter where a gauge is wanted
gauge(CLOSES, {});
