import {
  type AnswerCase,
  type CommandQuestion,
  commandQuestionsOf,
  commandsOf,
  type HttpAnswer,
  type Platform,
  SHELL_FUNCTIONS,
  type ShellVariable,
  SYMPTOMS,
  stepsOf,
  type Verdict,
  verdictOfCommand,
} from "@sockscope/alerts";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startAnswering, startUpgrading } from "../testing/answering-server.test-support.ts";
import { hold, startPlainRedis } from "../testing/redis.test-support.ts";
import { openShell, type Ran, type TestShell } from "../testing/shell.test-support.ts";

const WRITTEN = SYMPTOMS.map(({ name, runbook, runbookCases }) => ({ name, runbook, cases: runbookCases }));

const PLATFORMS: readonly Platform[] = ["kubernetes", "hosts"];

/** Where nobody listens: a port that is reserved for nothing. */
const NOBODY = "127.0.0.1:1";

const VARIABLES: Readonly<Partial<Record<ShellVariable, string>>> = {
  CHAT: "chat",
  CHAT_PODS: "app=chat",
  COLLECTOR: "sockscope-collector",
  COLLECTOR_PODS: "app=sockscope-collector",
  NAMESPACE: "chat",
  REDIS_URL: `redis://${NOBODY}`,
  TEST_USER_COOKIE: "session=test",
};

/** What a process writes to its log besides our lines. */
const FOREIGN = [
  "Server listening on port 8080",
  "TypeError: Cannot read properties of undefined (reading 'reason')",
  "    at Chat.answer (/app/dist/chat.js:17:12)",
  '{"event":"close","reason":"authentication_ex',
  "42",
  "null",
  '"close"',
  '[{"event":"close","code":1011,"reason":"internal_error"}]',
  '{"level":30,"msg":"no event, no reason"}',
  "",
];

/** Our lines of a quarter of an hour in which all is well. */
const HEALTHY_LINES = Array.from({ length: 20 }, (_unused, number) => {
  const of = { route: "/chat", correlation_id: `connection ${number}`, thread_id: `thread ${number}` };
  return [
    { ...of, event: "connect", auth_method: "cookie" },
    { ...of, event: "close", code: 1001, reason: "peer", duration_seconds: 400 + 900 * number },
  ];
}).flat();

/** A log in which lines of ours stand between lines of others. */
function logOf(lines: readonly object[]): string {
  const texts = lines.map((line) => JSON.stringify(line));
  const before = texts.slice(0, Math.ceil(texts.length / 2));
  const after = texts.slice(before.length);
  return [...FOREIGN, ...before, ...FOREIGN, ...after, ...FOREIGN].map((line) => `${line}\n`).join("");
}

function functionsOf(platform: Platform): string {
  return Object.values(SHELL_FUNCTIONS)
    .map(({ platforms }) => platforms[platform])
    .join("\n");
}

let shell: TestShell;
beforeAll(() => {
  shell = openShell();
});
afterAll(() => shell.close());

/** What the only number says that a command prints. */
function verdict(question: CommandQuestion, { stdout, stderr }: Ran): Verdict | string {
  if (!/^-?\d+(?:\.\d+)?\n$/.test(stdout)) return `no number: ${JSON.stringify(stdout)}, ${stderr}`;
  return stderr === "" ? verdictOfCommand(Number(stdout), question) : stderr;
}

async function askLog(
  question: CommandQuestion,
  platform: Platform,
  lines: readonly object[],
): Promise<Verdict | string> {
  const text = `${functionsOf(platform)}\n${question.command}`;
  return verdict(question, await shell.runOnLog(text, logOf(lines), VARIABLES));
}

/** Every address that a command may ask, all of one server. */
function addressesAt(url: string): Readonly<Partial<Record<ShellVariable, string>>> {
  return {
    COLLECTOR_URL: url,
    COLLECTOR_ADMIN_URL: url,
    METRICS_URL: `${url}/metrics`,
    PAGE_ORIGIN: url,
    REFRESH_URL: `${url}/refresh`,
    PROMETHEUS_URL: url,
    ALERTMANAGER_URL: url,
  };
}

