import { AnnotationQueryBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  type Catalog,
  CLOSES,
  type CloseCodeLabel,
  closeCodeLabel,
  type Period,
  SERVER_CLOSE_CODES,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import {
  chooseBy,
  compare,
  type Expression,
  firingAlerts,
  gauge,
  increase,
  maxBy,
  maxEvaluated,
  maxOverTime,
  rangeInWords,
  sumBy,
  unlessOn,
} from "@sockscope/promql";
import { FAULTS } from "./our-alerts.ts";
import { DATASOURCE } from "./panels/panel.ts";
import { APP } from "./windows.ts";

/** What a drain closes connections for: a deploy, as a rule. */
const DRAIN: CloseCodeLabel = closeCodeLabel(SERVER_CLOSE_CODES.restart);

/** So long a release must not have been there to be new: after a quiet night or weekend, it is not. */
const NOT_THERE_FOR: Period = "7d";
/** What is looked at of that time, piece by piece, so that each sample is read once and not at every point. */
const PIECE: Period = "1h";

/** Something that happened, marked in every graph. */
interface Mark {
  readonly name: string;
  /** A name of Grafana's palette. */
  readonly color: string;
  readonly expression: Expression;
  /** What happened, with `{{label}}`. */
  readonly title: string;
  readonly text: string;
}

function firing(severity: "page" | "ticket"): Expression {
  return maxBy(["alertname", "severity", "app", "job"], firingAlerts({ alertname: FAULTS, severity }));
}

const RELEASES: Mark = {
  name: "Releases",
  color: "blue",
  expression: unlessOn(
    ["app", "release"],
    compare(sumBy(["app", "release"], gauge(SESSIONS_ACTIVE, APP)), ">", 0),
    compare(
      maxEvaluated(
        maxBy(["app", "release"], maxOverTime(gauge(SESSIONS_ACTIVE, APP), PIECE)),
        NOT_THERE_FOR,
        { every: PIECE, offset: "5m" },
      ),
      ">",
      0,
    ),
  ),
  title: "Release {{release}} of {{app}}",
  text: `Its first sessions in ${rangeInWords(NOT_THERE_FOR)}.`,
};

function marks({ hasReleases }: Catalog): readonly Mark[] {
  return [
    {
      name: "Pages",
      color: "red",
      expression: firing("page"),
      title: "{{alertname}}",
      text: "Somebody is woken up.",
    },
    {
      name: "Tickets",
      color: "orange",
      expression: firing("ticket"),
      title: "{{alertname}}",
      text: "It waits for the morning.",
    },
    {
      name: "Planned restarts",
      color: "blue",
      // As browsers count it: a server that drains is gone before it is scraped again.
      expression: compare(
        sumBy(["app"], increase(CLOSES, { ...APP, phase: "opened", code: DRAIN }, "$__rate_interval")),
        ">",
        0,
      ),
      title: "Planned restart of {{app}}",
      text: "Servers closed their connections to be restarted: a deploy, as a rule.",
    },
    ...(hasReleases ? [RELEASES] : []),
  ];
}

/** What every graph of a dashboard is marked with. */
export function annotations(
  catalog: Catalog,
  environmentLabels: readonly string[],
): readonly AnnotationQueryBuilder[] {
  return marks(catalog).map(({ name, color, expression, title, text }) =>
    new AnnotationQueryBuilder()
      .name(name)
      .datasource(DATASOURCE)
      .enable(true)
      .hide(false)
      .iconColor(color)
      .expr(chooseBy(expression, environmentLabels).promql)
      .titleFormat(title)
      .textFormat(text)
      // A label that is not there would be its own name in a text; as a tag it is none.
      .tagKeys("app,job,evidence")
      .useValueForTime(false),
  );
}
