import { describe, expect, it } from "vitest";
import { reportAsMarkdown } from "./as-markdown.ts";
import type { Report } from "./report.ts";
import { diagnosisOf, FELT, firing } from "./testing/made-up.test-support.ts";

const LINKS = { runbook: "https://wiki.example/a b.md", dashboard: "https://grafana.example/d/x?y=1" };

function reportOf(pod: string, changed: Partial<Report> = {}): Report {
  const diagnosis = diagnosisOf(
    {
      ...FELT,
      third: 2,
      early: [
        [{ pod }, 2],
        [{ pod: "b" }, 0],
      ],
    },
    { labels: { app: "chat" }, firing: [firing({ app: "chat" })] },
  );
  const diagnoses = [{ diagnosis, links: LINKS }];
  return {
    prometheus: "http://p.example",
    moment: 1600,
    isPast: false,
    notes: [],
    isKnown: true,
    diagnoses,
    ...changed,
  };
}

describe("a report for an incident channel", () => {
  it("has headline, moment, links, evidence and what to do next", () => {
    expect(reportAsMarkdown(reportOf("a"))).toMatchInlineSnapshot(`
      "### WsAuthCloseSpike \`app=chat\`: The likeliest cause: The third one.

      🔴 **unhealthy** · page, firing for 10 min, since 1970-01-01 00:16:40 UTC · asked of \`http://p.example\` as of 1970-01-01 00:26:40 UTC

      [Runbook](<https://wiki.example/a b.md>) · [Dashboard](<https://grafana.example/d/x?y=1>)

      **Users:** Users wait.

      | verdict | value | healthy | question | means |
      |---|---|---|---|---|
      | 🔴 **unhealthy** | 2 | at most 1 | How is real? | real is not well. |
      | 🔴 **unhealthy** | 2 | at most 1 | How is sessions? | sessions is not well. |
      | 🔴 **unhealthy** | 2 \`pod=a\`, 0 \`pod=b\` | at most 1 | How is early? | early is not well. |

      | verdict | cause | value | question |
      |---|---|---|---|
      | 🟢 ruled out | The first one | 0 (healthy is at most 1) | How is first? |
      | 🟢 ruled out | The second one | 0 (healthy is at most 1) | How is second? |
      | 🔴 **confirmed** | The third one | 2 (healthy is at most 1) | How is third? |

      #### Next: The third one

      It shows as third. third is not well.

      1. Mend the third.

      It worked when this is at most 1, and now is 2: How is real?"
    `);
  });

  it("takes nothing in a label for markup", () => {
    const text = reportAsMarkdown(reportOf("`|<script>@here\nx"));
    expect(text).toContain("`pod='\\|&lt;script>@here x`");
  });

  it("says what there is to know where nothing was diagnosed", () => {
    expect(reportAsMarkdown(reportOf("a", { diagnoses: [], notes: ["No alert of Sockscope fires."] }))).toBe(
      "Asked of `http://p.example` as of 1970-01-01 00:26:40 UTC.\n\nNo alert of Sockscope fires.",
    );
  });
});
