/**
 * How hard the tests of hostile input try: a short form in `npm test`, a long one in `npm run torture`, which also counts.
 * Every random case comes from a seed, so that a failure can be had again.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Whether this is the long form. */
export const LONG = process.env.TORTURE === '1';

/** One line of JSON a count; `npm run torture` reads it. */
export const COUNTS = resolve(import.meta.dirname, '../node_modules/.cache/unrest-map/torture.jsonl');

const SEED = Number(process.env.TORTURE_SEED ?? 20220105);

/** Settings of a fast-check property. @param short cases in `npm test` @param long cases in `npm run torture` */
export function runs(short: number, long: number): { numRuns: number; seed: number } {
  return { numRuns: LONG ? long : short, seed: SEED };
}

/** Note for the summary that cases of a kind were tried and held. */
export function tried(kind: string, cases: number): void {
  if (!LONG) return;
  mkdirSync(dirname(COUNTS), { recursive: true });
  appendFileSync(COUNTS, `${JSON.stringify({ kind, cases })}\n`);
}

/** Note for the summary what this machine could not try, and why. */
export function leftOut(kind: string, why: string): void {
  mkdirSync(dirname(COUNTS), { recursive: true });
  appendFileSync(COUNTS, `${JSON.stringify({ kind, leftOut: why })}\n`);
}

/** Random numbers from 0 to 1 that are the same each time (mulberry32). */
export function randomFrom(seed: number = SEED): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
