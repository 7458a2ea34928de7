/** What the page needs to start the SDK, as the demo's server tells it. */
export interface PageConfig {
  /** The base URL of the collector. */
  readonly collector: string;
  /** The app's name in the collector's configuration. */
  readonly app: string;
}

/** Asks for the configuration; rejects when the server does not give it. */
export async function fetchConfig(): Promise<PageConfig> {
  const response = await fetch("/config.json");
  if (!response.ok) throw new Error(`/config.json: ${response.status}`);
  return (await response.json()) as PageConfig;
}

/** Makes the server expire this session and close its connections 4401. */
export async function expireSession(): Promise<void> {
  await post("/session/expire");
}

/** Makes the server close this user's connections 1011. */
export async function causeServerError(): Promise<void> {
  await post("/fault/internal-error");
}

/** Makes the server close this user's connections 4001, as another device that signs in does. */
export async function signInElsewhere(): Promise<void> {
  await post("/session/elsewhere");
}

/** How long a request may take, in ms: a network that a fault stalls answers nothing, and a browser waits for it for minutes. */
export const REQUEST_TIMEOUT_MS = 3_000;

async function post(path: string): Promise<void> {
  const response = await fetch(path, { method: "POST", signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
}
