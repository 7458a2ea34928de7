/*
 * Runs in the page that is taken a picture of, each function by itself: it reaches nothing else in this file.
 */

/** Has the page draw the same ids and delays in every run, and tell one time of the day. */
export function beStill(seed: number): void {
  let state = seed;
  // See https://en.wikipedia.org/wiki/Linear_congruential_generator
  const nextByte = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
  crypto.getRandomValues = <T extends ArrayBufferView | null>(array: T): T => {
    if (array === null) return array;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = nextByte();
    return array;
  };
  Date.prototype.toLocaleTimeString = () => "09:41:07";
}

/** Stops the page's clock when its connection says this; false until it does. */
export function stopAt(words: string): boolean {
  const text = document.querySelector('[data-testid="state"]')?.textContent;
  if (!text?.endsWith(words)) return false;
  const now = Date.now();
  Date.now = () => now;
  return true;
}

/** How long something took this time is no news, and would be another picture. */
export function forgetDurations(): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    text.nodeValue = (text.nodeValue ?? "")
      .replace(/after \d+ ms/, "after 24 ms")
      .replace(/\d\.\d s/g, "2.4 s");
  for (const bar of document.querySelectorAll<HTMLElement>(".bars i")) bar.style.height = "100%";
  const connect = document.querySelector(".measured .tiles dd")?.firstChild;
  if (connect) connect.nodeValue = "24";
}

/**
 * The titles of the panels in sight that show nothing yet or are loaded; undefined while there is no panel at all. One out of
 * sight says that it is loaded, and nobody asks for its data until it is seen.
 */
export function undrawnPanels(): string[] | undefined {
  const contents = [...document.querySelectorAll<HTMLElement>('[data-testid="data-testid panel content"]')];
  if (contents.length === 0) return undefined;
  const undrawn = contents.map((content) => {
    const { top, bottom } = content.getBoundingClientRect();
    if (top >= innerHeight || bottom <= 0) return [];
    const panel = content.closest("section") ?? content;
    const isEmpty = content.querySelector("canvas") === null && content.innerText.trim() === "";
    const isLoaded = panel.querySelector('[aria-label="Panel loading bar"]') === null;
    return isEmpty || !isLoaded ? [panel.querySelector("h2")?.innerText ?? ""] : [];
  });
  return undrawn.flat();
}
