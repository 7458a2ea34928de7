import type { FaultParameter } from "./fault.ts";
import { FaultRequestError } from "./fault-request-error.ts";
import { FAULT_IDS, FAULTS, type FaultId, type ParametersOf, seriesOf } from "./faults.ts";
import { REMEDIES } from "./requirements.ts";
import { defaultsOf, type Switchboard } from "./switchboard.ts";

/** A fault as `GET /faults` tells it. */
export interface FaultState {
  readonly id: FaultId;
  readonly title: string;
  readonly whatUsersSee: string;
  /** The series that moves, as Prometheus writes it. */
  readonly metricThatMoves: string;
  readonly defaultSeconds: number;
  readonly maxSeconds: number;
  readonly parameters: Readonly<Record<string, FaultParameter>>;
  /** What to do before it can be turned on; undefined where it can be. */
  readonly remedy?: string;
  readonly isOn: boolean;
  /** 0 when it is not on. */
  readonly remainingSeconds: number;
  /** The values of its parameters while it is on. */
  readonly values?: Readonly<Record<string, number>>;
}

/** What is asked of a switchboard. */
export interface FaultRequest {
  readonly method: string;
  /** The last part of `/faults/ID`; undefined for `/faults`. */
  readonly id: string | undefined;
  /** As JSON made it; undefined where there is none. */
  readonly body: unknown;
}

/** Every fault and its state. */
export function faultStates(switchboard: Switchboard): readonly FaultState[] {
  return FAULT_IDS.map((id) => {
    const { title, whatUsersSee, metricThatMoves, defaultSeconds, maxSeconds, parameters } = FAULTS[id];
    const values = switchboard.active(id);
    const missing = switchboard.missing(id);
    return {
      id,
      title,
      whatUsersSee,
      metricThatMoves: seriesOf(metricThatMoves),
      defaultSeconds,
      maxSeconds,
      parameters,
      ...(missing !== undefined && { remedy: REMEDIES[missing] }),
      isOn: values !== undefined,
      remainingSeconds: switchboard.remainingSeconds(id),
      ...(values !== undefined && { values }),
    };
  });
}

/** An answer to a request: a status, and what is sent as JSON. */
export interface FaultAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Of what is not simply a bad request. */
const STATUS_OF: { readonly [Code in FaultRequestError["code"]]?: number } = {
  DEMO_ERR_FAULT_UNKNOWN: 404,
  DEMO_ERR_FAULT_UNAVAILABLE: 409,
};

/** Answers a request; one that cannot be gets a code and what to do. */
export function answerFaultRequest(switchboard: Switchboard, request: FaultRequest): FaultAnswer {
  try {
    return { status: 200, body: answer(switchboard, request) };
  } catch (error) {
    if (!(error instanceof FaultRequestError)) throw error;
    const { code, message } = error;
    return { status: STATUS_OF[code] ?? 400, body: { code, message } };
  }
}

function answer(switchboard: Switchboard, { method, id, body }: FaultRequest): unknown {
  if (method === "GET" && id === undefined) return { faults: faultStates(switchboard) };
  if (!isFaultId(id))
    throw new FaultRequestError(
      "DEMO_ERR_FAULT_UNKNOWN",
      `There is no fault ${id}; there are ${FAULT_IDS.join(", ")}.`,
    );
  if (method === "POST") {
    requireAvailable(switchboard, id);
    const { seconds, parameters } = wishes(id, body);
    switchboard.turnOn(id, seconds, parameters);
  } else if (method === "DELETE") switchboard.turnOff(id);
  else if (method !== "GET")
    throw new FaultRequestError("DEMO_ERR_FAULT_METHOD", `${method} does nothing; use GET, POST or DELETE.`);
  return faultStates(switchboard).find((state) => state.id === id);
}

/** A fault that would break nothing is not to say that it is on. */
function requireAvailable(switchboard: Switchboard, id: FaultId): void {
  const missing = switchboard.missing(id);
  if (missing !== undefined)
    throw new FaultRequestError(
      "DEMO_ERR_FAULT_UNAVAILABLE",
      `${id} breaks nothing here. ${REMEDIES[missing]}`,
    );
}

function isFaultId(id: string | undefined): id is FaultId {
  return id !== undefined && Object.hasOwn(FAULTS, id);
}

interface Wishes {
  readonly seconds: number;
  readonly parameters: ParametersOf<FaultId>;
}

function wishes(id: FaultId, body: unknown): Wishes {
  const { defaultSeconds, maxSeconds } = FAULTS[id];
  const { seconds = defaultSeconds, ...values } = fieldsOf(body);
  if (!isWithin(seconds, 0.001, maxSeconds))
    throw new FaultRequestError(
      "DEMO_ERR_FAULT_SECONDS",
      `seconds is ${JSON.stringify(seconds)}; give a number above 0 and up to ${maxSeconds}.`,
    );
  for (const [name, value] of Object.entries(values)) requireParameter(id, name, value);
  return { seconds, parameters: { ...defaultsOf(id), ...values } as ParametersOf<FaultId> };
}

function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  if (body === undefined) return {};
  if (typeof body === "object" && body !== null && !Array.isArray(body))
    return body as Readonly<Record<string, unknown>>;
  throw new FaultRequestError(
    "DEMO_ERR_FAULT_BODY",
    'The body is no object; send JSON such as {"seconds":30}.',
  );
}

function requireParameter(id: FaultId, name: string, value: unknown): void {
  const parameters: Readonly<Record<string, FaultParameter>> = FAULTS[id].parameters;
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter === undefined)
    throw new FaultRequestError(
      "DEMO_ERR_FAULT_PARAMETER",
      `${id} has no parameter ${name}; it has ${Object.keys(parameters).join(", ") || "none"}.`,
    );
  const { min, max, isWhole = false } = parameter;
  if (!isWithin(value, min, max) || (isWhole && !Number.isInteger(value)))
    throw new FaultRequestError(
      "DEMO_ERR_FAULT_PARAMETER",
      `${name} is ${JSON.stringify(value)}; give a ${isWhole ? "whole " : ""}number from ${min} to ${max}.`,
    );
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && value >= min && value <= max;
}
