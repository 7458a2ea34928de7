import type { ReactElement } from "react";
import type { Measurement } from "./measurements.ts";

interface MeasurementListProps {
  readonly title: string;
  readonly testId: string;
  readonly measurements: readonly Measurement[];
}

/** The latest measurements, the newest on top. */
export function MeasurementList({ title, testId, measurements }: MeasurementListProps): ReactElement {
  return (
    <section className="measurements" data-testid={testId} aria-label={title}>
      <h3>{title}</h3>
      {measurements.length === 0 && <p className="empty">Nothing yet</p>}
      <ol>
        {measurements.map(({ id, at, title: what, detail, tone }) => (
          <li key={id} data-tone={tone}>
            <span className="what">{what}</span>
            <time dateTime={at.toISOString()}>{at.toLocaleTimeString("en-GB")}</time>
            <span className="detail">{detail}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
