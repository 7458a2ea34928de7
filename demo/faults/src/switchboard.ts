import { FAULT_IDS, FAULTS, type FaultId, type ParametersOf } from "./faults.ts";
import type { Requirement } from "./requirements.ts";

/** What a switchboard needs from outside. */
export interface SwitchboardEnvironment {
  /** Runs something once, unless the returned function calls it off. */
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  /** A monotonic clock, in ms: a fault lasts as long as was asked, whatever becomes of the time of day. */
  readonly now: () => number;
}

interface ActiveFault {
  readonly endsAtMs: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly callOff: () => void;
}

/** Says which faults there are at the moment, and ends each after its time: nothing stays broken because somebody forgot it. */
export class Switchboard {
  readonly #environment: SwitchboardEnvironment;
  readonly #active = new Map<FaultId, ActiveFault>();
  readonly #provided = new Set<Requirement>();
  readonly #listeners = new Set<(id: FaultId) => void>();

  constructor(environment: SwitchboardEnvironment) {
    this.#environment = environment;
  }

  /**
   * Begins a fault, or has it last longer: it ends so many seconds from now, unless it was to end later, and never
   * later than its `maxSeconds` from now. The latest parameters count.
   */
  turnOn<Id extends FaultId>(id: Id, seconds: number, parameters: ParametersOf<Id>): void {
    const now = this.#environment.now();
    const before = this.#active.get(id);
    before?.callOff();
    const asked = Math.max(now + seconds * 1000, before?.endsAtMs ?? 0);
    const endsAtMs = Math.min(asked, now + FAULTS[id].maxSeconds * 1000);
    const callOff = this.#environment.schedule(() => this.turnOff(id), Math.round(endsAtMs - now));
    this.#active.set(id, { endsAtMs, parameters, callOff });
    this.#tell(id);
  }

  /** The chat has this, and its faults can break it. */
  provide(what: Requirement): void {
    this.#provided.add(what);
  }

  /** What a fault needs and the chat does not have; undefined where nothing is missing. */
  missing(id: FaultId): Requirement | undefined {
    const { needs } = FAULTS[id];
    return needs !== undefined && !this.#provided.has(needs) ? needs : undefined;
  }

  /** Ends a fault, if it is there. */
  turnOff(id: FaultId): void {
    const active = this.#active.get(id);
    if (active === undefined) return;
    active.callOff();
    this.#active.delete(id);
    this.#tell(id);
  }

  /** Ends every fault. */
  end(): void {
    for (const id of FAULT_IDS) this.turnOff(id);
  }

  /** The parameters of a fault that is there now; undefined for one that is not. */
  active<Id extends FaultId>(id: Id): ParametersOf<Id> | undefined {
    return this.#active.get(id)?.parameters as ParametersOf<Id> | undefined;
  }

  /** How long a fault will last; 0 for one that is not there. */
  remainingSeconds(id: FaultId): number {
    const { endsAtMs = 0 } = this.#active.get(id) ?? {};
    return Math.max(0, endsAtMs - this.#environment.now()) / 1000;
  }

  /** Calls the listener after a fault has begun, changed or ended, until the returned function is called. */
  onChange(listener: (id: FaultId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(id: FaultId): void {
    for (const listener of this.#listeners) listener(id);
  }
}

/** What a fault's parameters are where nobody says. */
export function defaultsOf<Id extends FaultId>(id: Id): ParametersOf<Id> {
  const { parameters } = FAULTS[id];
  const entries = Object.entries(parameters).map(([name, parameter]) => [
    name,
    (parameter as { default: number }).default,
  ]);
  return Object.fromEntries(entries) as ParametersOf<Id>;
}
