/** As much of it as the page uses; it comes without types. */
declare module "phoenix" {
  export class Socket {
    constructor(
      url: string,
      options: {
        transport: typeof WebSocket;
        reconnectAfterMs: (tries: number) => number;
        rejoinAfterMs: (tries: number) => number;
      },
    );
    onClose(listener: (event: CloseEvent) => void): void;
    connect(): void;
    disconnect(done: () => void): void;
    channel(topic: string): { join(): void };
  }
}
