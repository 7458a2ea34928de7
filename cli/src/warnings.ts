import { type Config, OPSGENIE_ENDS } from "@sockscope/config";

/** What works today and will not for long: a sentence each, which begins with the setting. */
export function warningsOf({ receivers: { page, ticket } }: Config): readonly string[] {
  return Object.entries({ page, ticket })
    .filter(([, receiver]) => receiver?.opsgenie !== undefined)
    .map(
      ([name]) =>
        `receivers.${name}.opsgenie: Opsgenie's support ends on ${OPSGENIE_ENDS}; move to its successor, receivers.${name}.jsm`,
    );
}
