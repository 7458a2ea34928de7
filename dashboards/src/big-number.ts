import { BigValueGraphMode } from "@grafana/grafana-foundation-sdk/common";
import {
  FieldColorBuilder,
  FieldColorModeId,
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import * as stat from "@grafana/grafana-foundation-sdk/stat";
import { describePanel, type PanelSpec, type PanelText } from "./panel.ts";

/** From which value on a big number has which colour; the first step's `from` is undefined. */
export interface ColorStep {
  readonly from?: number;
  /** A name of Grafana's palette. */
  readonly color: string;
}

function thresholds(steps: readonly ColorStep[]): ThresholdsConfigBuilder {
  const list: Threshold[] = steps.map(({ from, color }) => ({ value: from ?? null, color }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(list);
}

/**
 * One big value: that of the moment at which the reader looks. Of a range it would be the last there is, so a series that
 * ended would go on showing what it had.
 */
export function bigNumber(text: PanelText, colors: readonly ColorStep[] = [{ color: "text" }]): PanelSpec {
  const build = (environmentLabels: readonly string[] = []): Panel =>
    describePanel(new stat.PanelBuilder(), text, { environmentLabels, ofTheMoment: true })
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
      .thresholds(thresholds(colors))
      .graphMode(BigValueGraphMode.None)
      .build();
  return { ...text, build };
}
