import type { FaultId, FaultState } from "@sockscope/demo/faults";
import type { FaultsClient } from "@sockscope/demo/faults/client";
import { Store } from "../parts/store.ts";
import { cutsRequests } from "./fault-groups.ts";
import {
  type FaultBoardState,
  shownFault,
  UNKNOWN_BOARD,
  withAskedFault,
  withFault,
  withFaults,
} from "./fault-state.ts";
import { refusalOf } from "./refusals.ts";

/** What a board needs from outside. */
export interface FaultBoardEnvironment {
  readonly client: FaultsClient;
  /** The wall clock, in ms since the epoch. */
  readonly now: () => number;
  /** Runs something once, unless the returned function calls it off. */
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  /** Whether somebody may look. */
  readonly isSeen: () => boolean;
}

/** Others switch, too: from a shell, or in another tab. */
const REFRESH_MS = 5_000;
/** While nobody answers, somebody waits for it. */
const RETRY_MS = 1_000;

/** The switchboard as the page sees it, over a network that its own faults may cut. */
export class FaultBoard extends Store<FaultBoardState> {
  readonly #environment: FaultBoardEnvironment;
  #callOff = (): void => {};
  /** An answer to what was asked before a switch was pressed says nothing about that. */
  #presses = 0;

  constructor(environment: FaultBoardEnvironment) {
    super(UNKNOWN_BOARD);
    this.#environment = environment;
  }

  /** Asks for the faults now and from time to time, until the returned function is called. */
  readonly follow = (): (() => void) => {
    let isFollowing = true;
    const refresh = async (): Promise<void> => {
      if (this.#environment.isSeen()) await this.#refresh();
      if (!isFollowing) return;
      const delayMs = this.snapshot().isReachable ? REFRESH_MS : RETRY_MS;
      this.#callOff = this.#environment.schedule(() => void refresh(), delayMs);
    };
    void refresh();
    return () => {
      isFollowing = false;
      this.#callOff();
    };
  };

  /** Turns a fault on. */
  async turnOn(id: FaultId, parameters: Readonly<Record<string, number>>): Promise<void> {
    const before = this.snapshot().faults.find((fault) => fault.id === id);
    this.set(withAskedFault(this.snapshot(), id, parameters, this.#environment.now()));
    const isDone = await this.#ask(id, () => this.#environment.client.turnOn(id, parameters), parameters);
    // The news of a network that is cut is that there is no news.
    const isCut = !this.snapshot().isReachable && cutsRequests(id);
    if (!isDone && !isCut && before) this.set(withFault(this.snapshot(), before));
  }

  /** Turns a fault off; it stays on where nobody answers. */
  async turnOff(id: FaultId): Promise<void> {
    await this.#ask(id, () => this.#environment.client.turnOff(id));
  }

  /** A refusal was read: what it was about is being changed. */
  readonly forgetRefusal = (): void => {
    if (this.snapshot().refusal !== undefined) this.set({ ...this.snapshot(), refusal: undefined });
  };

  async #refresh(): Promise<void> {
    const presses = this.#presses;
    try {
      const faults = await this.#environment.client.list();
      if (presses !== this.#presses) return;
      const now = this.#environment.now();
      this.set(
        withFaults(
          this.snapshot(),
          faults.map((fault) => shownFault(fault, now)),
        ),
      );
    } catch {
      if (presses === this.#presses) this.set({ ...this.snapshot(), isReachable: false });
    }
  }

  /** @returns whether the switchboard did it */
  async #ask(
    id: FaultId,
    question: () => Promise<FaultState>,
    parameters: Readonly<Record<string, number>> = {},
  ): Promise<boolean> {
    this.#presses += 1;
    try {
      const answer = shownFault(await question(), this.#environment.now());
      this.set({ ...withFault(this.snapshot(), answer), isReachable: true, refusal: undefined });
      return true;
    } catch (error) {
      const words = refusalIn(error);
      const fault = this.snapshot().faults.find((known) => known.id === id);
      const refusal = words === undefined || !fault ? undefined : refusalOf(fault, parameters, words);
      this.set({ ...this.snapshot(), isReachable: words !== undefined, refusal });
      return false;
    }
  }
}

/** By its fields: what is thrown by `fetch` has none of them. */
function refusalIn(error: unknown): string | undefined {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  return name === "FaultsClientError" ? `${message} (${code})` : undefined;
}
