/** More lines than anybody tells apart, and as many as a browser draws without stopping. */
export const MOST_SERIES = 300;

/** What this reads of a frame: a series is a field of numbers. */
interface Frame {
  readonly fields: readonly { readonly type: string }[];
}

/** What is drawn of frames, and how many series they have. */
export interface LimitedSeries<F> {
  readonly drawn: F[];
  readonly total: number;
}

const NUMBER = "number";

/** Keeps as many of the first series as are drawn. A frame of which some do not fit keeps its other fields. */
export function limitSeries<F extends Frame>(frames: readonly F[], most = MOST_SERIES): LimitedSeries<F> {
  const drawn: F[] = [];
  let total = 0;
  for (const frame of frames) {
    let index = total;
    const fields = frame.fields.filter(({ type }) => {
      if (type !== NUMBER) return true;
      index += 1;
      return index <= most;
    });
    if (total < most || index === total)
      drawn.push(fields.length === frame.fields.length ? frame : { ...frame, fields });
    total = index;
  }
  return { drawn, total };
}
