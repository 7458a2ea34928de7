import type { FaultState } from "./fault-requests.ts";
import type { FaultId, ParametersOf } from "./faults.ts";

/** How a fault is to be; what is left out is as the list says. */
export type FaultWishes<Id extends FaultId> = { readonly seconds?: number } & Partial<ParametersOf<Id>>;

/** The switchboard of a running demo. */
export interface FaultsClient {
  list(): Promise<readonly FaultState[]>;
  turnOn<Id extends FaultId>(id: Id, wishes?: FaultWishes<Id>): Promise<FaultState>;
  turnOff(id: FaultId): Promise<FaultState>;
}

/** A demo did not do what was asked. */
export class FaultsClientError extends Error {
  override readonly name = "FaultsClientError";
  readonly status: number;
  /** As the demo names what was wrong. */
  readonly code: string;

  constructor(status: number, { code, message }: { readonly code: string; readonly message: string }) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** How to speak to a switchboard. */
export interface FaultsClientOptions {
  /** How long an answer may take, in ms: one that a fault of the network holds up comes late or never. Default: any time. */
  readonly timeoutMs?: number;
}

/**
 * Speaks to a demo's switchboard. Every call rejects with a {@link FaultsClientError} when the demo refuses, and with what `fetch`
 * throws when nobody answers.
 *
 * @param baseUrl of the listener with the metrics, or of the page's
 */
export function faultsClient(baseUrl: string, { timeoutMs }: FaultsClientOptions = {}): FaultsClient {
  // The page's listener takes this only from a page of its own.
  const origin = new URL(baseUrl).origin;

  async function ask(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${origin}/faults${path}`, {
      method,
      headers: { origin, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(timeoutMs !== undefined && { signal: AbortSignal.timeout(timeoutMs) }),
    });
    const answer = (await response.json()) as { code: string; message: string };
    if (!response.ok) throw new FaultsClientError(response.status, answer);
    return answer;
  }

  return {
    list: async () => ((await ask("GET", "")) as { faults: readonly FaultState[] }).faults,
    turnOn: async (id, wishes = {}) => (await ask("POST", `/${id}`, wishes)) as FaultState,
    turnOff: async (id) => (await ask("DELETE", `/${id}`)) as FaultState,
  };
}
