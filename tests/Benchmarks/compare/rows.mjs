// What is measured: groups of contenders that take turns under one load, and what is read from each group.
import { fillOnce } from './resident.mjs';
import { startRepeatedly } from './startup.mjs';
import { besideUploads } from './uploads.mjs';

const everyone = ['stock', 'stock-meters', 'none', 'verifying', 'haproxy', 'njs', 'express'];
const load = (bodyBytes, connections) => ({ bodyBytes, connections });
const usual = load(2048, 32);

/** Processor time per request of one, divided by that of another. */
const ratio = (text, over, under, limit) => ({ text, kind: 'ratio', figure: 'cpu', over, under, limit });

export const rows = {
  core: {
    title: '2 KB bodies, 32 connections',
    load: usual,
    contenders: everyone,
    goals: [
      ratio('ours verifying ÷ stock YARP', 'verifying', 'stock', 1.10),
      ratio('ours verifying ÷ stock YARP with the same framework meters and OpenTelemetry', 'verifying', 'stock-meters', 1.00),
      ratio('ours verifying ÷ ours None', 'verifying', 'none', 1.15),
      ratio('ours verifying ÷ HAProxy with hmac', 'verifying', 'haproxy', 2.3),
      ratio('ours verifying ÷ Express', 'verifying', 'express', 0.18),
      { text: 'allocated per verified request, ours verifying − ours None', kind: 'difference', figure: 'allocated',
        over: 'verifying', under: 'none', limit: 300, unit: 'B' },
      ratio('ours None ÷ stock YARP', 'none', 'stock'),
      ratio('ours verifying ÷ nginx + njs', 'verifying', 'njs'),
    ],
  },
  headers: {
    title: 'refused for the headers',
    load: usual,
    contenders: ['refused-stale', 'refused-unsigned', 'bare-refusal'],
    goals: [
      ratio('refused for its headers (signed yesterday) ÷ bare Kestrel, constant 400', 'refused-stale', 'bare-refusal', 1.4),
      ratio('refused for its headers (no signature) ÷ bare Kestrel, constant 400', 'refused-unsigned', 'bare-refusal', 1.4),
    ],
  },
  mac: {
    title: 'refused for the MAC',
    load: usual,
    contenders: ['refused-forged', 'bare-hmac-refusal'],
    goals: [ratio('refused for its MAC ÷ bare Kestrel, body, HMAC, 400', 'refused-forged', 'bare-hmac-refusal', 1.3)],
  },
  body64k: {
    title: '64 KB bodies, 32 connections',
    load: load(65_536, 32),
    contenders: ['stock', 'stock-hmac', 'verifying'],
    goals: [ratio('64 KB: ours verifying ÷ stock YARP + HMAC of the same bytes', 'verifying', 'stock-hmac', 1.10)],
  },
  body1m: {
    title: '1 MB bodies, 32 connections',
    load: load(1_048_576, 32),
    contenders: ['stock', 'stock-hmac', 'verifying'],
    goals: [ratio('1 MB: ours verifying ÷ stock YARP + HMAC of the same bytes', 'verifying', 'stock-hmac', 1.10)],
  },
  routes: {
    title: 'number of routes',
    load: usual,
    contenders: ['verifying', 'routes-1000', 'routes-1000-all'],
    goals: [
      ratio('1,000 configured routes ÷ 4 routes', 'routes-1000', 'verifying', 1.05),
      ratio('1,000 configured routes, all of them under load ÷ 4 routes', 'routes-1000-all', 'verifying'),
    ],
  },
  secrets: {
    title: 'number of secrets',
    load: usual,
    contenders: ['verifying', 'secrets-5'],
    goals: [ratio('5 secrets, the last always matching, in configured order ÷ 1 secret', 'secrets-5', 'verifying', 1.25)],
  },

  latency: {
    title: 'latency at half the rate that the slower one reaches, 2 KB bodies, 32 connections',
    load: { ...usual, pace: 0.5 },
    contenders: ['stock', 'verifying'],
    goals: [
      { text: 'p99 at half the saturation rate, ours verifying ÷ stock YARP', kind: 'ratio', figure: 'p99', over: 'verifying',
        under: 'stock', limit: 1.15 },
    ],
  },
  start: {
    title: 'start to first answer',
    run: startRepeatedly,
    contenders: ['stock', 'verifying'],
    goals: [
      { text: 'start to first answer, ours − stock YARP', kind: 'difference', figure: 'start', over: 'verifying', under: 'stock',
        limit: 150, unit: 'ms' },
      { text: 'processor time until the first answer, ours − stock YARP', kind: 'difference', figure: 'spent', over: 'verifying',
        under: 'stock', unit: 'ms' },
    ],
  },
  resident: {
    title: 'memory after 100,000 requests, their claims live',
    load: usual,
    run: fillOnce,
    contenders: ['stock', 'verifying'],
    goals: [
      { text: 'resident after 100,000 requests with 100,000 live claims, ours − stock YARP', kind: 'difference', figure: 'resident',
        over: 'verifying', under: 'stock', limit: 40, unit: 'MB' },
    ],
  },
  uploads: {
    title: 'honest webhooks, 500 a second, alone and beside 2,000 slow uploads of 1 MB',
    load: load(512, 4),
    run: besideUploads,
    goals: [
      { text: 'p99 of honest webhooks beside 2,000 slow uploads ÷ alone', kind: 'ratio', figure: 'p99', over: 'beside', under: 'alone', limit: 2 },
    ],
  },

  // Reported without a goal.
  body200: { title: '200 B bodies, 32 connections', load: load(200, 32), contenders: everyone, reported: true },
  peers64k: { title: '64 KB bodies, 32 connections, everybody', load: load(65_536, 32), contenders: everyone, reported: true },
  peers1m: { title: '1 MB bodies, 32 connections, everybody', load: load(1_048_576, 32), contenders: everyone, reported: true },
  connections1: { title: '2 KB bodies, 1 connection', load: load(2048, 1), contenders: everyone, reported: true },
  connections256: { title: '2 KB bodies, 256 connections', load: load(2048, 256), contenders: everyone, reported: true },
  postgres: { title: 'PostgreSQL store', load: usual, contenders: ['verifying', 'verifying-postgres'], reported: true },
  tls: { title: 'TLS', load: usual, contenders: ['stock', 'stock-tls', 'verifying', 'verifying-tls'], reported: true },
  http2: {
    title: 'HTTP/2',
    load: usual,
    contenders: ['stock-h1-tls', 'stock-h2-tls', 'h1-tls', 'h2-tls', 'h2-streams'],
    reported: true,
  },
  servergc: { title: 'what server GC does to stock YARP', load: usual, contenders: ['stock', 'stock-server-gc'], reported: true },
  baseline: {
    title: 'this build against another',
    load: usual,
    contenders: ['stock', 'none', 'verifying', 'baseline-none', 'baseline-verifying'],
    optional: true,
    goals: [
      ratio('verifying ÷ baseline verifying', 'verifying', 'baseline-verifying'),
      ratio('None ÷ baseline None', 'none', 'baseline-none'),
      ratio('baseline verifying ÷ stock', 'baseline-verifying', 'stock'),
      ratio('verifying ÷ stock', 'verifying', 'stock'),
    ],
  },
};
