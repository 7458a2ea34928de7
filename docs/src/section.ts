/**
 * Replaces what stands between `<!-- generated: NAME -->` and `<!-- /generated -->`.
 *
 * @throws Error when the page does not have the section exactly once
 */
export function replaceSection(page: string, name: string, content: string): string {
  const begin = `<!-- generated: ${name} -->`;
  const end = "<!-- /generated -->";
  const start = page.indexOf(begin);
  const stop = page.indexOf(end, start);
  if (start < 0 || stop < 0 || page.indexOf(begin, start + 1) >= 0) {
    throw new Error(`The page needs one section "${begin}" ... "${end}".`);
  }
  return `${page.slice(0, start + begin.length)}\n${content.trim()}\n${page.slice(stop)}`;
}
