import type { ComposeRule } from "./compose-file.ts";
import { addressesAreThere, grafanaKnowsTheInterval, portsAreOnLoopback } from "./rules/addresses.ts";
import { servicesAreConfined } from "./rules/confinement.ts";
import { dependenciesCanBeHealthy, servicesHaveHealthChecks } from "./rules/health.ts";
import { imagesArePinned } from "./rules/images.ts";
import { noSecrets } from "./rules/secrets.ts";
import { mountsExist, volumesAreDeclaredAndUsed } from "./rules/volumes.ts";

/** What a compose file of ours has to be, beyond what the specification says. */
export const COMPOSE_RULES: Readonly<Record<string, ComposeRule>> = {
  imagesArePinned,
  servicesHaveHealthChecks,
  dependenciesCanBeHealthy,
  mountsExist,
  volumesAreDeclaredAndUsed,
  servicesAreConfined,
  portsAreOnLoopback,
  addressesAreThere,
  grafanaKnowsTheInterval,
  noSecrets,
};
