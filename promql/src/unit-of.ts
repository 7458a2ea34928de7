import type { BinaryNode, BinaryOperator, CallNode, PromqlNode } from "./node.ts";
import { firstName, partsOf } from "./parts-of.ts";

/** What a value is measured in, as powers: seconds a second are `{ seconds: 1, perSecond: 1 }`, a share is all zeros. */
export interface Unit {
  readonly seconds: number;
  readonly bytes: number;
  /** Things that are counted: events, series, observations. */
  readonly count: number;
  /** Values of a histogram that is of neither time nor bytes, such as attempts. */
  readonly value: number;
  /** What a rate divides by: the time in which it happened. */
  readonly perSecond: number;
}

/** Of a quotient of like units. */
export const SHARE: Unit = { seconds: 0, bytes: 0, count: 0, value: 0, perSecond: 0 };
const COUNT: Unit = { ...SHARE, count: 1 };
const SECONDS: Unit = { ...SHARE, seconds: 1 };
const BYTES: Unit = { ...SHARE, bytes: 1 };
const VALUE: Unit = { ...SHARE, value: 1 };

const POWERS = Object.keys(SHARE) as (keyof Unit)[];

/** Whether two values can be added up, or held against each other. */
export function isSameUnit(one: Unit, other: Unit): boolean {
  return POWERS.every((power) => one[power] === other[power]);
}

function combined(left: Unit, right: Unit, sign: 1 | -1): Unit {
  const of = (power: keyof Unit): number => left[power] + sign * right[power];
  return {
    seconds: of("seconds"),
    bytes: of("bytes"),
    count: of("count"),
    value: of("value"),
    perSecond: of("perSecond"),
  };
}

function baseUnit(name: string): Unit | undefined {
  if (name.endsWith("_seconds")) return SECONDS;
  return name.endsWith("_bytes") ? BYTES : undefined;
}

/** Of the rule's name `level:metric:operation`, of which the last says what became of the metric. */
function recordedUnit(metric: string, operation: string): Unit | undefined {
  if (operation.startsWith("ratio")) return SHARE;
  const of = baseUnit(metric) ?? COUNT;
  if (operation.startsWith("rate")) return { ...of, perSecond: 1 };
  return operation === "sum" || operation.startsWith("increase") ? of : undefined;
}

/** What the name of a series says, by the conventions of Prometheus: the base unit, then what it is a part of. */
function nameUnit(name: string): Unit | undefined {
  const [, metric = "", operation = ""] = name.split(":");
  if (operation !== "") return recordedUnit(metric, operation);
  if (name === "ALERTS_FOR_STATE") return SECONDS;
  const [, base = name, part] = /^(.*)_(total|bucket|count|gcount|sum|gsum)$/.exec(name) ?? [];
  const unit = baseUnit(base);
  if (part === "total" || part === undefined) return unit ?? COUNT;
  return part === "sum" || part === "gsum" ? { ...(unit ?? VALUE), count: 1 } : COUNT;
}

/** What the observations of a histogram are measured in, of which a node reads the buckets. */
export function observedUnit(node: PromqlNode): Unit | undefined {
  const name = firstName(node);
  if (name === undefined) return undefined;
  const [, recorded] = name.split(":");
  return baseUnit((recorded ?? name).replace(/_bucket$/, "")) ?? VALUE;
}

function callUnit({ name, args }: CallNode): Unit | undefined {
  const [first] = args;
  if (name === "vector" || name === "absent" || name === "count_over_time") return COUNT;
  if (name === "time" || name === "timestamp") return SECONDS;
  if (first === undefined) return undefined;
  if (name === "exp") return SHARE;
  if (name === "histogram_quantile") return args[1] && observedUnit(args[1]);
  const of = unitOf(first);
  return name === "rate" && of !== undefined ? { ...of, perSecond: of.perSecond + 1 } : of;
}

/** A number has whatever unit it needs, so a product with one may be anything: `rate * 3600` is per hour. */
function binaryUnit({ operator, left, right }: BinaryNode): Unit | undefined {
  const [ofLeft, ofRight] = [unitOf(left), unitOf(right)];
  switch (operator) {
    case "*":
      return isZero(left) ? ofRight : ofLeft && ofRight && combined(ofLeft, ofRight, 1);
    case "/":
      return ofLeft && ofRight && combined(ofLeft, ofRight, -1);
    case "+":
    case "-":
    case "or":
      return ofLeft ?? givenUnit(right);
    default:
      return ofLeft;
  }
}

/** Operators whose sides have to be measured in the same, or their result means nothing. */
const OF_LIKE: readonly BinaryOperator[] = ["+", "-", ">", ">=", "<", "<=", "==", "or"];

/** What a side brings with it; a constant is of whatever the other side is. */
function givenUnit(node: PromqlNode): Unit | undefined {
  return node.kind === "call" && node.name === "vector" ? undefined : unitOf(node);
}

/**
 * The first operator of an expression, the outermost, that adds up, compares or offers as one another what is measured
 * differently; undefined where there is none, or names do not say.
 */
export function mixedUnits(node: PromqlNode): BinaryNode | undefined {
  if (node.kind === "binary" && OF_LIKE.includes(node.operator)) {
    const [left, right] = [givenUnit(node.left), givenUnit(node.right)];
    if (left !== undefined && right !== undefined && !isSameUnit(left, right)) return node;
  }
  return partsOf(node)
    .map(mixedUnits)
    .find((found) => found !== undefined);
}

function isZero(node: PromqlNode): boolean {
  return node.kind === "number" && node.value === 0;
}

/**
 * What the result of an expression is measured in, as far as names by the conventions of Prometheus and PromQL's operators
 * say it; undefined where they do not.
 *
 * See {@link https://prometheus.io/docs/practices/naming/}.
 */
export function unitOf(node: PromqlNode): Unit | undefined {
  switch (node.kind) {
    case "selector":
      return nameUnit(node.name);
    case "call":
      return callUnit(node);
    case "aggregation":
      return node.operator === "count" || node.operator === "group" ? COUNT : unitOf(node.of);
    case "subquery":
      return unitOf(node.of);
    case "binary":
      return binaryUnit(node);
    default:
      return undefined;
  }
}
