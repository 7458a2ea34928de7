import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  type Panel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import * as stat from "@grafana/grafana-foundation-sdk/stat";
import { type DrillDown, dataLink } from "../links.ts";
import { TOO_FEW } from "./judged.ts";
import { describePanel, NEUTRAL_CONTEXT, type PanelSpec, type PanelText } from "./panel.ts";
import { type ColorStep, thresholds, UNKNOWN } from "./thresholds.ts";

/** One colour, whatever the value. */
const NO_VERDICT: DynamicConfigValue = { id: "color", value: { mode: "fixed", fixedColor: "gray" } };

/** How a big number is shown. */
export interface BigNumberOptions {
  /** Default: the colour of text, which is no verdict. */
  readonly colors?: readonly ColorStep[];
  /** Default: as Grafana sees fit. */
  readonly decimals?: number;
  /** Where a click leads, within Grafana. Default: nowhere. */
  readonly leadsTo?: DrillDown;
  /** Colours the whole panel, so that the verdict is seen from afar. Default: only the figure. */
  readonly isVerdict?: boolean;
}

/**
 * One big value: that of the moment at which the reader looks. Of a range it would be the last there is, so a series that
 * ended would go on showing what it had.
 */
export function bigNumber(
  text: PanelText,
  { colors = [{ color: "text" }], decimals, leadsTo, isVerdict = false }: BigNumberOptions = {},
): PanelSpec {
  const build = (context = NEUTRAL_CONTEXT): Panel => {
    const builder = describePanel(new stat.PanelBuilder(), text, "moment", context)
      .min(0)
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
      .thresholds(thresholds(colors))
      .mappings([UNKNOWN])
      .colorMode(isVerdict ? BigValueColorMode.Background : BigValueColorMode.Value)
      .graphMode(BigValueGraphMode.None);
    if (decimals !== undefined) builder.decimals(decimals);
    // Which app or job is the worst is half of the answer.
    if (text.queries.some(({ legend }) => legend.includes("{{")))
      builder.textMode(BigValueTextMode.ValueAndName);
    if (text.queries.some(({ refId }) => refId === TOO_FEW)) builder.overrideByQuery(TOO_FEW, [NO_VERDICT]);
    if (leadsTo !== undefined) builder.dataLinks([dataLink(leadsTo)]);
    return builder.build();
  };
  return { ...text, build };
}
