/** The file with the keys of sessions is there and says nothing. */
export class KeysUnreadableError extends Error {
  override readonly name = "KeysUnreadableError";
  readonly code = "DEMO_ERR_KEYS_UNREADABLE";

  constructor(path: string, cause: unknown) {
    super(
      `${path} has no readable keys (${cause instanceof Error ? cause.message : String(cause)}); restore it, or delete it, which signs everybody out`,
      { cause },
    );
  }
}
