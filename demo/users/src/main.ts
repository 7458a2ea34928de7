import { answerHealth } from "./answer-health.ts";
import { usersOptions } from "./command-line.ts";
import { startSimulatedUsers } from "./simulated-users.ts";

async function main(): Promise<void> {
  const { healthPort, ...options } = usersOptions(process.argv.slice(2), process.env);
  const { browser, died, stop } = await startSimulatedUsers(options);
  printLine({ event: "chatting", browser, users: options.users });
  if (healthPort !== undefined) await answerHealth(healthPort);
  const leave = (): void => void stop().then(() => process.exit(0), fail);
  process.once("SIGTERM", leave);
  process.once("SIGINT", leave);
  died.then(fail);
}

function printLine(line: object): void {
  process.stdout.write(`${JSON.stringify({ ...line, time: new Date().toISOString() })}\n`);
}

function fail(error: unknown): void {
  process.stderr.write(`users: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
