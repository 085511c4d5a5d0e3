// Text for who ran it, JSON for programs, Markdown for docs/performance.md, all from the rounds that were kept.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contenders } from './contenders.mjs';
import { replaceBetween } from './document.mjs';
import { goalsTable, groupTable } from './markdown.mjs';
import { estimate, median } from './statistics.mjs';

const enoughRounds = 15;
const figures = ['rate', 'p50', 'p99', 'cpu', 'allocated', 'peak', 'resident', 'start', 'spent', 'late'];

export function report({ kept, rows, options, artifacts }) {
  const measured = readdirSync(kept).filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(kept, file), 'utf8')))
    .filter(({ id }) => id in rows)
    .sort((a, b) => Object.keys(rows).indexOf(a.id) - Object.keys(rows).indexOf(b.id));
  const summary = measured.map((result) => summarise(result, rows[result.id]));

  for (const row of summary.filter(({ id }) => options.rows.includes(id))) console.log(groupTable(row, { plain: true }) + '\n');
  console.log(goalsTable(summary, { plain: true }));
  writeFileSync(join(artifacts, 'compare.json'), JSON.stringify(summary, null, 1) + '\n');
  const markdown = [machines(summary), goalsTable(summary), ...summary.map((row) => groupTable(row))].join('\n\n') + '\n';
  writeFileSync(join(artifacts, 'compare.md'), markdown);
  if (options.document) publish(options.document, markdown, summary);
}

/** What is published has rounds enough. */
function publish(document, markdown, summary) {
  const short = summary.filter((row) => row.options.rounds < enoughRounds).map(({ id }) => id);
  if (short.length > 0) throw new Error(`measured with fewer than ${enoughRounds} rounds, so not published: ${short.join(', ')}`);
  replaceBetween(document, 'compare.sh', markdown);
}

/** A sentence for each machine and set of programs that results come from. */
function machines(summary) {
  const sentences = summary.map(({ machine: { processors, processor, memoryGiB, kernel, dotnet, node, haproxy } }) =>
    `Measured on ${processors} processors (${processor}), ${memoryGiB} GiB, Linux ${kernel}, .NET SDK ${dotnet}, Node.js ${node}, HAProxy ${haproxy}.`);
  return [...new Set(sentences)].join('\n');
}

/** Medians of each contender, and each goal's figure with its interval. */
function summarise({ rounds, ...result }, { title, goals = [] }) {
  const medians = Object.entries(rounds).map(([name, list]) => [
    name,
    {
      title: contenders[name]?.title ?? name,
      rounds: list.length,
      ...Object.fromEntries(figures
        .filter((figure) => list.every((round) => round[figure] !== undefined))
        .map((figure) => [figure, median(list.map((round) => round[figure]))])),
    },
  ]);
  return {
    ...result,
    title,
    contenders: Object.fromEntries(medians),
    goals: goals.filter(({ over, under }) => rounds[over] && rounds[under]).map((goal) => judge(goal, rounds)),
  };
}

/** A ratio is formed within each round, because the machine's pace changes between rounds. */
function judge(goal, rounds) {
  const pairs = rounds[goal.over].map((over, i) => [over[goal.figure], rounds[goal.under][i][goal.figure]]);
  const result = estimate(pairs.map(([over, under]) => (goal.kind === 'ratio' ? over / under : over - under)));
  return { ...goal, ...result, met: goal.limit === undefined ? undefined : result.value <= goal.limit };
}
