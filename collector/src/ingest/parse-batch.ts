import {
  type Batch,
  type CounterDelta,
  type HistogramDelta,
  MAX_DELTA,
  PROTOCOL_VERSION,
} from "@sockscope/catalog/protocol";
import { describeValue } from "./describe-value.ts";
import { RequestRefused } from "./request-refused.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A body as a batch: every field present, of its type and within its bounds. Whether names and labels exist is not looked
 * at here. Fields that PROTOCOL.md does not name are ignored.
 *
 * @throws RequestRefused naming the field and what was received
 */
export function parseBatch(body: string): Batch {
  const fields = asFields(parseJson(body), "the batch");
  checkVersion(fields["version"]);
  return {
    version: PROTOCOL_VERSION,
    seq: asWholeNumber(fields["seq"], "seq", 1, Number.MAX_SAFE_INTEGER),
    closed_ms_ago: asNumberFromZero(fields["closed_ms_ago"], "closed_ms_ago"),
    counters: asList(fields["counters"], "counters").map(parseCounter),
    histograms: asList(fields["histograms"], "histograms").map(parseHistogram),
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RequestRefused(
      "SOCKSCOPE_ERR_JSON",
      `the body is ${describeValue(body)}; send a batch as JSON`,
    );
  }
}

function checkVersion(version: unknown): void {
  if (version === PROTOCOL_VERSION) return;
  throw new RequestRefused(
    "SOCKSCOPE_ERR_VERSION",
    `version is ${describeValue(version)}; this collector speaks ${PROTOCOL_VERSION}`,
  );
}

function parseCounter(value: unknown, position: number): CounterDelta {
  const where = `counters[${position}]`;
  const fields = asFields(value, where);
  return {
    name: asText(fields["name"], `${where}.name`),
    labels: asLabels(fields["labels"], `${where}.labels`),
    delta: asWholeNumber(fields["delta"], `${where}.delta`, 1, MAX_DELTA),
  };
}

function parseHistogram(value: unknown, position: number): HistogramDelta {
  const where = `histograms[${position}]`;
  const fields = asFields(value, where);
  return {
    name: asText(fields["name"], `${where}.name`),
    labels: asLabels(fields["labels"], `${where}.labels`),
    layout: asText(fields["layout"], `${where}.layout`),
    counts: asCounts(fields["counts"], `${where}.counts`),
    sum: asNumberFromZero(fields["sum"], `${where}.sum`),
  };
}

function asCounts(value: unknown, where: string): number[] {
  const counts = asList(value, where).map((count, i) => asWholeNumber(count, `${where}[${i}]`, 0, MAX_DELTA));
  if (counts.every((count) => count === 0))
    throw malformed(where, value, "a list with at least one observation");
  return counts;
}

/** `JSON.parse` makes `__proto__` an ordinary own property, so own keys are all there is to check. */
function asLabels(value: unknown, where: string): Readonly<Record<string, string>> {
  const labels = asFields(value, where);
  for (const name of Object.keys(labels)) asText(labels[name], where);
  return labels as Readonly<Record<string, string>>;
}

function asFields(value: unknown, where: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw malformed(where, value, "an object");
}

function asList(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(where, value, "a list");
}

function asText(value: unknown, where: string): string {
  if (typeof value === "string") return value;
  throw malformed(where, value, "text");
}

/** JSON can say 1e999, which is infinite. */
function asNumberFromZero(value: unknown, where: string): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw malformed(where, value, "a number from 0");
}

function asWholeNumber(value: unknown, where: string, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw malformed(where, value, `a whole number from ${least} to ${most}`);
}

function malformed(where: string, value: unknown, expected: string): RequestRefused {
  return new RequestRefused("SOCKSCOPE_ERR_BATCH", `${where} is ${describeValue(value)}; send ${expected}`);
}
