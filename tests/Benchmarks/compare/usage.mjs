// What a process and its children have used, as the kernel counts it.
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** The process and its descendants (nginx has workers). */
function tree(pid) {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(tree)];
}

/** A reading of processor time, to be given to processorTime. */
export function readProcessor(pid) {
  const threads = new Map();
  let ticks = 0;
  for (const process of tree(pid)) {
    // utime and stime of all threads, ended ones too, in ticks; the name in front may hold spaces.
    const stat = read(`/proc/${process}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
    for (const thread of readdirSync(`/proc/${process}/task`)) {
      threads.set(thread, Number(read(`/proc/${process}/task/${thread}/schedstat`).split(' ')[0]));
    }
  }
  return { threads, ticks };
}

/**
 * Microseconds of processor time between two readings: by the nanosecond counters of the threads, unless a thread ended in
 * between and took its counter along; then by the ticks of the process, of 10 ms each.
 */
export function processorTime(before, after) {
  let nanoseconds = 0;
  for (const [thread, value] of after.threads) nanoseconds += value - (before.threads.get(thread) ?? 0);
  const complete = [...before.threads.keys()].every((thread) => after.threads.has(thread));
  return complete ? nanoseconds / 1000 : ((after.ticks - before.ticks) * 1e6) / ticksPerSecond;
}

/** Resident memory in MB: now, and the most there ever was. */
export function memory(pid) {
  const sum = (field) => tree(pid).reduce((total, process) => total + kilobytes(process, field), 0) / 1024;
  return { resident: sum('VmRSS'), peak: sum('VmHWM') };
}

function kilobytes(pid, field) {
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

function read(path) {
  return readFileSync(path, 'utf8');
}
