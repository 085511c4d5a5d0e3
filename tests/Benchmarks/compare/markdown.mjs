// What a report shows, for a terminal or as Markdown.
import { table } from './table.mjs';

const columns = [
  ['rate', 'requests/s', 0],
  ['p50', 'p50 ms', 2, 1000],
  ['p99', 'p99 ms', 2, 1000],
  ['cpu', 'processor µs/request', 1],
  ['allocated', 'allocated B/request', 0],
  ['resident', 'resident MB', 0],
  ['peak', 'peak MB', 0],
  ['start', 'start ms', 0],
  ['spent', 'processor ms', 0],
  ['late', 'requests late', 0],
];

/** The contenders of one row. */
export function groupTable({ title, contenders, revision, started }, { plain = false } = {}) {
  const list = Object.values(contenders);
  const shown = columns.filter(([figure]) => list.some((contender) => contender[figure]));
  const cell = (contender, [figure, , digits, divisor = 1]) =>
    contender[figure] === undefined ? '–' : (contender[figure] / divisor).toFixed(digits);
  const rounds = Math.max(...list.map((contender) => contender.rounds));
  const heading = `${title} (medians of ${rounds} rounds, ${revision}, ${started.slice(0, 10)})`;
  return `${plain ? `== ${heading}` : `### ${heading}\n`}\n` + table(
    ['', ...shown.map(([, name]) => name)],
    list.map((contender) => [contender.title, ...shown.map((column) => cell(contender, column))]),
    plain,
  );
}

/** Every figure that has a goal, then those that are reported without. */
export function goalsTable(summary, { plain = false } = {}) {
  const goals = summary.flatMap((row) => row.goals);
  const ordered = [...goals.filter(({ limit }) => limit !== undefined), ...goals.filter(({ limit }) => limit === undefined)];
  return table(
    ['figure', 'goal', 'measured', '95 % interval', 'rounds', 'met'],
    ordered.map((goal) => [
      goal.text,
      goal.limit === undefined ? '–' : `≤ ${number(goal, goal.limit)}`,
      number(goal, goal.value),
      `${number(goal, goal.low)} … ${number(goal, goal.high)}`,
      String(goal.rounds),
      goal.met === undefined ? '–' : goal.met ? 'yes' : 'no',
    ]),
    plain,
  );
}

const number = ({ kind, unit }, value) => (kind === 'ratio' ? value.toFixed(value < 0.5 ? 3 : 2) : `${value.toFixed(0)} ${unit}`);
