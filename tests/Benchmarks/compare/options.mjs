// The command line.
import { parseArgs } from 'node:util';

export const usage = `tests/Benchmarks/compare.sh [options]
  --rows A,B          what to measure (default: everything); --list shows them
  --rounds N          rounds of each contender, 15 or more for a table that is published (default 15)
  --seconds N         length of a round (default 3)
  --warmup N          seconds of full load on each contender before its first round (default 6)
  --quick             2 rounds of 1 second after 2 of warm-up: shows that it works, measures nothing
  --baseline DIR      another published build of ours, for the row "baseline"
  --document FILE     writes the table between the markers of this Markdown file
  --report            measures nothing: reports again what artifacts/compare/results holds
  --skip-build        takes the programs that were published before
  --list              shows the rows`;

/** @returns the options, or an exit code where there is nothing to measure */
export function readOptions(args, rows) {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string' },
      rounds: { type: 'string', default: '15' },
      seconds: { type: 'string', default: '3' },
      warmup: { type: 'string', default: '6' },
      quick: { type: 'boolean', default: false },
      baseline: { type: 'string' },
      document: { type: 'string' },
      report: { type: 'boolean', default: false },
      'skip-build': { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const wanted = values.rows?.split(',') ?? Object.keys(rows).filter((id) => !rows[id].optional);
  const unknown = wanted.filter((id) => !(id in rows));
  if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}; there are ${Object.keys(rows).join(', ')}`);
  if (wanted.includes('baseline') && !values.baseline) throw new Error('the row "baseline" needs --baseline DIR');
  const count = (name, quick) => {
    const value = values.quick ? quick : Number(values[name]);
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} is a whole number from 1`);
    return value;
  };
  return {
    ...values,
    rows: wanted,
    rounds: count('rounds', 2),
    seconds: count('seconds', 1),
    warmup: count('warmup', 2),
  };
}
