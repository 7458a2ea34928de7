/**
 * CPU time that a Prometheus has used, in s: what else the machine does makes a reader wait, and is not its doing.
 *
 * @throws Error when it does not say
 */
export async function cpuSeconds(url: string): Promise<number> {
  const exposition = await (await fetch(`${url}/metrics`)).text();
  const seconds = /^process_cpu_seconds_total (\S+)$/m.exec(exposition)?.[1];
  if (seconds === undefined) throw new Error(`${url} does not say how much CPU time it has used.`);
  return Number(seconds);
}
