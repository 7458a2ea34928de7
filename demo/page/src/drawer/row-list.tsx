import type { ReactElement } from "react";
import type { DrawerRow } from "./drawer-rows.ts";

interface RowListProps {
  readonly title: string;
  readonly testId: string;
  readonly rows: readonly DrawerRow[];
  /** What is said where there are none. */
  readonly empty: string;
}

/** A list of the drawer. */
export function RowList({ title, testId, rows, empty }: RowListProps): ReactElement {
  return (
    <section className="rows" data-testid={testId}>
      <h3>{title}</h3>
      {rows.length === 0 && <p>{empty}</p>}
      <ol>
        {rows.map(({ key, head, text, detail, time, tone }) => (
          <li key={key} data-tone={tone}>
            <b>{head}</b> <span>{text}</span> <time>{time}</time> <small>{detail}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
