/** What becomes of a session and holds in every process. */
export type SessionNews =
  | { readonly event: "signed_out"; readonly id: string; readonly user: string; readonly untilMs: number }
  | { readonly event: "renewed"; readonly id: string; readonly expiresAtMs: number };

/** Tells other processes what becomes of sessions, and this one what became of them there. */
export interface SessionRelay {
  /** Who signed out is told for certain, if need be later; who was renewed, if that is possible. */
  tell(news: SessionNews): void;
  /** Is told what happened elsewhere, be it before this process began. */
  listen(listener: (news: SessionNews) => void): void;
}
