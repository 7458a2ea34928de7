import { COLLECTOR_REFUSALS, TELEMETRY_LOST } from "@sockscope/catalog";
import { REFUSALS, type Refusal } from "@sockscope/catalog/protocol";
import { codesInSource } from "./symbol-uses.ts";

/** Errors that no request is answered with. */
const OTHER_ERRORS: Readonly<Record<string, string>> = {
  SOCKSCOPE_ERR_OPTIONS:
    "An option of the SDK's `start`, of `tokenStore`, `otel`, `datadog` or of the collector cannot work. The message names the option, the value received and what is expected. All but `start` throw it before anything runs, `refreshAccessToken` rejects with it when its signal is none; `start` says it on the console and to `onProblem`, and measures nothing.",
  SOCKSCOPE_ERR_UNKNOWN:
    "Said by the SDK, once each: a frame, a trigger or a label has a value that nobody declared, so it counts as `other` where there is that, and else as lost. Declare it in the configuration, and pass the generated vocabulary to `start`. Frames of a library's own protocol, such as graphql-ws's, may stay `other`. An option of `start` that there is not is told with the same code, and has no effect.",
  SOCKSCOPE_ERR_SOCKET:
    "Said by the SDK, once: what was handed to `observe` cannot be watched, or not wholly, or its close event never came. Its connections, or what the page itself sends and closes, are not counted.",
  SOCKSCOPE_ERR_FAULT:
    'Said by the SDK, once: something threw while a measurement was made, most often a callback of the page such as `receivedEvent`. The message has what it said. Each measurement that this costs is counted as lost, `where="internal"`.',
  SOCKSCOPE_ERR_SINK:
    "Said by the SDK, once: one of the `sinks` threw, such as one whose meter or RUM cannot do what it is asked for. The message has what it said. The collector gets everything all the same; that sink lacks what it threw at.",
  SOCKSCOPE_ERR_BEFORE_SEND:
    'Said by the SDK, once: `beforeSend` threw or answered a promise. What it did not let through is not sent, and counted as lost, `where="withheld"`. Let it answer `true` or `false` at once.',
  SOCKSCOPE_ERR_ANSWER:
    "Said by the SDK, once: something answers at the collector's address that is no collector, such as a proxy with a page of its own. Batches are kept and sent again, slower and slower.",
  SOCKSCOPE_ERR_NO_ANSWER:
    "Said by the SDK, once: three requests in a row had no answer though the browser has a network. The collector is down, or the page's `connect-src` does not name it, or a blocker keeps requests from it, or the address is its admin listener's, which pages may not read. Batches are kept and sent again, slower and slower.",
  SOCKSCOPE_ERR_ROUTES:
    "The routes given to `instrumentServer` cannot become label values: too many, empty, or with a comma. Name the routes of your server, not the URLs of its users.",
  SOCKSCOPE_ERR_APP_NAME:
    "The app given to `instrumentServer` cannot be the value of the label `app`. Use the name that the collector has for the server's pages.",
  SOCKSCOPE_ERR_CLOSE_REASON:
    "A chat server wanted to close a connection for a reason that has no close code. The message names the reasons that have one; others are configured with theirs. The connection stays as it was.",
  SOCKSCOPE_ERR_CONFIG:
    "A `sockscope.config.json` cannot be read or cannot work. The message names every mistake by its path, its value and what to do; [CONFIGURATION.md](CONFIGURATION.md) has every key.",
  SOCKSCOPE_ERR_REFRESH:
    "In a page, what a token store's `refreshAccessToken` rejects with: the endpoint refused to refresh the session (`status`), could not be reached, or took longer than `timeoutMs`, or an option that is a function threw (`cause`). Where `isSignedOut` is true (401 and 403), let the user sign in; otherwise the next call tries anew.",
  SOCKSCOPE_ERR_SOCKET_OPTION:
    "Thrown by `chatSocket`, and by `useChatSocket` in an effect: an option cannot work. The message names it, the value received and what is expected.",
  SOCKSCOPE_ERR_TOKEN:
    "Answered by the collector's admin listener: a release was announced without the token that this collector was started with, or it was started with none (`--announce-token-file`).",
  SOCKSCOPE_ERR_RELEASE:
    "Answered by the collector's admin listener: an announcement cannot be read or names no release that can be a label, or the configuration has no `releases`. The message says which.",
  SOCKSCOPE_ERR_LISTEN:
    "The collector cannot listen on an address. The message names it; usually another process has the port, or the host is not one of this machine.",
  SOCKSCOPE_ERR_PROMQL:
    "An expression that PromQL cannot say or that would not mean what it says, met while queries are generated: a period without a unit, a bucket that the histogram does not have, a matcher without values. The message names it.",
  SOCKSCOPE_ERR_USAGE:
    "A command was called with arguments that make no sense. `sockscope COMMAND --help` shows those that do.",
  SOCKSCOPE_ERR_PROMETHEUS:
    "`sockscope diagnose` cannot ask Prometheus: it does not answer, something else answers at its address (a login, another program), or it wants to know who asks. The message says which. A single query that fails is an answer that is not known, and no error.",
  SOCKSCOPE_ERR_OUTDATED:
    "`sockscope generate --check` found files that are not what the configuration makes. The lines before it name them.",
  SOCKSCOPE_ERR_NOT_GENERATED:
    "`sockscope generate` would overwrite a file that it did not write: what it writes says so in its head, a dashboard in its description. The message names the file. Move it away, or overwrite it with `--force`.",
  SOCKSCOPE_ERR_STACK:
    "A part of `npm run up` did not start, or stopped on its own. The message names the part, why, and the last lines it printed.",
};

/** What to do about a refusal, where that is not in the batch. */
const REMEDIES: Readonly<Record<string, string>> = {
  SOCKSCOPE_ERR_KEY:
    "Pass the app's key to `start({ key })` on every page of the app, or take it out of the configuration.",
};

function refusalText(code: string, { status, client, meaning }: Refusal): string {
  const consequence =
    client === "retry"
      ? "The SDK sends the same batch again later."
      : `The SDK gives the batch up and counts what was in it as \`${TELEMETRY_LOST.name}\`.`;
  return [`HTTP ${status}.`, meaning, consequence, REMEDIES[code] ?? ""].join(" ").trimEnd();
}

function refusalTexts(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(REFUSALS).map(([code, refusal]) => [code, refusalText(code, refusal)]),
  );
}

/**
 * What every stable code means.
 *
 * @throws Error when the source has a code that is not documented
 */
export function errorTexts(): Readonly<Record<string, string>> {
  const texts = { ...OTHER_ERRORS, ...refusalTexts() };
  const missing = codesInSource().filter((code) => !(code in texts));
  if (missing.length > 0) throw new Error(`docs/src/errors-page.ts does not document ${missing.join(", ")}.`);
  return texts;
}

/** docs/ERRORS.md: a heading for every stable code. */
export function errorsPage(): string {
  const texts = errorTexts();
  const headings = (codes: object): string[] =>
    Object.keys(codes).map((code) => `### ${code}\n\n${texts[code]}`);
  return [
    "<!-- Generated by `npm run generate`. Change the source, not this file. -->",
    "# Errors",
    "Every error has a stable code and a message that says what happened, the value received and what to do.",
    "## Thrown, or printed by a command",
    ...headings(OTHER_ERRORS),
    "## Answered by the collector",
    `As \`{ code, message }\`, and counted by app and code in \`${COLLECTOR_REFUSALS.name}\`.`,
    ...headings(REFUSALS),
  ]
    .join("\n\n")
    .concat("\n");
}
