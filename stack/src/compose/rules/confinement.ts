import { type ComposeRule, ofServices, type Service } from "../compose-file.ts";

/** A number, because a name is looked up in the image, where it may be root's. */
const NOT_ROOT = /^[1-9]\d*:\d+$/;

/** What every service has to say of itself, and what is missing when it does not. */
const REQUIRED: readonly (readonly [is: (service: Service) => boolean, advice: string])[] = [
  [({ user = "" }) => NOT_ROOT.test(user), 'runs as root or as whoever its image says; add user: "UID:GID"'],
  [({ read_only }) => read_only === true, "can write its image; add read_only: true and a tmpfs"],
  [({ cap_drop = [] }) => cap_drop.includes("ALL"), "has capabilities; add cap_drop: [ALL]"],
  [
    ({ security_opt = [] }) => security_opt.includes("no-new-privileges:true"),
    "may gain privileges; add security_opt: [no-new-privileges:true]",
  ],
  [({ privileged }) => privileged !== true, "is privileged; take that away"],
  [({ init }) => init === true, "has no init to reap what its processes leave; add init: true"],
  [({ mem_limit }) => mem_limit !== undefined, "may take all memory; add mem_limit"],
  [({ cpus }) => cpus !== undefined, "may take all processors; add cpus"],
  [({ pids_limit }) => pids_limit !== undefined, "may start any number of processes; add pids_limit"],
  [
    ({ stop_grace_period }) => stop_grace_period !== undefined,
    "has Compose's ten seconds to end; say in stop_grace_period how long it may take",
  ],
];

/** No service has rights or means that it does not need. */
export const servicesAreConfined: ComposeRule = ofServices((service, name) =>
  REQUIRED.filter(([is]) => !is(service)).map(([, advice]) => `${name} ${advice}.`),
);
