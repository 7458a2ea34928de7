import { BENCHES } from "./benches.ts";
import { runBenches } from "./run-benches.ts";

process.exitCode = await runBenches(process.argv.slice(2), BENCHES, {
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`✘ ${line}\n`),
});
