import { useEffect, useState } from "react";

/** Twice a second, so that no second of a countdown is left out when a timer is late. */
const TICK_MS = 500;

/** The wall clock, in ms since the epoch: a component that reads it renders as it goes on. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
