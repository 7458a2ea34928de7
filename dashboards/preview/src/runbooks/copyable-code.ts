const COPIED_MS = 1_500;

function copyButton(text: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy";
    }, COPIED_MS);
  });
  return button;
}

/** Gives every block of code a button that copies it. */
export function makeCopyable(article: HTMLElement | null): void {
  for (const block of article?.querySelectorAll("pre") ?? []) {
    block.append(copyButton(block.textContent?.trimEnd() ?? ""));
  }
}
