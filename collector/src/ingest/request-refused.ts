import type { RefusalCode } from "@sockscope/catalog/protocol";

/**
 * Thrown for a request that is not accepted. Not an `Error`: nobody reads the stack of a refusal, and capturing one would
 * make it dearer to refuse a request than to accept it, which is what a flood of bad ones wants.
 */
export class RequestRefused {
  readonly code: RefusalCode;
  /** What was received and what to do. */
  readonly message: string;
  /** The same without any text of the body, which may be anything: what a log may keep. */
  readonly messageForLog: string;

  constructor(code: RefusalCode, message: string, messageForLog: string = message) {
    this.code = code;
    this.message = message;
    this.messageForLog = messageForLog;
  }
}
