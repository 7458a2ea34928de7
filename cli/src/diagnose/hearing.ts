import { type Question, sideOf } from "@sockscope/alerts";
import { type Catalog, SERVER_CONNECTIONS_ACTIVE, SESSIONS_ACTIVE } from "@sockscope/catalog";
import {
  compare,
  countBy,
  type Expression,
  expression,
  gauge,
  groupBy,
  keepApart,
  type PromqlNode,
  partsOf,
  up,
} from "@sockscope/promql";
import { CONNECTIONS_ACTIVE_SUM, recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import { narrowed, type Outcome } from "./answer.ts";
import type { Labels } from "./prometheus.ts";

/*
 * That a question has no series means what its runbook says only while those are heard who would tell: without them, nothing is seen of
 * anything. What they always tell says whether they are.
 */

/** Somebody whose series questions read, and what is always there while they are heard. */
interface Teller {
  readonly query: Expression;
  /** What it means that it is not there, as a sentence without its full stop. */
  readonly silent: string;
}

interface Tellers {
  readonly client: Teller;
  readonly server: Teller;
  readonly collector: Teller;
  /** Of what is recorded: without its rules, there is nothing, whoever is heard. */
  readonly recorded: { readonly client: Teller; readonly server: Teller };
}

function tellers(catalog: Catalog): Tellers {
  const told = (query: Expression, silent: string): Teller => ({
    query: keepApart(query, catalog.environmentLabels),
    silent,
  });
  const rules = (name: string): string => `the recording rules have nothing of it: there is no ${name}`;
  return {
    client: told(groupBy(["app"], gauge(SESSIONS_ACTIVE, {})), "browsers are not heard"),
    server: told(groupBy(["app", "job"], gauge(SERVER_CONNECTIONS_ACTIVE, {})), "servers are not scraped"),
    collector: told(
      countBy(["job"], compare(up({ job: catalog.jobs.collectors }), "==", 1)),
      "collectors are not scraped",
    ),
    recorded: {
      client: told(recorded(SESSIONS_ACTIVE_SUM), rules(SESSIONS_ACTIVE_SUM.record)),
      server: told(recorded(CONNECTIONS_ACTIVE_SUM), rules(CONNECTIONS_ACTIVE_SUM.record)),
    },
  };
}

function namesIn(node: PromqlNode): readonly string[] {
  return node.kind === "selector" ? [node.name] : partsOf(node).flatMap(namesIn);
}

function isRecorded(name: string): boolean {
  return name.includes(":");
}

/** Who tells of what a question reads; none where that is Prometheus itself, or a process. */
function tellersOf({ query }: Question, catalog: Catalog): readonly Teller[] {
  const { client, server, collector, recorded: ofRules } = tellers(catalog);
  return namesIn(query.node).flatMap((name) => {
    if (catalog.collectorMetrics.some(({ metric }) => metric.name === name)) return [collector];
    const side = sideOf(expression({ kind: "selector", name, matchers: [] }, []), catalog);
    if (side === undefined) return [];
    return [side === "client" ? client : server, ...(isRecorded(name) ? [ofRules[side]] : [])];
  });
}

/** What is asked to know who is heard. */
export function hearingQueries(catalog: Catalog): readonly string[] {
  const { client, server, collector, recorded: ofRules } = tellers(catalog);
  return [client, server, collector, ofRules.client, ofRules.server].map(({ query }) => query.promql);
}

/** Whether those are heard who would tell of a question; undefined where nobody in particular would. */
export type Hearing = "heard" | { readonly silent: string } | undefined;

/**
 * Whether those are heard who would tell of a question.
 *
 * @param of the labels of whom it is asked
 * @param outcomeOf what Prometheus said to each of {@link hearingQueries}
 */
export function hearingOf(
  question: Question,
  of: Labels,
  { catalog, outcomeOf }: { readonly catalog: Catalog; readonly outcomeOf: (promql: string) => Outcome },
): Hearing {
  const asked = tellersOf(question, catalog);
  if (asked.length === 0) return undefined;
  for (const { query, silent } of asked) {
    const outcome = outcomeOf(query.promql);
    if ("failure" in outcome) return { silent: outcome.failure };
    if (narrowed(outcome.samples, of).length === 0) return { silent };
  }
  return "heard";
}
