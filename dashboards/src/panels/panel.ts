import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import type { AlertName } from "@sockscope/catalog";
import { chooseBy, type Expression } from "@sockscope/promql";
import type { PanelSize } from "../grid.ts";
import { type DashboardLinks, EXAMPLE_DASHBOARD_LINKS, runbookLinks } from "../links.ts";

/** The data source that is chosen in the dashboard; never one that only our Grafana has. */
export const DATASOURCE: { type: string; uid: string } = { type: "prometheus", uid: `\${datasource}` };

/** One query of a panel. */
export interface Query<L extends string = string> {
  /** Names the query within its panel: never changes, so that what refers to it survives an edit. Letters, digits and `_`. */
  readonly refId: string;
  readonly expression: Expression<L>;
  /** The series' name; `{{code}}` stands for a label of the expression. */
  readonly legend: string;
  /**
   * Its moments are no closer to each other, and `$__rate_interval` is four times as long at least. Default: as close as
   * there are pixels, or as Prometheus scrapes.
   */
  readonly leastStepSeconds?: number;
}

/**
 * What a panel's numbers may be that others of its unit are not, or of whom. Whoever checks panels goes by these; a reader by
 * the description.
 *
 * - `may be more than all`: a share of which the part may happen twice to the same of the whole
 * - `may be less than nothing`: what is left of an allowance
 * - `counts events`: of which none is known as soon as anybody could report one, also where it is shown as a share
 * - `of who is there`: a share of connections or pages, so that none of them is known as soon as there are some
 * - `of every app`: whatever the reader chose
 * - `of the extreme part`: the worst or longest of several, which is no sum of them
 */
export type Trait =
  | "may be more than all"
  | "may be less than nothing"
  | "counts events"
  | "of who is there"
  | "of every app"
  | "of the extreme part";

/** What every panel says about itself. */
export interface PanelText extends PanelSize {
  /** Alerts link to it: never changes, never reused within the dashboard. */
  readonly id: number;
  readonly title: string;
  /** What it shows, of whom, within which time, and what a bad picture looks like: sentences. */
  readonly description: string;
  /** A unit of Grafana's, such as `s` or `cps`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Default: none. */
  readonly traits?: readonly Trait[];
  /**
   * At how many moments it is asked for at most. What a bar or a cell says of is as long as their distance, so that nothing
   * falls between them. Default: as many as it has pixels.
   */
  readonly moments?: number;
  /** Alerts that lead here, whose runbooks it links. Default: none. */
  readonly alerts?: readonly AlertName[];
  /**
   * When it rightly has nothing to show, as the end of "No data where ...". Without it, something is due as soon as anybody
   * is connected.
   */
  readonly emptyWhere?: string;
}

/** What a panel is built for. */
export interface PanelContext {
  /** Labels by whose variables the dashboard chooses. */
  readonly environmentLabels: readonly string[];
  readonly links: DashboardLinks;
}

/** One environment, and addresses that lead nowhere. */
export const NEUTRAL_CONTEXT: PanelContext = { environmentLabels: [], links: EXAMPLE_DASHBOARD_LINKS };

/** A panel that is ready to be built into a dashboard. */
export interface PanelSpec extends PanelText {
  /** @param context default: one environment, and addresses that lead nowhere */
  build(context?: PanelContext): Panel;
}

/** What the builders of all panels have in common. */
interface PanelBuilder {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: typeof DATASOURCE): this;
  unit(unit: string): this;
  noValue(text: string): this;
  targets(targets: DataqueryBuilder[]): this;
  maxDataPoints(moments: number): this;
}

/** A bar, or a cell, that a reader tells from the next one is some seven pixels wide: so many are in a column of the grid. */
const BARS_OF_A_COLUMN = 10;

/** At how many moments bars or cells are asked for: more would only be thinner, and cost as much each. */
export function bars({ width }: PanelSize): number {
  return width * BARS_OF_A_COLUMN;
}

/** What a panel asks for: values over time, the value of the moment, a table of the moment, or buckets over time. */
export type Asking = "course" | "moment" | "table" | "buckets";

const FORMATS: Readonly<Record<Asking, PromQueryFormat>> = {
  course: PromQueryFormat.TimeSeries,
  moment: PromQueryFormat.TimeSeries,
  table: PromQueryFormat.Table,
  buckets: PromQueryFormat.Heatmap,
};

function target(
  { refId, expression, legend, leastStepSeconds }: Query,
  asking: Asking,
  context: PanelContext,
): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .datasource(DATASOURCE)
    .refId(refId)
    .expr(chooseBy(expression, context.environmentLabels).promql)
    .legendFormat(legend)
    .format(FORMATS[asking]);
  if (leastStepSeconds !== undefined) query.interval(`${leastStepSeconds}s`);
  // Of a range, a number or a table would show the last value that there was, also of a series that has ended.
  return asking === "moment" || asking === "table" ? query.instant() : query.range();
}

function descriptionOf({ description, emptyWhere, alerts = [] }: PanelText, { links }: PanelContext): string {
  const empty = emptyWhere === undefined ? "" : ` No data where ${emptyWhere}.`;
  return `${description}${empty}\n\n${runbookLinks(alerts, links)}`;
}

/** Gives a builder what its panel says about itself and asks for. */
export function describePanel<B extends PanelBuilder>(
  builder: B,
  text: PanelText,
  asking: Asking,
  context: PanelContext,
): B {
  if (text.moments !== undefined) builder.maxDataPoints(text.moments);
  return builder
    .id(text.id)
    .title(text.title)
    .description(descriptionOf(text, context))
    .datasource(DATASOURCE)
    .unit(text.unit)
    .noValue("no data")
    .targets(text.queries.map((query) => target(query, asking, context)));
}
