import { describeKind, describeValue } from "./describe-value.ts";
import { RequestRefused } from "./request-refused.ts";

/**
 * The refusal of a batch in which something is not what it has to be.
 *
 * @param where what it is, and in which line; nothing of the body
 * @param received what stands there, of which the log only learns the kind; undefined when there is nothing
 */
export function malformed(where: string, received: string | undefined, expected: string): RequestRefused {
  const refusal = (described: string): string => `${where} is ${described}; send ${expected}`;
  return new RequestRefused(
    "SOCKSCOPE_ERR_BATCH",
    refusal(describeValue(received)),
    refusal(describeKind(received)),
  );
}

/** The same where there is a sentence for it that has nothing of the body. */
export function contradictory(message: string): RequestRefused {
  return new RequestRefused("SOCKSCOPE_ERR_BATCH", message);
}
