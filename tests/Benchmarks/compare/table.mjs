// Tables of which the first column is text and the others are figures.

/**
 * @param {string[]} head
 * @param {string[][]} lines
 * @param {boolean} plain for a terminal, not Markdown
 */
export function table(head, lines, plain = false) {
  if (!plain) {
    return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((cells) => cells[i].length)));
  const pad = (text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  return [head, ...lines].map((cells) => cells.map(pad).join('  ').trimEnd()).join('\n');
}
