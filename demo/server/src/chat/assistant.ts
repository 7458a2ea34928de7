import type { Catalog } from "@sockscope/catalog";

/** A number in a message that can be meant as a close code. */
const CLOSE_CODE = /\b[1-4]\d{3}\b/;

/** For everything that is not about a close code. */
const REPLIES: readonly string[] = [
  "That depends on how long the connection stays up. Most things do.",
  "Noted. Everything in the panel was measured in your browser a moment ago.",
  "I would start with the close code. It tells who hung up, and often why. Ask me about one.",
  "Here is a thought: break something, and watch how the page recovers.",
  "Yes. And if the socket had dropped just now, you would still see this message exactly once.",
];

/** An answer to a user's message: about close codes it knows the catalog, about anything else nothing. */
export function assistantReply(text: string, random: () => number, catalog: Catalog): string {
  const code = CLOSE_CODE.exec(text)?.[0];
  const reply = code === undefined ? undefined : closeCodeReply(Number(code), catalog);
  if (reply !== undefined) return reply;
  return REPLIES[Math.floor(random() * REPLIES.length)] ?? "";
}

function closeCodeReply(code: number, { closeCodes, closeCodeLabel }: Catalog): string | undefined {
  const known = closeCodes.find(({ label }) => label === closeCodeLabel(code));
  if (known === undefined) return undefined;
  const { name, meaning, policy } = known;
  const advice =
    policy.action === "retry"
      ? "A client connects again, with backoff."
      : "A client stops, because trying again would not help.";
  return `${code}, ${name}. ${meaning} ${advice}`;
}

/** How long the assistant pretends to think, in ms: short enough to stay a demo, long enough to see it typing. */
export function thinkTimeMs(random: () => number): number {
  return 400 + 900 * random();
}
