import { PrometheusError } from "./prometheus-error.ts";
import { visible } from "./visible.ts";

/** The labels of a series. */
export type Labels = Readonly<Record<string, string>>;

/** A series of an answer, at the moment that was asked for. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** What a query found. */
export interface Found {
  readonly samples: readonly Sample[];
  /** What Prometheus says of an answer that may lack something. */
  readonly warnings: readonly string[];
}

/** How to ask. */
export interface PrometheusOptions {
  /** Where Prometheus is, with the path that it is served under, if any. */
  readonly url: URL;
  /** The value of the header of that name. Default: it wants none. */
  readonly authorization?: string | undefined;
  /** Default: the platform's. */
  readonly fetch?: typeof fetch;
}

/** Whoever waits longer than this for a query is better served by an answer without it. */
const TIMEOUT_SECONDS = 15;

/** Beyond this, an answer is of a query that adds nothing up: nobody could read it. */
const MOST_BYTES = 8_000_000;

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
}

/** The parts of Prometheus' answers that are read. See {@link https://prometheus.io/docs/prometheus/latest/querying/api/}. */
interface Envelope {
  readonly status?: unknown;
  readonly data?: unknown;
  readonly errorType?: unknown;
  readonly error?: unknown;
  readonly warnings?: unknown;
}

/**
 * A Prometheus, or what speaks its HTTP API, of which only reading endpoints are asked. Every failure is a {@link PrometheusError}.
 */
export class Prometheus {
  readonly #options: PrometheusOptions;

  constructor(options: PrometheusOptions) {
    this.#options = options;
  }

  /** Its address, without what may be secret. */
  get name(): string {
    const { origin, pathname } = this.#options.url;
    return `${origin}${pathname.replace(/\/+$/, "")}`;
  }

  /**
   * The value of an expression.
   *
   * @param moment in seconds since 1970. Default: its own now
   */
  async query(promql: string, moment?: number): Promise<Found> {
    const asked = new URLSearchParams({ query: promql, timeout: `${TIMEOUT_SECONDS}s` });
    if (moment !== undefined) asked.set("time", String(moment));
    const { data, warnings } = await this.#ask("api/v1/query", asked);
    return { samples: samplesOf(data, this.name), warnings: textsOf(warnings) };
  }

  /** What it says of the alerts that are active now; undefined where what answers queries evaluates no rules. */
  async alerts(): Promise<unknown> {
    const { status, body } = await this.#send("api/v1/alerts", undefined);
    const { data } = envelopeOf(body);
    return status === 200 ? (data as { alerts?: unknown } | undefined)?.alerts : undefined;
  }

  async #ask(path: string, parameters: URLSearchParams): Promise<Envelope> {
    const posted = await this.#send(path, parameters);
    // A proxy that lets reading through may know reading by its method.
    const answer = posted.status === 405 ? await this.#send(`${path}?${parameters}`, undefined) : posted;
    const envelope = envelopeOf(answer.body);
    if (envelope.status === "success") return envelope;
    throw new PrometheusError(this.#whyNot(answer, envelope));
  }

