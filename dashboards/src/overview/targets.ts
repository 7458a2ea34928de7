import type { Catalog, Period, Target } from "@sockscope/catalog";
import {
  clampMax,
  compare,
  countEvaluated,
  divide,
  type Expression,
  groupBy,
  labelled,
  largest,
  minBy,
  or,
  orOn,
  rangeSeconds,
  smallest,
  vector,
} from "@sockscope/promql";
import {
  CONNECTIONS_ACTIVE_SUM,
  recorded,
  recordedValue,
  roomLeft,
  SESSIONS_ACTIVE_SUM,
  type Sli,
  slis,
} from "@sockscope/slo";
import type { PanelSpec, Query, Trait } from "../panels/panel.ts";
import { environmentColumns, momentTable, valueField } from "../panels/table.ts";
import type { ColorStep } from "../panels/thresholds.ts";
import { ofChosenApps } from "../windows.ts";

/** With less than a quarter of what is allowed left, somebody should look before the night. */
const LITTLE_ROOM = 0.25;

const ROOM_COLORS: readonly ColorStep[] = [
  { color: "red" },
  { from: 0, color: "orange" },
  { from: LITTLE_ROOM, color: "green" },
];

/** The query by which rows are sorted: the least room first. */
const ORDER = "order";
/** More than all room that there can be: what nobody knows comes last, and not before what is missed. */
const AFTER_ALL = 2;

/** Missed by so much that the figure only says that: a hundred times as much is no other night. */
const FAR_BEYOND = { value: -1, text: "< -100 %" };

/** At so many moments of a target's time is looked for data: to a hundredth of it, about, of which a month has many samples. */
const DATA_PIECES = 96;

/** As a person says what is promised. */
function promise({ objective }: Target): string {
  if (objective.kind === "count") return `at most ${objective.count}`;
  return `${objective.comparison} ${Number((objective.share * 100).toPrecision(12))} %`;
}

/**
 * Where nothing happened there is no share, which else is NaN, and would be the worst of all. Answers to what was written before
 * the target's time are no more than all.
 */
function known<L extends string>({ target: { objective } }: Sli, value: Expression<L>): Expression<L> {
  const some = compare(value, ">=", 0);
  return objective.comparison === "at least" ? clampMax(some, 1) : some;
}

/** Of the apps that the reader chose; of every server, since what is recorded of them is of no app. */
function chosen(sli: Sli): Expression {
  const of = recordedValue(sli);
  return of.labels.includes("app") ? ofChosenApps(of) : of;
}

function worst({ target: { objective } }: Sli, value: Expression): Expression {
  return objective.comparison === "at least" ? smallest(1, value) : largest(1, value);
}

/** One result for each target, told apart by its id. */
function byTarget(those: readonly Sli[], measure: (sli: Sli) => Expression): Expression {
  const [first, ...rest] = those.map((sli): Expression => labelled(measure(sli), "id", sli.target.id));
  if (first === undefined) throw new RangeError("There is no target to show.");
  return rest.reduce((all, one) => or(all, one), first);
}

/** At which share of the moments of a target's time anybody was counted, of the pages or of the connections. */
function dataOf({ target: { per }, value }: Sli): Expression<never> {
  const counted = value.labels.includes("app")
    ? groupBy([], ofChosenApps(recorded(SESSIONS_ACTIVE_SUM)))
    : groupBy([], recorded(CONNECTIONS_ACTIVE_SUM));
  const every: Period = `${Math.ceil(rangeSeconds(per) / 60 / DATA_PIECES)}m`;
  const moments = Math.floor(rangeSeconds(per) / rangeSeconds(every));
  // Where both ends of the time are looked at, there is one moment more.
  return orOn([], clampMax(divide(countEvaluated(counted, per, { every }), moments), 1), vector(0));
}

function room(sli: Sli): Expression<never> {
  return minBy([], roomLeft(sli.target, known(sli, chosen(sli))));
}

function queriesOf(those: readonly Sli[]): Query[] {
  const queries: Readonly<Record<string, (sli: Sli) => Expression>> = {
    promised: ({ target }) =>
      labelled(
        labelled(labelled(vector(1), "target", target.title), "promised", promise(target)),
        "over",
        target.per,
      ),
    now: (sli) => worst(sli, known(sli, chosen(sli))),
    room,
    data: dataOf,
    [ORDER]: (sli) => orOn([], room(sli), vector(AFTER_ALL)),
  };
  return Object.entries(queries).map(([refId, measure]) => ({
    refId,
    expression: byTarget(those, measure),
    legend: "{{id}}",
  }));
}

interface TargetsTable {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly traits: readonly Trait[];
  readonly unit: string;
  readonly decimals: number;
}

function targetsTable(
  catalog: Catalog,
  { decimals, ...text }: TargetsTable,
  those: readonly Sli[],
): PanelSpec {
  return momentTable(
    { ...text, queries: queriesOf(those) },
    {
      joinedBy: "id",
      columns: [
        { field: "target", title: "Target", width: 330 },
        { field: "promised", title: "Promised", width: 130 },
        { field: "over", title: "Over", width: 60 },
        { field: valueField("now"), title: "Now", unit: text.unit, decimals, width: 90 },
        { field: valueField("data"), title: "Data", unit: "percentunit", decimals: 0, width: 70 },
        ...environmentColumns(catalog),
        { field: "app", title: "App", width: 90 },
        { field: "job", title: "Job", width: 120 },
        {
          field: valueField("room"),
          title: "Room left",
          unit: "percentunit",
          decimals: 0,
          colors: ROOM_COLORS,
          bar: { from: 0, to: 1 },
          endsBelow: FAR_BEYOND,
        },
      ],
      sortedBy: { refId: ORDER },
    },
  );
}

const ROOM =
  "Room left is what is left of what is allowed: all of it where nothing went wrong, none at the line, below zero beyond it, and no figure where twice as much went wrong. Data is the share of its time of which there is any: with less than all, the target is measured over less.";

/** Every target: what is promised, what is, and how much room is left. */
export function targets(catalog: Catalog): { readonly shares: PanelSpec; readonly counts: PanelSpec } {
  const all = slis(catalog);
  const isCount = ({ target }: Sli): boolean => target.objective.kind === "count";
  return {
    shares: targetsTable(
      catalog,
      {
        id: 20,
        width: 24,
        height: 12,
        title: "Shares that are promised",
        description: `Each over its own time, whatever the dashboard's is, those over a day as of a minute ago at most, those over weeks as of four, and of the chosen app that is worst; visits and cuts as the servers see them are of every app. Cuts can be more than one a page. ${ROOM} A target without a number had nothing to count, and stands last.`,
        traits: ["may be more than all", "may be less than nothing", "of every app", "of the extreme part"],
        unit: "percentunit",
        decimals: 2,
      },
      all.filter((sli) => !isCount(sli)),
    ),
    counts: targetsTable(
      catalog,
      {
        id: 21,
        width: 24,
        height: 5,
        title: "What must hardly happen",
        description: `How often it happened within a day, as of a minute ago at most, of the chosen app that is worst, or the job, of every app. ${ROOM}`,
        traits: ["may be less than nothing", "counts events", "of every app", "of the extreme part"],
        unit: "short",
        decimals: 0,
      },
      all.filter(isCount),
    ),
  };
}
