import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";

/** An answer, with its body as text. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What to send. */
export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array | undefined;
}

/** Sends one request on a connection of its own. */
export function send(baseUrl: string, { method = "POST", path, headers = {}, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(new URL(path, baseUrl), { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    })
      .on("error", reject)
      .end(body);
  });
}

/** The `code` in a refusal's body; undefined without a body. */
export function codeOf({ body }: Answer): string | undefined {
  return body === "" ? undefined : (JSON.parse(body) as { code: string }).code;
}
