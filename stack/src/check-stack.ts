import { CHECKS } from "./checks.ts";
import { color, print, printOutcome } from "./report.ts";
import { startStack } from "./stack.ts";

/**
 * Starts a stack, prints a line for every check, and stops it.
 *
 * @returns how many checks failed
 */
export async function checkStack(signal: AbortSignal): Promise<number> {
  print(color.strong("Sockscope: checking every part, natively"));
  const stack = await startStack({ signal });
  let failed = 0;
  try {
    for (const { name, verify } of CHECKS) {
      signal.throwIfAborted();
      if (!(await printOutcome(name, () => verify(stack)))) failed += 1;
    }
    signal.throwIfAborted();
  } finally {
    await stack.stop();
  }
  print(
    failed === 0
      ? color.good("Everything works.")
      : color.bad(`${failed} of ${CHECKS.length} checks failed.`),
  );
  return failed;
}
