import { type Config, OPSGENIE_ENDS, URL_FILE_SINCE } from "@sockscope/config";

/** What works today and will not for long. */
function ending({ receivers: { page, ticket } }: Config): readonly string[] {
  return Object.entries({ page, ticket })
    .filter(([, receiver]) => receiver?.opsgenie !== undefined)
    .map(
      ([name]) =>
        `receivers.${name}.opsgenie: Opsgenie's support ends on ${OPSGENIE_ENDS}; move to its successor, receivers.${name}.jsm`,
    );
}

/** Once for all of them: they meet one Alertmanager. */
function tooNew({ receivers: { page, ticket, deadMansSwitch } }: Config): readonly string[] {
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

/** Whoever leaves out the Watchdog has decided that nobody waits for it. */
function unwatched({ receivers, alerts }: Config): readonly string[] {
  return receivers.deadMansSwitch !== undefined || alerts.Watchdog?.on === false
    ? []
    : [
        "receivers.deadMansSwitch: is not set, so nobody learns when Prometheus or Alertmanager is gone; name one, or leave the alert out with alerts.Watchdog.on",
      ];
}

/** Which files are not written, for want of what they would say. */
function leftOut({ links, scrape }: Config): readonly string[] {
  return [
    ...(links?.prometheus === undefined
      ? [
          "links.prometheus: is not set, so grafana/datasource.yml and alerts-grafana/ are left out: Grafana would not know whom to ask",
        ]
      : []),
    ...(scrape === undefined
      ? ["scrape: is not set, so prometheus/scrape.yml is left out: Prometheus would not know whom to scrape"]
      : []),
  ];
}

/** What those who operate the service should know of a configuration that is right: a sentence each, which begins with the setting. */
export function warningsOf(config: Config): readonly string[] {
  return [ending, tooNew, unwatched, leftOut].flatMap((of) => of(config));
}
