// Documents with parts that a program writes.
import { readFileSync, writeFileSync } from 'node:fs';

/** Replaces what stands between the two marker lines of a program in a Markdown file. */
export function replaceBetween(file, program, markdown) {
  const [begin, end] = [`<!-- ${program}: begin -->`, `<!-- ${program}: end -->`];
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no lines "${begin}" and "${end}"`);
  writeFileSync(file, `${text.slice(0, from + begin.length)}\n\n${markdown.trim()}\n\n${text.slice(to)}`);
}
