/** Where rows of a long CSV file stand: read byte by byte, and only when a row is to be named. */
import { closeSync, openSync, readSync } from 'node:fs';

const BLOCK = 4 * 2 ** 20;
const [NEWLINE, RETURN, QUOTE, COMMA] = [10, 13, 34, 44];

/** Calls with every byte and its offset, and with -1 at the end, until it is told to stop. */
function eachByte(file: string, from: number, act: (byte: number, at: number) => boolean): void {
  const input = openSync(file, 'r');
  const block = Buffer.allocUnsafe(BLOCK);
  try {
    let at = from;
    for (let read = readSync(input, block, 0, BLOCK, at); read > 0; read = readSync(input, block, 0, BLOCK, at)) {
      for (let i = 0; i < read; i++) if (!act(block[i] as number, at + i)) return;
      at += read;
    }
    act(-1, at);
  } finally {
    closeSync(input);
  }
}

/** Offset of the first line break at or behind an offset, or of the file's end. */
export function firstBreak(file: string, from: number): number {
  let found = from;
  eachByte(file, from, (byte, at) => {
    found = at;
    return byte !== NEWLINE && byte !== RETURN && byte !== -1;
  });
  return found;
}

/** 1-based lines of rising offsets. */
export function linesAt(file: string, offsets: readonly number[]): readonly number[] {
  const lines: number[] = [];
  let line = 1;
  let before = 0;
  if (offsets.length > 0)
    eachByte(file, 0, (byte, at) => {
      if (before === NEWLINE || (before === RETURN && byte !== NEWLINE)) line++;
      before = byte;
      while (lines.length < offsets.length && (offsets[lines.length] as number) <= at) lines.push(line);
      return lines.length < offsets.length;
    });
  return offsets.map((_, i) => lines[i] ?? line);
}

/**
 * Offsets of rows behind the first line, by their numbers from 0 in rising order. Empty lines are no rows.
 * @param skipped offsets of rows that are not counted
 */
export function offsetsOf(file: string, numbers: readonly number[], skipped: ReadonlySet<number>): readonly number[] {
  const found: number[] = [];
  let row = -2; // of the row that is being read; the first line is -1
  let [quoted, cellStart, start, closed] = [false, true, true, -1];
  if (numbers.length > 0)
    eachByte(file, 0, (byte, at) => {
      const isBreak = byte === NEWLINE || byte === RETURN;
      // A row that could not be read begins where the reader says it does, whatever its quotes are.
      if (skipped.has(at)) [quoted, start] = [false, true];
      if (start && !isBreak) {
        start = false;
        cellStart = true;
        if (!skipped.has(at)) row++;
        while (found.length < numbers.length && numbers[found.length] === row) found.push(at);
      }
      if (quoted && byte === QUOTE) [quoted, closed] = [false, at];
      // Behind the quote that closed a cell another one stands for a mark in it, and opens it again.
      else if (!quoted && byte === QUOTE) quoted = cellStart || closed === at - 1;
      else if (!quoted && isBreak) start = true;
      cellStart = byte === COMMA;
      return found.length < numbers.length;
    });
  return found;
}