async function askHttp(question: CommandQuestion, to: string, answer: HttpAnswer): Promise<Verdict | string> {
  const { url, close } = await startAnswering(to, answer);
  onTestFinished(close);
  const variables = { ...VARIABLES, ...addressesAt(url) };
  return verdict(question, await shell.run(question.command, variables));
}

interface Asked {
  readonly title: string;
  readonly question: CommandQuestion;
  readonly brokenLog: readonly object[] | undefined;
  readonly answers: AnswerCase | undefined;
}

const ASKED: readonly Asked[] = WRITTEN.flatMap(({ name, runbook, cases }) =>
  commandQuestionsOf(runbook).map((question) => ({
    title: `${name}: ${question.id}`,
    question,
    brokenLog: cases?.brokenLog?.[question.id],
    answers: cases?.answers?.[question.id],
  })),
);

const OF_LOGS = ASKED.flatMap((asked) =>
  asked.brokenLog === undefined ? [] : [{ ...asked, brokenLog: asked.brokenLog }],
);
const OF_HTTP = ASKED.flatMap((asked) =>
  asked.answers === undefined ? [] : [{ ...asked, answers: asked.answers }],
);

/** Redis itself is there for these, and a server that opens WebSockets for the last. */
const OF_SERVERS = ["redis-answers", "redis-evicts", "redis-room", "redis-connections", "own-handshake"];

/** What is wrong with a log when this is unhealthy is that nothing of ours is in it. */
const OF_ANY_LINE = "log-lines";

/** A question of this id, wherever it is asked first. */
function askedFirst(id: string): CommandQuestion {
  const asked = ASKED.find(({ question }) => question.id === id);
  if (asked === undefined) throw new Error(`No runbook asks ${id}.`);
  return asked.question;
}

