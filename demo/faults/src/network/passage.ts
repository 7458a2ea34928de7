import type { Socket } from "node:net";
import type { SwitchboardEnvironment } from "../switchboard.ts";
import type { Weather } from "./weather.ts";

/** How long a side may take to go once the other has gone, in ms: longer than a chat waits for the answer to its close. */
const GRACE_MS = 2_000;

/** One connection through a proxy: the client's socket and the one behind it. */
export class Passage {
  readonly #client: Socket;
  readonly #behind: Socket;
  readonly #schedule: SwitchboardEnvironment["schedule"];
  #weather: Weather = {};
  /** A stream in which bytes are missing makes no sense any more. */
  #hasHole = false;
  #callOffIdle: () => void = () => {};
  #callOffLimit: () => void = () => {};

  constructor(client: Socket, behind: Socket, schedule: SwitchboardEnvironment["schedule"]) {
    this.#client = client;
    this.#behind = behind;
    this.#schedule = schedule;
    this.#lead(client, behind);
    this.#lead(behind, client);
  }

  /** Calls the listener when both sides are gone. */
  onEnd(listener: () => void): void {
    let open = 2;
    const closed = (): void => {
      open -= 1;
      if (open > 0) return;
      this.#callOffIdle();
      this.#callOffLimit();
      listener();
    };
    this.#client.on("close", closed);
    this.#behind.on("close", closed);
  }

  /** The network is like this now. */
  change(weather: Weather): void {
    const wasSwallowing = this.#weather.isSwallowing === true;
    if (weather.lifetimeMs !== this.#weather.lifetimeMs) this.#limitLifetime(weather);
    this.#weather = weather;
    if (wasSwallowing && !weather.isSwallowing && this.#hasHole) this.cut();
    for (const socket of [this.#client, this.#behind]) {
      if (weather.isStalled) socket.pause();
      else socket.resume();
    }
    this.#watchSilence();
  }

  /** Ends both sides without a word. */
  cut(): void {
    this.#client.destroy();
    this.#behind.destroy();
  }

  #lead(from: Socket, to: Socket): void {
    from.on("error", () => {});
    from.on("data", (bytes) => {
      if (this.#loses()) return;
      this.#watchSilence();
      // Whoever does not read is felt by whoever writes, as without a proxy.
      if (!to.write(bytes)) from.pause();
    });
    to.on("drain", () => {
      if (!this.#weather.isStalled) from.resume();
    });
    from.on("end", () => this.#loses() || to.end());
    from.on("close", (hadError) => this.#loses() || (hadError ? to.destroy() : this.#dismiss(to)));
  }

  /** Ends a side, also one that never closes its half: nobody would ever time it out, and it is in nobody's limit. */
  #dismiss(socket: Socket): void {
    if (socket.destroyed) return;
    socket.end();
    socket.once(
      "close",
      this.#schedule(() => socket.destroy(), GRACE_MS),
    );
  }

  #loses(): boolean {
    this.#hasHole ||= this.#weather.isSwallowing === true;
    return this.#weather.isSwallowing === true;
  }

  #limitLifetime({ lifetimeMs }: Weather): void {
    this.#callOffLimit();
    if (lifetimeMs !== undefined) this.#callOffLimit = this.#schedule(() => this.cut(), lifetimeMs);
  }

  #watchSilence(): void {
    this.#callOffIdle();
    const { idleMs } = this.#weather;
    if (idleMs !== undefined) this.#callOffIdle = this.#schedule(() => this.cut(), idleMs);
  }
}
