/**
 * What was found at an index, as it is: nothing there is a fault of the caller's own, which must not count anywhere. (The
 * lookup stays with the caller, because a function that looks into lists of every kind is several times slower.)
 *
 * @throws RangeError where there is nothing
 */
export function existing(found: number | undefined, index: number): number {
  if (found === undefined) throw new RangeError(`there is nothing at index ${index}`);
  return found;
}
