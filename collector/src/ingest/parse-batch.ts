import { type BatchHead, MAX_BATCH_LINES } from "@sockscope/catalog/protocol";
import { contradictory, malformed } from "./malformed.ts";
import { parseFirstLine } from "./parse-first-line.ts";
import { type CounterLine, type HistogramLine, parseCounter, parseHistogram } from "./parse-line.ts";
import type { RequestRefused } from "./request-refused.ts";

/** A batch in which everything is of its kind and within its bounds. */
export interface ParsedBatch extends BatchHead {
  readonly counters: readonly CounterLine[];
  readonly histograms: readonly HistogramLine[];
}

interface Lines {
  readonly counters: CounterLine[];
  readonly histograms: HistogramLine[];
  /** The line of each series. */
  readonly seen: Map<string, number>;
}

/**
 * A body as a batch. Whether its series exist is not looked at here. Stops at the first line that is malformed.
 *
 * @throws RequestRefused naming the line and what was received
 */
export function parseBatch(body: string): ParsedBatch {
  const lines: Lines = { counters: [], histograms: [], seen: new Map() };
  let end = endOfLine(body, 0);
  // Named one by one: to spread them takes engines as long as many lines.
  const { seq, closedMsAgo, leaving } = parseFirstLine(body.slice(0, end));
  for (let line = 2; end + 1 < body.length; line += 1) {
    const start = end + 1;
    end = endOfLine(body, start);
    if (line - 1 > MAX_BATCH_LINES) throw tooManyLines();
    parseLine(body.slice(start, end), line, lines);
  }
  const { counters, histograms } = lines;
  return { seq, closedMsAgo, leaving, counters, histograms };
}

function endOfLine(body: string, start: number): number {
  const newline = body.indexOf("\n", start);
  return newline === -1 ? body.length : newline;
}

/** Two words are a counter and four a histogram, which nothing but the places of the spaces says. */
function parseLine(text: string, line: number, { counters, histograms, seen }: Lines): void {
  const first = text.indexOf(" ");
  const last = text.lastIndexOf(" ");
  if (first < 1) throw wrongNumberOfWords(text, line);
  // Cut out once: the table in which it is looked up later finds its hash computed.
  const series = text.slice(0, first);
  checkOnce(series, line, seen);
  if (first === last) {
    counters.push(parseCounter(text, line, series));
    return;
  }
  const second = text.indexOf(" ", first + 1);
  const hasFour = second > first + 1 && second < last && text.indexOf(" ", second + 1) === last;
  if (!hasFour) throw wrongNumberOfWords(text, line);
  histograms.push(parseHistogram(text, line, series, second, last));
}

/** Of two lines of one series nobody can tell whether the page means both or says the same again. */
function checkOnce(series: string, line: number, seen: Map<string, number>): void {
  const before = seen.get(series);
  if (before !== undefined)
    throw contradictory(`line ${line} has the series of line ${before}; send one line a series`);
  seen.set(series, line);
}

/** Without a limit, as many as fit the bytes would be several times dearer than any batch of a page. */
function tooManyLines(): RequestRefused {
  return contradictory(
    `the batch has more than ${MAX_BATCH_LINES} lines after its first; send several batches`,
  );
}

function wrongNumberOfWords(text: string, line: number): RequestRefused {
  return malformed(
    `line ${line}`,
    text,
    "2 words for a counter or 4 for a histogram, with one space between",
  );
}
