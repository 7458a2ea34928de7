import {
  type CommandQuestion,
  healthyText,
  type Platform,
  type Question,
  type Step,
  unhealthyText,
} from "@sockscope/alerts";
import { fence, joined } from "./markdown.ts";

const PLATFORM_NAMES: Readonly<Record<Platform, string>> = {
  kubernetes: "In Kubernetes",
  hosts: "On hosts",
};

function readings({ healthy, unit, ifHealthy, ifUnhealthy }: Question | CommandQuestion): string[] {
  return [
    `- **${healthyText(healthy, unit)}** (healthy): ${ifHealthy}`,
    `- **${unhealthyText(healthy, unit)}**: ${ifUnhealthy}`,
  ];
}

/** A question to Prometheus: what it asks, its query, and how its answers are read. */
function questionText(question: Question): string {
  const { asks, query, withoutSeries } = question;
  const none = `- no series (${withoutSeries.verdict}): ${withoutSeries.means}`;
  return joined([`**${asks}**`, fence("promql", query.promql), [...readings(question), none].join("\n")]);
}

/** The same question once more on a page: what its answers mean has been said. */
function questionAgain({ asks, query, healthy, unit }: Question): string {
  return joined([`**${asks}** Healthy is ${healthyText(healthy, unit)}.`, fence("promql", query.promql)]);
}

/** Asks each question in full where it comes first on a page, and briefly from then on. */
export function askedOnce(): (question: Question) => string {
  const asked = new Set<string>();
  return (question) => {
    const isAgain = asked.has(question.id);
    asked.add(question.id);
    return isAgain ? questionAgain(question) : questionText(question);
  };
}

/** A question to a log or to another program. */
export function commandText(question: CommandQuestion): string {
  const { asks, command, saysNothing } = question;
  const nothing =
    saysNothing === undefined
      ? []
      : [
          `- ${saysNothing.answers.join(" or ")} (unknown, also where the range has it): ${saysNothing.means}`,
        ];
  return joined([`**${asks}**`, fence("sh", command), [...readings(question), ...nothing].join("\n")]);
}

/** Something to do, with its command. */
export function stepText({ does, command }: Step): string {
  if (command === undefined) return does;
  if (typeof command === "string") return joined([does, fence("sh", command)]);
  const variants = (Object.keys(PLATFORM_NAMES) as Platform[]).map((platform) =>
    joined([`${PLATFORM_NAMES[platform]}:`, fence("sh", command[platform])]),
  );
  return joined([does, ...variants]);
}

/** A platform by the name that its heading has. */
export function platformName(platform: Platform): string {
  return PLATFORM_NAMES[platform];
}
