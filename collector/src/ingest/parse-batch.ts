import {
  type Batch,
  type CounterDelta,
  type HistogramDelta,
  MAX_DELTA,
  PROTOCOL_VERSION,
} from "@sockscope/catalog/protocol";
import { describeKind, describeValue } from "./describe-value.ts";
import { RequestRefused } from "./request-refused.ts";

/** Where an entry stands. The words for it are put together only when something is wrong with it. */
interface Entry {
  readonly list: "counters" | "histograms";
  readonly position: number;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * A body as a batch: every field present, of its type and within its bounds. Whether names and labels exist is not looked
 * at here. Fields that PROTOCOL.md does not name are ignored.
 *
 * @throws RequestRefused naming the field and what was received
 */
export function parseBatch(body: string): Batch {
  const fields = asFields(parseJson(body));
  checkVersion(fields["version"]);
  const batch: Batch = {
    version: PROTOCOL_VERSION,
    seq: asWholeNumber(fields["seq"], "seq", 1, Number.MAX_SAFE_INTEGER),
    closed_ms_ago: asNumberFromZero(fields["closed_ms_ago"], "closed_ms_ago"),
    counters: asList(fields["counters"], "counters").map(parseCounter),
    histograms: asList(fields["histograms"], "histograms").map(parseHistogram),
  };
  return isTrue(fields["leaving"], "leaving") ? { ...batch, leaving: true } : batch;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    const refusal = (received: string): string => `the body is ${received}; send a batch as JSON`;
    throw new RequestRefused("SOCKSCOPE_ERR_JSON", refusal(describeValue(body)), refusal(describeKind(body)));
  }
}

function checkVersion(version: unknown): void {
  if (version === PROTOCOL_VERSION) return;
  const refusal = (received: string): string =>
    `version is ${received}; this collector speaks ${PROTOCOL_VERSION}`;
  throw new RequestRefused(
    "SOCKSCOPE_ERR_VERSION",
    refusal(describeValue(version)),
    refusal(describeKind(version)),
  );
}

function parseCounter(value: unknown, position: number): CounterDelta {
  const entry: Entry = { list: "counters", position };
  const fields = asFields(value, undefined, entry);
  return {
    name: asText(fields["name"], "name", entry),
    labels: asLabels(fields["labels"], entry),
    delta: asWholeNumber(fields["delta"], "delta", 1, MAX_DELTA, entry),
  };
}

function parseHistogram(value: unknown, position: number): HistogramDelta {
  const entry: Entry = { list: "histograms", position };
  const fields = asFields(value, undefined, entry);
  return {
    name: asText(fields["name"], "name", entry),
    labels: asLabels(fields["labels"], entry),
    layout: asText(fields["layout"], "layout", entry),
    counts: asCounts(fields["counts"], entry),
    sum: asNumberFromZero(fields["sum"], "sum", entry),
  };
}

function asCounts(value: unknown, entry: Entry): number[] {
  const counts = asList(value, "counts", entry) as number[];
  let observed = false;
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    if (!isWholeNumber(counts[bucket], 0, MAX_DELTA)) {
      throw malformed(`counts[${bucket}]`, entry, counts[bucket], wholeNumber(0, MAX_DELTA));
    }
    observed ||= counts[bucket] !== 0;
  }
  if (!observed) throw malformed("counts", entry, value, "a list with at least one observation");
  return counts;
}

/** `JSON.parse` makes `__proto__` an ordinary own property, so own keys are all there is to check. */
function asLabels(value: unknown, entry: Entry): Readonly<Record<string, string>> {
  const labels = asFields(value, "labels", entry);
  for (const name of Object.keys(labels)) asText(labels[name], "labels", entry);
  return labels as Readonly<Record<string, string>>;
}

function asFields(value: unknown, field?: string, entry?: Entry): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw malformed(field, entry, value, "an object");
}

function asList(value: unknown, field: string, entry?: Entry): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(field, entry, value, "a list");
}

function asText(value: unknown, field: string, entry: Entry): string {
  if (typeof value === "string") return value;
  throw malformed(field, entry, value, "text");
}

/** Of a field that is true or not there; JSON cannot say undefined. */
function isTrue(value: unknown, field: string): boolean {
  if (value === undefined || value === true) return value === true;
  throw malformed(field, undefined, value, "true, or leave it out");
}

/** JSON can say 1e999, which is infinite. */
function asNumberFromZero(value: unknown, field: string, entry?: Entry): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw malformed(field, entry, value, "a number from 0");
}

function asWholeNumber(value: unknown, field: string, least: number, most: number, entry?: Entry): number {
  if (isWholeNumber(value, least, most)) return value;
  throw malformed(field, entry, value, wholeNumber(least, most));
}

function isWholeNumber(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

function wholeNumber(least: number, most: number): string {
  return `a whole number from ${least} to ${most}`;
}

function malformed(
  field: string | undefined,
  entry: Entry | undefined,
  value: unknown,
  expected: string,
): RequestRefused {
  const place = entry === undefined ? [] : [`${entry.list}[${entry.position}]`];
  const where = [...place, ...(field === undefined ? [] : [field])].join(".") || "the batch";
  const refusal = (received: string): string => `${where} is ${received}; send ${expected}`;
  return new RequestRefused(
    "SOCKSCOPE_ERR_BATCH",
    refusal(describeValue(value)),
    refusal(describeKind(value)),
  );
}
