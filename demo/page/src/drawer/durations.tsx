import type { ReactElement } from "react";
import { measuredWords } from "../parts/time-words.ts";

interface DurationsProps {
  /** Of connections that ended, the latest last. */
  readonly seconds: readonly number[];
  /** Undefined while there are none. */
  readonly p95Seconds: number | undefined;
}

/** How long connections lasted: a bar each, the latest at the right, and the same in words. */
export function Durations({ seconds, p95Seconds }: DurationsProps): ReactElement {
  const longest = Math.max(...seconds, 0.001);
  const latest = seconds.slice(-3).reverse().map(measuredWords);
  return (
    <section className="rows" data-testid="durations">
      <h3>How long connections lasted</h3>
      {p95Seconds === undefined ? (
        <p>No connection has ended.</p>
      ) : (
        <>
          <div className="bars" aria-hidden="true">
            {seconds.map((duration, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is nothing but its place and its height
              <i key={index} style={{ height: `${Math.max(4, (100 * duration) / longest)}%` }} />
            ))}
          </div>
          <p>
            Of {seconds.length}, 95 % lasted no longer than {measuredWords(p95Seconds)}. The latest:{" "}
            {latest.join(", ")}.
          </p>
        </>
      )}
    </section>
  );
}
