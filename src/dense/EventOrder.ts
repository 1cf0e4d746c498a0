/**
 * The events that a filter shows, in the story's order, without a list of them: counts of blocks say how many there are
 * and in which block the nth stands, and only the blocks that somebody looks into are gone through.
 */

import { Recent } from './Recent.ts';

/** What a list needs of its rows; a Uint32Array is one too. */
export interface Rows {
  readonly length: number;
  /** The row at a position from 0. */
  at(position: number): number | undefined;
  /** The position of a row, or -1. */
  indexOf(row: number): number;
}

/** A run of rows, and how many of them are shown. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Runs whose rows are kept at hand. */
const KEPT = 4;

export class EventOrder implements Rows {
  readonly length: number;
  private readonly runs: readonly Run[];
  /** Position of each run's first shown row. */
  private readonly starts: Uint32Array;
  private readonly isShown: (row: number) => boolean;
  private readonly kept = new Recent<number, Uint32Array>(KEPT);

  /** @param runs in order of rows, none on another */
  constructor(runs: readonly Run[], isShown: (row: number) => boolean) {
    this.runs = runs.filter((r) => r.count > 0);
    this.isShown = isShown;
    this.starts = new Uint32Array(this.runs.length);
    let n = 0;
    this.runs.forEach((run, i) => {
      this.starts[i] = n;
      n += run.count;
    });
    this.length = n;
  }

  at(position: number): number | undefined {
    if (!(position >= 0 && position < this.length)) return undefined;
    const run = lastBelow(this.starts, position);
    return this.rowsOf(run)[position - (this.starts[run] as number)];
  }

  indexOf(row: number): number {
    const run = this.runs.findIndex(({ from, to }) => from <= row && row < to);
    if (run < 0) return -1;
    const rows = this.rowsOf(run);
    const at = lastBelow(rows, row);
    return rows[at] === row ? (this.starts[run] as number) + at : -1;
  }

  private rowsOf(run: number): Uint32Array {
    const known = this.kept.get(run);
    if (known) return known;
    const { from, to, count } = this.runs[run] as Run;
    const rows = new Uint32Array(count);
    let n = 0;
    for (let row = from; row < to; row++) if (this.isShown(row)) rows[n++] = row;
    this.kept.set(run, rows);
    return rows;
  }
}

/** Position of the last of ascending numbers that is not above a value; 0 where all are. */
function lastBelow(numbers: Uint32Array, value: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A part of some rows, as rows. @param to behind its last */
export function partOf(rows: Rows, from: number, to: number): Rows {
  return {
    length: Math.max(0, Math.min(to, rows.length) - from),
    at: (position) => (position >= 0 && from + position < to ? rows.at(from + position) : undefined),
    indexOf: (row) => {
      const at = rows.indexOf(row);
      return at >= from && at < to ? at - from : -1;
    },
  };
}
