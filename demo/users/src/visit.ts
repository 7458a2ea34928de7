import type { ChatPage } from "./chat-page.ts";

/** What a visit needs besides the page. */
export interface VisitEnvironment {
  /** As `Math.random`. */
  readonly random: () => number;
  /** Resolves after this time; rejects when the users are to leave. */
  readonly pause: (ms: number) => Promise<unknown>;
}

const QUESTIONS: readonly string[] = [
  "Is anybody there?",
  "Which plan fits a team of five?",
  "My last invoice looks wrong.",
  "Can I change my address?",
  "What does close code 1006 mean?",
  "Thank you, that helps!",
];

/** Of all visits; often enough that the close codes of a small demo are not all the same. */
const LOSES_SESSION_SHARE = 0.1;
const SIGNS_IN_ELSEWHERE_SHARE = 0.05;
const JUDGES_SHARE = 0.3;
const SEES_ERROR_MS = 2000;

/** One visit: chat for a while, now and then lose the session and come back, leave. */
export async function visit(chat: ChatPage, { random, pause }: VisitEnvironment): Promise<void> {
  await chat.connected();
  const messages = 2 + Math.floor(random() * 8);
  for (let sent = 0; sent < messages; sent += 1) {
    await chat.say(QUESTIONS[Math.floor(random() * QUESTIONS.length)] ?? "");
    if (random() < JUDGES_SHARE) await chat.judge();
    await pause(1000 + random() * 9000);
  }
  if (random() < LOSES_SESSION_SHARE) {
    await chat.expireSession();
    await pause(SEES_ERROR_MS);
    await chat.reconnect();
  }
  if (random() < SIGNS_IN_ELSEWHERE_SHARE) {
    await chat.signInElsewhere();
    await pause(SEES_ERROR_MS);
  }
  await chat.leave();
}