  #whyNot({ status, text }: Answer, { errorType, error }: Envelope): string {
    if (typeof error === "string" && error !== "")
      return `${this.name} cannot answer it (${visible(String(errorType))}): ${visible(error)}`;
    if (status === 401 || status === 403)
      return this.#options.authorization === undefined
        ? `${this.name} wants to know who asks (HTTP ${status}); set SOCKSCOPE_PROMETHEUS_TOKEN`
        : `${this.name} does not take the token of SOCKSCOPE_PROMETHEUS_TOKEN (HTTP ${status})`;
    if (status === 404)
      return `${this.name} has nothing at /api/v1/query (HTTP 404); name Prometheus' own address, with the path that it is served under`;
    if (/^\s*</.test(text))
      return `${this.name} answers with a web page (HTTP ${status}), which is no Prometheus: a login, or another program; name Prometheus' own address, or set SOCKSCOPE_PROMETHEUS_TOKEN`;
    return `${this.name} answers as no Prometheus does (HTTP ${status}); name Prometheus' own address`;
  }

  async #send(path: string, form: URLSearchParams | undefined): Promise<Answer> {
    const { url, authorization, fetch: send = fetch } = this.#options;
    const [pathname, search = ""] = path.split("?");
    const to = new URL(url);
    to.pathname = `${url.pathname.replace(/\/+$/, "")}/${pathname}`;
    for (const [name, value] of new URLSearchParams(search)) to.searchParams.set(name, value);
    const response = await send(to, {
      method: form === undefined ? "GET" : "POST",
      headers: { accept: "application/json", ...(authorization === undefined ? {} : { authorization }) },
      ...(form === undefined ? {} : { body: form }),
      // Elsewhere the token would be for others to read, and a question that is posted would be lost.
      redirect: "manual",
      signal: AbortSignal.timeout((TIMEOUT_SECONDS + 5) * 1000),
    }).catch((error: unknown) => this.#unreachable(error));
    if (response.status >= 300 && response.status < 400) this.#redirected(response);
    const text = await this.#read(response);
    return { status: response.status, text, body: parsed(text) };
  }

  async #read(response: Response): Promise<string> {
    const decoder = new TextDecoder();
    let text = "";
    try {
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true });
        if (text.length > MOST_BYTES)
          throw new PrometheusError(
            `${this.name} answers with more than ${MOST_BYTES / 1e6} MB; ask it less`,
          );
      }
    } catch (error) {
      if (error instanceof PrometheusError) throw error;
      this.#unreachable(error);
    }
    return text;
  }

  #redirected({ status, headers }: Response): never {
    const location = headers.get("location") ?? "";
    const to = URL.canParse(location, this.#options.url.href)
      ? new URL(location, this.#options.url)
      : undefined;
    const where = to === undefined ? "" : ` to ${to.origin}${to.pathname}`;
    throw new PrometheusError(
      `${this.name} leads elsewhere (HTTP ${status}${where}), which is not followed; name the address behind it, or set SOCKSCOPE_PROMETHEUS_TOKEN if that is a login`,
    );
  }

  #unreachable(error: unknown): never {
    const { name, message, cause } = error as Error;
    const reason =
      cause instanceof Error ? cause.message || String((cause as { code?: string }).code) : message;
    const what =
      name === "TimeoutError"
        ? `does not answer within ${TIMEOUT_SECONDS + 5} s`
        : `cannot be reached (${visible(reason)})`;
    throw new PrometheusError(`${this.name} ${what}; is it up, and is it reachable from here?`, {
      cause: error,
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function envelopeOf(body: unknown): Envelope {
  return typeof body === "object" && body !== null ? body : {};
}

function textsOf(texts: unknown): readonly string[] {
  return Array.isArray(texts) ? texts.map((text) => visible(String(text))) : [];
}

/** A value as Prometheus writes it: infinities are `+Inf` and `-Inf`. */
function numberOf(text: unknown): number {
  return Number(String(text).replace("Inf", "Infinity"));
}

interface Vector {
  readonly resultType?: unknown;
  readonly result?: unknown;
}

/** A member of an answer, whatever it is; its own members are undefined where it is no object. */
function objectOf(value: unknown): { readonly [member: string]: unknown } {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** The labels that an answer names, undefined where it names none or one is no text. */
export function labelsIn(value: unknown): Labels | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.values(value).every((label) => typeof label === "string") ? (value as Labels) : undefined;
}

function sampleOf(result: unknown): Sample | undefined {
  const { metric, value } = objectOf(result);
  const labels = labelsIn(metric);
  return labels === undefined || !Array.isArray(value) ? undefined : { labels, value: numberOf(value[1]) };
}

function samplesOf(data: unknown, name: string): readonly Sample[] {
  const { resultType, result }: Vector = objectOf(data);
  if (resultType === "scalar" && Array.isArray(result)) return [{ labels: {}, value: numberOf(result[1]) }];
  const samples = resultType === "vector" && Array.isArray(result) ? result.map(sampleOf) : [undefined];
  const known = samples.filter((sample) => sample !== undefined);
  if (known.length < samples.length)
    throw new PrometheusError(`${name} answers as no Prometheus does; name Prometheus' own address`);
  return known;
}
