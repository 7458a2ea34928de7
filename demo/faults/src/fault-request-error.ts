/** A fault was asked for in a way that cannot be. */
export class FaultRequestError extends Error {
  override readonly name = "FaultRequestError";
  readonly code:
    | "DEMO_ERR_FAULT_UNKNOWN"
    | "DEMO_ERR_FAULT_UNAVAILABLE"
    | "DEMO_ERR_FAULT_SECONDS"
    | "DEMO_ERR_FAULT_PARAMETER"
    | "DEMO_ERR_FAULT_BODY"
    | "DEMO_ERR_FAULT_METHOD";

  constructor(code: FaultRequestError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
