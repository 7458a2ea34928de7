/** What the bench wants of a measured server. */
export type Command =
  /** To collect garbage, and say what it uses. */
  | "settle"
  /** To say what it uses. */
  | "usage"
  /** To send so many frames on each connection. */
  | { readonly send: number };

/** What a measured server says. */
export type Report =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "received"; readonly all: number }
  | {
      readonly kind: "usage";
      readonly cpuUs: number;
      readonly connections: number;
      readonly heapBytes: number;
      readonly rssBytes: number;
    };
