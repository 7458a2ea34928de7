import { type Checked, type ComposeRule, ofServices, type Service } from "../compose-file.ts";

/** Whether a container says of itself that it works: in the compose file, or in the stage that it is built from. */
function hasHealthCheck({ healthcheck, build }: Service, { read }: Checked): boolean {
  if (healthcheck !== undefined) return healthcheck.test[0] !== "NONE";
  if (build === undefined) return false;
  const stages = (read(build.dockerfile) ?? "").split(/^(?=FROM )/im);
  const stage = stages.find((text) => new RegExp(`^FROM \\S+ AS ${build.target}$`, "im").test(text)) ?? "";
  return /^HEALTHCHECK /im.test(stage);
}

/** Every service says whether it works. */
export const servicesHaveHealthChecks: ComposeRule = ofServices((service, name, checked) =>
  hasHealthCheck(service, checked)
    ? []
    : [`${name} has no health check; add one here, or HEALTHCHECK to its stage of the Dockerfile.`],
);

/** Whoever is waited for is there, and is waited for until it works. */
export const dependenciesCanBeHealthy: ComposeRule = (checked) =>
  ofServices(({ depends_on = {} }, name) =>
    Object.entries(depends_on).flatMap(([target, { condition }]) => {
      const service = checked.compose.services[target];
      if (service === undefined) return [`${name} depends on ${target}, which is no service.`];
      if (condition !== "service_healthy")
        return [`${name} waits until ${target} is ${condition}; use service_healthy.`];
      return hasHealthCheck(service, checked)
        ? []
        : [`${name} waits until ${target} is healthy, which has no health check.`];
    }),
  )(checked);
