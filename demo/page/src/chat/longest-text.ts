/** How long a message may be, in UTF-16 units: as the contract has it, whose schemas are too large for a page. */
export const LONGEST_TEXT = 4_000;
