import { type Config, OPSGENIE_ENDS, URL_FILE_SINCE } from "@sockscope/config";

/** What works, but not for long or not everywhere: a sentence each, which begins with the setting. */
export function warningsOf({ receivers }: Config): readonly string[] {
  return [...opsgenieWarnings(receivers), ...urlFileWarnings(receivers)];
}

type Receivers = Config["receivers"];

function opsgenieWarnings({ page, ticket }: Receivers): string[] {
  return Object.entries({ page, ticket })
    .filter(([, receiver]) => receiver?.opsgenie !== undefined)
    .map(
      ([name]) =>
        `receivers.${name}.opsgenie: Opsgenie's support ends on ${OPSGENIE_ENDS}; move to its successor, receivers.${name}.jsm`,
    );
}

/** Once for all of them: they meet one Alertmanager. */
function urlFileWarnings({ page, ticket, deadMansSwitch }: Receivers): string[] {
  const settings = Object.entries({
    "page.webhook": page?.webhook,
    "ticket.webhook": ticket?.webhook,
    deadMansSwitch,
  })
    .filter(([, webhook]) => webhook?.urlFile !== undefined)
    .map(([name]) => `receivers.${name}.urlFile`);
  return settings.length === 0
    ? []
    : [
        `${settings.join(", ")}: needs Alertmanager ${URL_FILE_SINCE} or later, an older one refuses the whole configuration; see \`alertmanager --version\``,
      ];
}
