import { type Links, panelUrl, runbookUrl } from "@sockscope/alerts";
import type { Diagnosed } from "./report.ts";
import type { Subject } from "./subjects.ts";

/** Around a moment of the past, in seconds: what led to it, and a little of what followed. */
const [BEFORE, AFTER] = [3600, 900];

function annotated({ firing }: Subject, name: string): string | undefined {
  const urls = firing.flatMap(({ annotations }) => annotations[name] ?? []);
  // As a URL has it: what a terminal or Markdown would obey is escaped in it.
  const known = urls.flatMap((url) => (URL.canParse(url) ? new URL(url) : []));
  return known.find(({ protocol }) => /^https?:$/.test(protocol))?.href;
}

function panelOf({ symptom, labels, firing }: Subject, links: Links): string | undefined {
  const severities = firing.map((one) => one.labels["severity"]);
  const rule = symptom.rules.find(({ severity }) => severities.includes(severity)) ?? symptom.rules[0];
  if (rule === undefined) return undefined;
  const url = new URL(panelUrl(rule, links));
  for (const variable of rule.panel.dashboard.variables) {
    const value = labels[variable];
    if (value !== undefined) url.searchParams.set(`var-${variable}`, value);
  }
  return url.href;
}

function atMoment(url: string, moment: number): string {
  const at = new URL(url);
  at.searchParams.set("from", String((moment - BEFORE) * 1000));
  at.searchParams.set("to", String((moment + AFTER) * 1000));
  return at.href;
}

/**
 * Where to look further: where the alert itself leads, else where the configuration says that pages are.
 *
 * @param past the moment, where it is another than now
 */
export function linksOf(
  subject: Subject,
  links: Links | undefined,
  past: number | undefined,
): Diagnosed["links"] {
  const { symptom } = subject;
  const dashboard =
    annotated(subject, "dashboard_url") ?? (links === undefined ? undefined : panelOf(subject, links));
  return {
    runbook:
      annotated(subject, "runbook_url") ?? (links === undefined ? undefined : runbookUrl(symptom, links)),
    dashboard: dashboard === undefined || past === undefined ? dashboard : atMoment(dashboard, past),
  };
}
