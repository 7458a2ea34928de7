/** Wraps what the application gave to be told things: what it throws must not cost a request, and nobody is left to tell. */
export function harmless<Told>(tell: (told: Told) => void): (told: Told) => void {
  return (told) => {
    try {
      tell(told);
    } catch {
      // As above.
    }
  };
}
