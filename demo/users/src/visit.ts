import type { ChatPage } from "./chat-page.ts";

/** What a visit needs besides the page. */
export interface VisitEnvironment {
  /** As `Math.random`. */
  readonly random: () => number;
  /** Resolves after this time; rejects when the users are to leave. */
  readonly pause: (ms: number) => Promise<unknown>;
  /** Whether users stay for minutes, and lose their session by a fault only. */
  readonly isCalm: boolean;
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
/** Some have the page open and read: connections without a word, which is what proxies end. */
const READS_SHARE = 0.2;
/** Of those who were signed out; the rest go away. */
const SIGNS_IN_AGAIN_SHARE = 0.6;
const RELOADS_SHARE = 0.25;

/** Says something and waits for the answer; false for a user who was signed out meanwhile. */
async function isAnswered(chat: ChatPage, text: string): Promise<boolean> {
  const answered = chat.say(text).then(() => true);
  const isOut = chat.signedOut().then(() => false);
  // Of the two, one waits for what will not come.
  for (const waiting of [answered, isOut]) waiting.catch(() => {});
  return Promise.race([answered, isOut]);
}

/** Sees the error, and does what the page says, loads it again or gives up; true for who is back. */
async function comesBack(chat: ChatPage, { random, pause }: VisitEnvironment): Promise<boolean> {
  await pause(SEES_ERROR_MS + random() * 10_000);
  const choice = random();
  if (choice < SIGNS_IN_AGAIN_SHARE) await chat.reconnect();
  else if (choice < SIGNS_IN_AGAIN_SHARE + RELOADS_SHARE) await chat.reload();
  else return false;
  return true;
}

/** Chats for a while; false for a user who was signed out and goes away for it. */
async function talk(chat: ChatPage, environment: VisitEnvironment): Promise<boolean> {
  const { random, pause, isCalm } = environment;
  const messages = isCalm ? 20 + Math.floor(random() * 60) : 2 + Math.floor(random() * 8);
  const pauseMs = random() < READS_SHARE ? 30_000 : isCalm ? 4000 : 1000;
  for (let sent = 0; sent < messages; sent += 1) {
    const text = QUESTIONS[Math.floor(random() * QUESTIONS.length)] ?? "";
    if (!(await isAnswered(chat, text))) {
      if (!(await comesBack(chat, environment))) return false;
    } else if (random() < JUDGES_SHARE) await chat.judge();
    await pause(pauseMs + random() * 9000);
  }
  return true;
}

/** One visit: chat for a while, now and then lose the session and come back, leave. */
export async function visit(chat: ChatPage, environment: VisitEnvironment): Promise<void> {
  const { random, pause, isCalm } = environment;
  await chat.connected();
  const hasMishaps = (await talk(chat, environment)) && !isCalm;
  if (hasMishaps && random() < LOSES_SESSION_SHARE) {
    await chat.expireSession();
    await pause(SEES_ERROR_MS);
    await chat.reconnect();
  }
  if (hasMishaps && random() < SIGNS_IN_ELSEWHERE_SHARE) {
    await chat.signInElsewhere();
    await pause(SEES_ERROR_MS);
  }
  await chat.leave();
}