describe("commands of runbooks", () => {
  const texts = WRITTEN.flatMap(({ name, runbook }) =>
    commandsOf(runbook).map((command) => ({ name, command })),
  );
  const functions = PLATFORMS.map((platform) => ({ name: platform, command: functionsOf(platform) }));

  it("are texts that a shell can read", async () => {
    const wrong: string[] = [];
    for (const { name, command } of [...texts, ...functions]) {
      const { code, stderr } = await shell.run('bash -n -c "$TEXT"', { TEXT: command });
      if (code !== 0 || stderr !== "") wrong.push(`${name}: ${command}: ${stderr}`);
    }
    expect(wrong).toEqual([]);
  });

  it("have a case each where they ask something, and none for another", () => {
    const without = ASKED.filter(
      ({ question, brokenLog, answers }) =>
        brokenLog === undefined &&
        answers === undefined &&
        ![...OF_SERVERS, OF_ANY_LINE].includes(question.id),
    );
    expect(without.map(({ title }) => title)).toEqual([]);
    const ofNothing = WRITTEN.flatMap(({ name, runbook, cases }) => {
      const ids = commandQuestionsOf(runbook).map(({ id }) => id);
      const named = [...Object.keys(cases?.brokenLog ?? {}), ...Object.keys(cases?.answers ?? {})];
      return named.filter((id) => !ids.includes(id)).map((id) => `${name}: ${id}`);
    });
    expect(ofNothing).toEqual([]);
  });

  it("use no option of GNU's own, which a laptop with macOS does not know", () => {
    const gnu =
      /\b(?:awk|base64|cut|date|grep|head|paste|sed|sort|tail|tr|uniq|wc|xargs)(?: +(?:-[A-Za-z]\b|'[^']*'|"[^"]*"))* +--[a-z]/;
    const wrong = [...texts, ...functions].filter(({ command }) => gnu.test(command));
    expect(wrong.map(({ name, command }) => `${name}: ${command}`)).toEqual([]);
    const refused = ["grep -c --invert-match x", "sed 's/a/b/' --quiet", "sort --unique | wc --lines"];
    expect(refused.filter((command) => !gnu.test(command))).toEqual([]);
  });

  it("roll back to a release by its number, since a second undo would bring the bad one again", () => {
    const undos = texts.filter(({ command }) => /kubectl rollout undo/.test(command));
    expect(undos.length).toBeGreaterThan(0);
    const blind = undos.filter(({ command }) => !/--to-revision="\$GOOD_REVISION"/.test(command));
    expect(blind.map(({ name }) => name)).toEqual([]);
  });

  it("read a log within a time, whoever writes to it", () => {
    const logs = texts.filter(
      ({ command }) => /\b(?:kubectl logs|journalctl)\b/.test(command) && !/--since/.test(command),
    );
    expect(logs.map(({ name, command }) => `${name}: ${command}`)).toEqual([]);
    const readers = Object.keys(SHELL_FUNCTIONS).join("|");
    const without = texts.filter(({ command }) => new RegExp(`\\b(?:${readers})\\b(?! \\d)`).test(command));
    expect(without.map(({ name, command }) => `${name}: ${command}`)).toEqual([]);
  });
});

describe.each(PLATFORMS)("questions to logs, on %s", (platform) => {
  it.each(OF_LOGS)("$title tells a healthy log from a broken one", async ({ question, brokenLog }) => {
    expect(await askLog(question, platform, HEALTHY_LINES)).toBe("healthy");
    expect(await askLog(question, platform, [...HEALTHY_LINES, ...brokenLog])).toBe("unhealthy");
  });

  it("tell a log of ours from one that is not read, before all others", async () => {
    const reading = WRITTEN.filter(({ runbook }) =>
      commandsOf(runbook).some((text) => /\bchat_log\b/.test(text)),
    );
    expect(reading.length).toBeGreaterThan(0);
    for (const { name, runbook } of reading)
      expect(commandQuestionsOf(runbook)[0]?.id, name).toBe(OF_ANY_LINE);
    const question = askedFirst(OF_ANY_LINE);
    expect(await askLog(question, platform, HEALTHY_LINES)).toBe("healthy");
    expect(await askLog(question, platform, [])).toBe("unhealthy");
  });
});

it("a thread is one, whatever the client called it", async () => {
  const question = askedFirst("threads");
  const thread_id = Array.from({ length: 9 }, (_unused, number) => `line ${number}`).join("\n");
  const lines = ASKED.flatMap(({ question: { id }, brokenLog }) =>
    id === "threads" ? (brokenLog ?? []) : [],
  );
  const [line = expect.fail()] = lines;
  expect(await askLog(question, "hosts", [...HEALTHY_LINES, { ...line, thread_id }])).toBe("healthy");
});

describe("questions over HTTP", () => {
  it.each(OF_HTTP)("$title tells a healthy answer from a broken one", async ({ question, answers }) => {
    const { to, healthy, broken } = answers;
    expect(await askHttp(question, to, healthy)).toBe("healthy");
    expect(await askHttp(question, to, broken)).toBe("unhealthy");
  });

  it.each(OF_HTTP)("$title does not call it healthy that nobody answers", async ({ question }) => {
    const ran = await shell.run(question.command, { ...VARIABLES, ...addressesAt(`http://${NOBODY}`) });
    expect(verdict(question, ran)).not.toBe("healthy");
  });
});

describe("the endpoint that renews a token", () => {
  it.each([401, 403])("is not called broken for a test user whom it answers %i", async (status) => {
    const question = askedFirst("refresh-endpoint");
    expect(await askHttp(question, "POST /refresh", { status })).toBe("unknown");
  });
});

describe("a handshake of one's own", () => {
  const question = askedFirst("own-handshake");

  async function askAt(url: string): Promise<Verdict | string> {
    const variables = { ...VARIABLES, PAGE_ORIGIN: url, CHAT_URL: `${url}/chat` };
    return verdict(question, await shell.run(question.command, variables));
  }

  it.each([
    ["opens", 101, "healthy"],
    ["is refused", 403, "unhealthy"],
  ])("that %s is told by its status", async (_what, status, expected) => {
    const { url, close } = await startUpgrading(status);
    onTestFinished(close);
    expect(await askAt(url)).toBe(expected);
  });

  it("that nobody answers is none that opens", async () => {
    expect(await askAt(`http://${NOBODY}`)).toBe("unhealthy");
  });
});

describe("questions to Redis", () => {
  it("hear whether it answers", async () => {
    const question = askedFirst("redis-answers");
    const redis = await startPlainRedis();
    onTestFinished(redis.close);
    const up = await shell.run(question.command, { ...VARIABLES, REDIS_URL: redis.url });
    expect(verdict(question, up)).toBe("healthy");
    expect(verdict(question, await shell.run(question.command, VARIABLES))).toBe("unhealthy");
  });

  it("hear whether it throws keys away", async () => {
    const question = askedFirst("redis-evicts");
    const redis = await startPlainRedis(["--maxmemory", "3mb", "--maxmemory-policy", "allkeys-lru"]);
    onTestFinished(redis.close);
    const variables = { ...VARIABLES, REDIS_URL: redis.url };
    expect(verdict(question, await shell.run(question.command, variables))).toBe("healthy");
    const MEANWHILE =
      'redis-cli -u "$REDIS_URL" eval "for i = 1, 4000 do redis.call(\'set\', i, string.rep(\'x\', 2000)) end" 0 >/dev/null; redis-cli -u "$REDIS_URL" set one more >/dev/null';
    const full = await shell.run(question.command, { ...variables, MEANWHILE });
    expect(verdict(question, full)).toBe("unhealthy");
    expect(verdict(question, await shell.run(question.command, VARIABLES))).not.toBe("healthy");
  });

  it("hear whether it refuses what it is given, as it does when it is full", async () => {
    const evicts = askedFirst("redis-evicts");
    const room = askedFirst("redis-room");
    const redis = await startPlainRedis(["--maxmemory", "3mb"]);
    onTestFinished(redis.close);
    const variables = { ...VARIABLES, REDIS_URL: redis.url };
    expect(verdict(evicts, await shell.run(evicts.command, variables))).toBe("healthy");
    expect(verdict(room, await shell.run(room.command, variables))).toBe("healthy");
    const MEANWHILE =
      'for i in 1 2 3 4; do redis-cli -u "$REDIS_URL" eval "for i = 1, 4000 do redis.call(\'set\', ARGV[1] .. i, string.rep(\'x\', 2000)) end" 0 $i >/dev/null; done; redis-cli -u "$REDIS_URL" set one more >/dev/null';
    const full = await shell.run(evicts.command, { ...variables, MEANWHILE });
    expect(verdict(evicts, full)).toBe("unhealthy");
    expect(verdict(room, await shell.run(room.command, variables))).toBe("unhealthy");
  });

  it("hear that it has no limit, and not that it is full", async () => {
    const question = askedFirst("redis-room");
    const redis = await startPlainRedis();
    onTestFinished(redis.close);
    const { stdout } = await shell.run(question.command, { ...VARIABLES, REDIS_URL: redis.url });
    expect(stdout).toBe("0\n");
    expect(verdict(question, await shell.run(question.command, VARIABLES))).not.toBe("healthy");
  });

  it("hear nothing healthy of one that wants a password", async () => {
    const redis = await startPlainRedis(["--requirepass", "secret"]);
    onTestFinished(redis.close);
    const variables = { ...VARIABLES, REDIS_URL: redis.url };
    for (const id of ["redis-answers", "redis-evicts", "redis-room"]) {
      const question = askedFirst(id);
      expect(verdict(question, await shell.run(question.command, variables)), id).toBe("unhealthy");
    }
  });

  it("hear how many of its connections are taken", async () => {
    const question = askedFirst("redis-connections");
    const redis = await startPlainRedis(["--maxclients", "12"]);
    onTestFinished(redis.close);
    const variables = { ...VARIABLES, REDIS_URL: redis.url };
    expect(verdict(question, await shell.run(question.command, variables))).toBe("healthy");
    // Its own is one of those that are taken.
    const holders = await hold(redis.url, 10);
    onTestFinished(holders.close);
    expect(verdict(question, await shell.run(question.command, variables))).toBe("unhealthy");
    expect(verdict(question, await shell.run(question.command, VARIABLES))).not.toBe("healthy");
  });

  it("are followed by steps that give it half as much again", async () => {
    const steps = WRITTEN.flatMap(({ runbook }) => stepsOf(runbook).flatMap(({ command }) => command ?? []));
    const more = steps.find(
      (command) => typeof command === "string" && command.includes("config set maxmemory"),
    );
    const redis = await startPlainRedis(["--maxmemory", "8000000"]);
    onTestFinished(redis.close);
    const variables = { ...VARIABLES, REDIS_URL: redis.url };
    expect((await shell.run(String(more), variables)).stdout).toBe("OK\n");
    const { stdout } = await shell.run('redis-cli -u "$REDIS_URL" config get maxmemory', variables);
    expect(stdout).toBe("maxmemory\n12000000\n");
  });
});
