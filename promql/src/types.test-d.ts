import {
  CLOSES,
  COLLECTOR_SERIES,
  CONNECT_DURATION,
  SERVER_CLOSES,
  SERVER_CONNECTION_AGE,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_MESSAGE_DELIVERY,
} from "@sockscope/catalog";
import { countBy, sumBy } from "./aggregations.ts";
import { atBound, countOf, increase, rate } from "./counters.ts";
import { absent, avgOverTime, maxOverTime } from "./functions.ts";
import { not } from "./matchers.ts";
import { add, and, andOn, compare, divide, or, ratio, subtract, unlessOn } from "./operators.ts";
import { gauge, recordedSeries, up } from "./selection.ts";

/* What must not compile. The compiler checks this file with the tests: an error that is expected and missing fails it. */

const byApp = sumBy(["app"], rate(CLOSES, {}, "5m"));
const byJob = sumBy(["job"], rate(SERVER_CLOSES, {}, "5m"));
const ofApp = recordedSeries("app:x:sum", ["app"]);
const byAppAndJob = sumBy(["app", "job"], rate(CLOSES, {}, "5m"));

// @ts-expect-error the rate of a gauge
rate(SERVER_CONNECTIONS_ACTIVE, {}, "5m");
// @ts-expect-error the rate of a whole histogram
rate(CONNECT_DURATION, {}, "5m");
// @ts-expect-error the rate of a part of a gauge histogram
rate(countOf(SERVER_CONNECTION_AGE), {}, "5m");
// @ts-expect-error a bucket of a counter
atBound(CLOSES, 1);
// @ts-expect-error a label that the metric does not have
rate(CLOSES, { colour: "red" }, "5m");
// @ts-expect-error a value outside the label's domain
rate(CLOSES, { code: "9999" }, "5m");
// @ts-expect-error a list with a value outside the label's domain
rate(CLOSES, { code: ["1006", "9999"] }, "5m");
// @ts-expect-error none of values outside the label's domain
increase(CLOSES, { code: not("9999") }, "5m");
// @ts-expect-error the bound is not a matcher's business
increase(atBound(CONNECT_DURATION, 1), { le: "1" }, "5m");
// @ts-expect-error a window without a unit
rate(CLOSES, {}, "5");
// @ts-expect-error an offset without a unit
rate(CLOSES, {}, "5m", { offset: "30" });
// @ts-expect-error aggregation by a label that is not there
sumBy(["reason"], rate(CLOSES, {}, "5m"));
// @ts-expect-error a label that an aggregation removed
sumBy(["phase"], sumBy(["code"], rate(CLOSES, {}, "5m")));
// @ts-expect-error counting by a label that Prometheus' gauge of targets does not have
countBy(["app"], up({}));
// @ts-expect-error a counter where a gauge is wanted
gauge(CLOSES, {});
// @ts-expect-error looking back on an expression, which would be a subquery
maxOverTime(byApp, "5m");
// @ts-expect-error a label that a recorded expression does not have
sumBy(["job"], ofApp);
// @ts-expect-error the mean of series that pods come and go with
avgOverTime(gauge(SERVER_CONNECTIONS_ACTIVE, {}), "1h");
// @ts-expect-error releases are of pages, and no server has one
sumBy(["release"], rate(SERVER_CLOSES, {}, "5m"));
// @ts-expect-error a metric of the whole collector, which has no app
sumBy(["app"], gauge(COLLECTOR_SERIES, {}));
// @ts-expect-error nor can it be chosen by one
gauge(COLLECTOR_SERIES, { app: "chat" });
// @ts-expect-error a bound keeps what its histogram has
sumBy(["release"], rate(atBound(SERVER_MESSAGE_DELIVERY, 1), {}, "5m"));
// @ts-expect-error sides that no label matches
divide(byApp, byJob);
// @ts-expect-error a left side with fewer labels: many to one
divide(byApp, byAppAndJob);
// @ts-expect-error a right side with fewer labels: one to many
add(byAppAndJob, byApp);
// @ts-expect-error a whole with other labels than its part
ratio(byApp, byJob);
// @ts-expect-error sides that never compare
compare(byApp, ">", byJob);
// @ts-expect-error sides that never meet
and(byApp, byJob);
// @ts-expect-error a label that only one side has
andOn(["job"], byApp, byJob);
// @ts-expect-error a label that neither side has
unlessOn(["route"], byApp, byAppAndJob);
// @ts-expect-error nothing but numbers is no expression
subtract(1, 2);
// @ts-expect-error a comparison of two numbers needs a bool modifier
compare(1, ">", 2);
// @ts-expect-error what is absent has no labels to match by
and(absent(gauge(SERVER_CONNECTIONS_ACTIVE, {})), byJob);

/* What must compile: the same labels in another order, both sides' labels behind or, sides without labels. */

divide(byAppAndJob, sumBy(["job", "app"], rate(CLOSES, {}, "5m")));
sumBy(["job"], or(byApp, byJob));
sumBy(["app"], or(byApp, byJob));
divide(sumBy([], byApp), sumBy([], byJob));
andOn([], byApp, byJob);
andOn(["app"], byApp, byAppAndJob);
