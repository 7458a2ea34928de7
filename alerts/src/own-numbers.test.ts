import {
  ALERT_THRESHOLDS,
  allTargets,
  type Catalog,
  createCatalog,
  DEFAULT_CATALOG,
  TARGETS,
  type Target,
  type Threshold,
} from "@sockscope/catalog";
import { type Expression, type PromqlNode, partsOf, rangeSeconds } from "@sockscope/promql";
import { RETRYABLE_CLOSES_RATE_5M, recordingGroups, slis } from "@sockscope/slo";
import { describe, expect, it } from "vitest";
import { alerts } from "./index.ts";

/** A number that a deployment chooses instead of the product's. */
interface OwnNumber {
  readonly kind: "thresholds" | "targets";
  /** An alert, or a target. */
  readonly of: string;
  readonly number: string;
  readonly value: number;
}

/** Unlike every number of the product's and, by its position, unlike every other. */
function otherNumber(kind: "share" | "count", position: number): number {
  return kind === "share" ? 0.6 + position / 1000 : 7000 + position;
}

const OWN_THRESHOLDS: readonly OwnNumber[] = Object.entries(ALERT_THRESHOLDS)
  .flatMap(([of, thresholds]) =>
    Object.entries<Threshold>(thresholds).map(([number, { kind }]) => ({ of, number, kind })),
  )
  .map(({ of, number, kind }, position) => ({
    kind: "thresholds",
    of,
    number,
    value: otherNumber(kind, position),
  }));

/** The bound of the target's histogram before the target's own. */
function otherBound({ metrics: [histogram] }: Target, bound: number): number {
  const bounds = histogram !== undefined && "layout" in histogram ? histogram.layout.bounds : [];
  return bounds[bounds.indexOf(bound) - 1] ?? expect.fail();
}

const OWN_OBJECTIVES: readonly OwnNumber[] = allTargets(TARGETS).flatMap((target, position) => {
  const { id: of, objective } = target;
  const own = (number: string, value: number): OwnNumber => ({ kind: "targets", of, number, value });
  const other = OWN_THRESHOLDS.length + position;
  return [
    ...("share" in objective ? [own("share", otherNumber("share", other))] : []),
    ...("count" in objective ? [own("count", otherNumber("count", other))] : []),
    ...("bound" in objective ? [own("bound", otherBound(target, objective.bound))] : []),
  ];
});

function catalogWith(numbers: readonly OwnNumber[]): Catalog {
  const own: Record<OwnNumber["kind"], Record<string, Record<string, number>>> = {
    thresholds: {},
    targets: {},
  };
  for (const { kind, of, number, value } of numbers) own[kind][of] = { ...own[kind][of], [number]: value };
  return createCatalog(own);
}

/** Whatever is measured or alerted on, each under a name of its own. */
function expressionsOf(catalog: Catalog): ReadonlyMap<string, Expression> {
  const alerted = alerts(catalog).map(
    ({ name, severity, labels = {}, expression }) =>
      [[name, severity, ...Object.values(labels)].join(" "), expression] as const,
  );
  const measured = slis(catalog).flatMap(({ target: { id }, value, met }) => [
    [`${id} value`, value] as const,
    [`${id} met`, met] as const,
  ]);
  const recorded = recordingGroups(catalog).flatMap(({ rules }) =>
    rules.map(({ record, expression }) => [record, expression] as const),
  );
  return new Map<string, Expression>([...alerted, ...measured, ...recorded]);
}

const EXPRESSIONS = expressionsOf(DEFAULT_CATALOG);

/** What is another expression because of this number. */
function readersOf(number: OwnNumber): string[] {
  const others = expressionsOf(catalogWith([number]));
  return [...EXPRESSIONS].flatMap(([name, { promql }]) =>
    others.get(name)?.promql === promql ? [] : [name],
  );
}

/** `le=~"30|30\\.0"` names 30, twice. */
function boundsIn(matcher: string): number[] {
  const [, spellings] = /^le=~?"(.*)"$/.exec(matcher) ?? [];
  return spellings?.replaceAll("\\", "").split("|").map(Number) ?? [];
}

/** The numbers of a node without those of its parts. */
function numbersOf(node: PromqlNode): number[] {
  if (node.kind === "number") return [node.value];
  if (node.kind !== "selector") return [];
  const waits = node.offset?.endsWith("s") ? [rangeSeconds(node.offset)] : [];
  return [...node.matchers.flatMap(boundsIn), ...waits];
}

/** The numbers in an expression, those of buckets too, and how long it waits, in seconds, for what can still come. */
function numbersIn(node: PromqlNode): number[] {
  return [...numbersOf(node), ...partsOf(node).flatMap(numbersIn)];
}

/** What stays, whatever is promised: nothing, the whole, the seconds that make a number of a rate, and those of an hour. */
const MEANT_EVERYWHERE: readonly number[] = [
  0,
  1,
  rangeSeconds(RETRYABLE_CLOSES_RATE_5M.range),
  rangeSeconds("1h"),
];

describe("a deployment's own numbers", () => {
  it.each(OWN_THRESHOLDS)("$number of $of is read by its alert, and by no other", (number) => {
    const readers = readersOf(number);
    expect(readers).not.toEqual([]);
    expect(readers.filter((name) => !name.startsWith(`${number.of} `))).toEqual([]);
  });

  it.each(OWN_OBJECTIVES)("$number of $of is read where the target is held to it", (number) => {
    expect(readersOf(number)).toContain(`${number.of} met`);
  });

  it("leave none of the product's in any expression, where all of them are others", () => {
    const others = expressionsOf(catalogWith([...OWN_THRESHOLDS, ...OWN_OBJECTIVES]));
    const left = [...EXPRESSIONS].flatMap(([name, { node }]) => {
      const own = numbersIn((others.get(name) ?? expect.fail(name)).node);
      return numbersIn(node)
        .filter((number) => own.includes(number) && !MEANT_EVERYWHERE.includes(number))
        .map((number) => `${name}: ${number}`);
    });
    expect(left).toEqual([]);
  });
});
