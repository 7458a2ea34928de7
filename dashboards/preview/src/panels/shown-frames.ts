import { type DataFrame, type Field, FieldType } from "@grafana/data";

function hasNumber({ values }: Field): boolean {
  return values.some((value) => typeof value === "number" && Number.isFinite(value));
}

/** Frames of which something can be seen: those in which a field of numbers has one, or a text is. */
export function shownFrames(frames: readonly DataFrame[]): DataFrame[] {
  return frames.filter(({ fields }) => {
    const numbers = fields.filter(({ type }) => type === FieldType.number);
    return numbers.length === 0 ? fields.some(({ values }) => values.length > 0) : numbers.some(hasNumber);
  });
}
