import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A TCP connection for requests that no HTTP client would send. */
export function openConnection(baseUrl: string): Socket {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Sends these bytes, and collects what comes back until the server closes the connection. */
export function sendRaw(baseUrl: string, bytes: string | Uint8Array): Promise<string> {
  const socket = openConnection(baseUrl);
  return new Promise((resolve, reject) => {
    let received = "";
    socket.setEncoding("utf8").on("data", (chunk) => {
      received += chunk;
    });
    socket.on("error", reject).on("close", () => resolve(received));
    socket.write(bytes);
  });
}
