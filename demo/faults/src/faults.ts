import type { Fault, Movement } from "./fault.ts";
import { MESSAGE_FAULTS, type MessageFaultParameters } from "./list/message-faults.ts";
import { NETWORK_FAULTS, type NetworkFaultParameters } from "./list/network-faults.ts";
import { SERVER_FAULTS, type ServerFaultParameters } from "./list/server-faults.ts";
import { SESSION_FAULTS, type SessionFaultParameters } from "./list/session-faults.ts";

/** The names of every fault's parameters, by its id. */
export interface FaultParameters
  extends SessionFaultParameters,
    ServerFaultParameters,
    NetworkFaultParameters,
    MessageFaultParameters {}

/** A fault's name in addresses and in code. */
export type FaultId = keyof FaultParameters;

/** Values of a fault's parameters. */
export type ParametersOf<Id extends FaultId> = Readonly<Record<FaultParameters[Id], number>>;

/** Everything that can be broken on purpose. */
export const FAULTS: { readonly [Id in FaultId]: Fault<FaultParameters[Id]> } = {
  ...SESSION_FAULTS,
  ...SERVER_FAULTS,
  ...NETWORK_FAULTS,
  ...MESSAGE_FAULTS,
};

/** The ids of {@link FAULTS}, in their order. */
export const FAULT_IDS: readonly FaultId[] = Object.keys(FAULTS) as FaultId[];

/** The series that a fault moves, as Prometheus writes it. */
export function seriesOf({ metric, labels }: Movement): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? metric.name : `${metric.name}{${pairs.join(",")}}`;
}
