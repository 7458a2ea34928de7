import { type Fixture, readFixtures } from "@sockscope/catalog/fixtures";
import { REFUSALS } from "@sockscope/catalog/protocol";
import { table } from "./table.ts";

/** The refusals, each with a link to its paragraph. */
export function refusalsSection(): string {
  const rows = Object.entries(REFUSALS).map(([code, { status, client, meaning }]) => [
    `[${code}](docs/ERRORS.md#${code.toLowerCase()})`,
    String(status),
    client,
    meaning,
  ]);
  return table(["code", "status", "the client", "meaning"], rows);
}

function answers({ exchanges }: Fixture): string {
  return exchanges
    .map(({ answer }) => `${answer.status}${answer.code ? ` \`${answer.code}\`` : ""}`)
    .join(", then ");
}

function inFull(fixture: Fixture): string {
  const request = fixture.exchanges[0]?.request;
  return `${fixture.title}, with \`POST ${request?.path}\`:\n\n\`\`\`\n${request?.body}\n\`\`\``;
}

/** One example in full, the others by name. */
export function examplesSection(): string {
  const fixtures = readFixtures();
  const shown = fixtures.find(({ name }) => name === "accepted-close-and-handshake");
  if (shown === undefined) throw new Error("The fixture that PROTOCOL.md shows in full is missing.");
  const rows = fixtures.map((fixture) => [
    `[${fixture.name}](catalog/fixtures/${fixture.name}.json)`,
    fixture.title,
    answers(fixture),
  ]);
  return `${inFull(shown)}\n\n${table(["fixture", "what it shows", "answers"], rows)}`;
}
