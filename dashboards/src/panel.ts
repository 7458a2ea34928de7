import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { chooseBy, type Expression } from "@sockscope/promql";
import type { PanelSize } from "./grid.ts";

/** The data source that is chosen in the dashboard; never one that only our Grafana has. */
export const DATASOURCE: { type: string; uid: string } = { type: "prometheus", uid: `\${datasource}` };

/** One query of a panel. */
export interface Query<L extends string = string> {
  readonly expression: Expression<L>;
  /** The series' name; `{{code}}` stands for a label of the expression. */
  readonly legend: string;
}

/** What every panel says about itself. */
export interface PanelText extends PanelSize {
  /** Alerts link to it: never changes, never reused within the dashboard. */
  readonly id: number;
  readonly title: string;
  /** What it shows and what a bad picture looks like. */
  readonly description: string;
  /** A unit of Grafana's, such as `s` or `cps`. */
  readonly unit: string;
  readonly queries: readonly Query[];
}

/** A panel that is ready to be built into a dashboard. */
export interface PanelSpec extends PanelText {
  /** @param environmentLabels labels by whose variables the dashboard chooses. Default: none */
  build(environmentLabels?: readonly string[]): Panel;
}

const REF_IDS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** What the builders of all panels have in common. */
interface PanelBuilder {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: typeof DATASOURCE): this;
  unit(unit: string): this;
  min(min: number): this;
  targets(targets: DataqueryBuilder[]): this;
}

/** How a panel asks. */
interface Asking {
  readonly environmentLabels: readonly string[];
  /** Asks for the value of the moment instead of its course. Default: no. */
  readonly ofTheMoment?: boolean;
}

function targets(
  queries: readonly Query[],
  { environmentLabels, ofTheMoment = false }: Asking,
): DataqueryBuilder[] {
  return queries.map(({ expression, legend }, index) => {
    const query = new DataqueryBuilder()
      .datasource(DATASOURCE)
      .refId(REF_IDS.charAt(index))
      .expr(chooseBy(expression, environmentLabels).promql)
      .legendFormat(legend);
    return ofTheMoment ? query.instant() : query.range();
  });
}

/** Gives a builder what its panel says about itself, and an axis that begins at zero. */
export function describePanel<B extends PanelBuilder>(builder: B, text: PanelText, asking: Asking): B {
  return builder
    .id(text.id)
    .title(text.title)
    .description(text.description)
    .datasource(DATASOURCE)
    .unit(text.unit)
    .min(0)
    .targets(targets(text.queries, asking));
}
