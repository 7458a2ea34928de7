/** Runs something once, after this call has returned, unless the returned function calls it off. */
export type Schedule = (run: () => void, delayMs: number) => () => void;

/** Node's timers. */
export const scheduleOnTimers: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};
