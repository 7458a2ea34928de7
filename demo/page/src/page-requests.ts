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
  await fetch("/session/expire", { method: "POST" });
}

/** Makes the server close this user's connections 1011. */
export async function causeServerError(): Promise<void> {
  await fetch("/fault/internal-error", { method: "POST" });
}

/** Makes the server close this user's connections 4001, as another device that signs in does. */
export async function signInElsewhere(): Promise<void> {
  await fetch("/session/elsewhere", { method: "POST" });
}
