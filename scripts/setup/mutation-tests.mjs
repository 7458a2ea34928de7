// @ts-check
import { ROOT } from "./paths.mjs";

/**
 * The run that makes rules wrong and looks which tests notice.
 *
 * @param {{ oneIn: number, args?: string[] }} choice `oneIn`: of how many mutants one is looked at; which, their content says
 */
export function mutationTests({ oneIn, args = [] }) {
  const vitest = `${ROOT}node_modules/vitest/vitest.mjs`;
  return {
    program: process.execPath,
    args: [vitest, "run", "--config", "vitest.mutation.config.ts", ...args],
    options: { cwd: ROOT, env: { ...process.env, MUTANTS_ONE_IN: String(oneIn) } },
  };
}
