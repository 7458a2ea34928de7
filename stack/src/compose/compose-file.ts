import { parse } from "yaml";

/** What our rules read of a service. Everything else is for the schema of the Compose specification to judge. */
export interface Service {
  readonly image?: string;
  readonly build?: { readonly dockerfile: string; readonly target: string };
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly expose?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly read_only?: boolean;
  readonly init?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly mem_limit?: string;
  readonly cpus?: number;
  readonly pids_limit?: number;
  readonly stop_grace_period?: string;
}

/** A compose file, with its anchors resolved. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

/** What a rule sees: the compose file, and the repository that it belongs to. */
export interface Checked {
  readonly compose: ComposeFile;
  /** The text of a file or `directory`; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
}

/** Finds what is wrong, each in a sentence that names the service, the value and what to do. */
export type ComposeRule = (checked: Checked) => readonly string[];

/** Reads a compose file. */
export function composeFile(text: string): ComposeFile {
  return parse(text, { merge: true }) as ComposeFile;
}

/** Asks of every service. */
export function ofServices(
  find: (service: Service, name: string, checked: Checked) => readonly string[],
): ComposeRule {
  return (checked) =>
    Object.entries(checked.compose.services).flatMap(([name, service]) => find(service, name, checked));
}
