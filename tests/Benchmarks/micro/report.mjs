// The CSV report of one class of benchmarks.

/**
 * @param {string} csv as BenchmarkDotNet writes it
 * @returns {Record<string, { mean: string, error: string, ratio?: string, allocated: string }>} by method and parameters; times
 *   and sizes with their units
 */
export function readReport(csv) {
  const [head, ...lines] = csv.replace(/^\uFEFF/, '').trim().split(/\r?\n/).map(cells);
  const column = (name) => head.indexOf(name);
  // Parameters stand between the job's settings and the figures.
  const [first, last] = [column('WarmupCount') + 1, column('Mean')];
  return Object.fromEntries(lines.map((line) => {
    const parameters = head.slice(first, last).map((name, i) => `${name}=${line[first + i]}`);
    const name = [line[column('Method')], ...parameters].join(' ');
    const cell = (title) => (column(title) < 0 || line[column(title)] === '?' ? undefined : line[column(title)]);
    return [name, { mean: cell('Mean'), error: cell('Error'), ratio: cell('Ratio'), allocated: size(cell('Allocated')) }];
  }));
}

/** "-" is BenchmarkDotNet's word for nothing. */
const size = (text) => (text === undefined || text === '-' ? '0 B' : text);

/** A line of CSV: cells with commas are in quotation marks. */
const cells = (line) => [...`${line},`.matchAll(/(?:"([^"]*)"|([^,]*)),/g)].map(([, quoted, plain]) => quoted ?? plain);
