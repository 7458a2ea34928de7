import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { USER_FRAME } from "./frames.ts";
import type { Command, Report } from "./messages.ts";

const SCRIPT = fileURLToPath(new URL("./measured-server.js", import.meta.url));

type Usage = Extract<Report, { kind: "usage" }>;

/** A measured server in its process, and the clients of it in this one. */
export class ServerProcess {
  readonly #process: ChildProcess;
  readonly #port: number;
  readonly #clients: WebSocket[] = [];
  #receivedByClients = 0;
  #receivedByServer = 0;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.#port = port;
    process.on("message", (report: Report) => {
      if (report.kind === "received") this.#receivedByServer = report.all;
    });
  }

  static async start(kind: "bare" | "instrumented"): Promise<ServerProcess> {
    const started = fork(SCRIPT, [kind], { execArgv: process.execArgv });
    const [report] = (await once(started, "message")) as [Extract<Report, { kind: "listening" }>];
    return new ServerProcess(started, report.port);
  }

  /** Connects so many clients, some at a time. */
  async connect(clients: number): Promise<void> {
    for (let left = clients; left > 0; left -= 100)
      await Promise.all(Array.from({ length: Math.min(left, 100) }, () => this.#connectOne()));
  }

  /** CPU time of the server, in us, for receiving so many messages from each client. */
  receiving(messages: number): Promise<number> {
    return this.#cpuOf(async () => {
      const all = this.#receivedByServer + messages * this.#clients.length;
      for (let left = messages; left > 0; left -= 20) {
        for (let at = 0; at < Math.min(left, 20); at++)
          for (const client of this.#clients) client.send(USER_FRAME);
        await new Promise(setImmediate);
      }
      while (this.#receivedByServer < all) await once(this.#process, "message");
    });
  }

  /** CPU time of the server, in us, for sending so many messages to each client. */
  sending(messages: number): Promise<number> {
    return this.#cpuOf(async () => {
      const all = this.#receivedByClients + messages * this.#clients.length;
      this.#command({ send: messages });
      while (this.#receivedByClients < all) await new Promise(setImmediate);
    });
  }

  /** What it uses once garbage is collected. */
  settled(): Promise<Usage> {
    return this.#usage("settle");
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.terminate();
    const ended = once(this.#process, "exit");
    this.#process.kill();
    await ended;
  }

  async #connectOne(): Promise<void> {
    const client = new WebSocket(`ws://127.0.0.1:${this.#port}`, { perMessageDeflate: false });
    client.on("message", () => {
      this.#receivedByClients += 1;
    });
    await once(client, "open");
    this.#clients.push(client);
  }

  async #cpuOf(work: () => Promise<void>): Promise<number> {
    const before = await this.#usage("settle");
    await work();
    return (await this.#usage("usage")).cpuUs - before.cpuUs;
  }

  async #usage(command: "settle" | "usage"): Promise<Usage> {
    this.#command(command);
    for (;;) {
      const [report] = (await once(this.#process, "message")) as [Report];
      if (report.kind === "usage") return report;
    }
  }

  #command(command: Command): void {
    this.#process.send(command);
  }
}
