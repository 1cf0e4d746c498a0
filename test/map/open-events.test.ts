import { expect, test } from 'vitest';
import { ColumnsError, writeColumns } from '../../src/dense/columns.ts';
import type { PointIndex } from '../../src/dense/PointIndex.ts';
import { cellZoom } from '../../src/dense/PointIndex.ts';
import { readEvents } from '../../src/dense/readEvents.ts';
import { openEvents } from '../../src/map/openEvents.ts';
import { makeColumns } from '../dense/make.ts';

const file = writeColumns(makeColumns({ rows: 3000, places: 200, days: 40, layers: 4 }));
const copy = () => file.slice().buffer;
/** In the page itself, as where there are no workers. */
const here = () => readEvents(copy());

/** What a reader's map and list ask of an index. */
function answers(index: PointIndex) {
  const window = { first: 5, last: 12 };
  const { level, count, start } = index.cellsAt(cellZoom(5.4));
  const ids = Uint32Array.from({ length: count }, (_, i) => i);
  const mask = Uint8Array.from(index.columns.kinds, (k) => k.layer + 1);
  return {
    size: index.size,
    spots: index.spots,
    cells: { level, count, start },
    all: index.count(ids, null),
    some: index.count(ids, window),
    kinds: index.kindCounts(window),
    rows: index.rowsAt(3, 9, mask, window),
    order: index.order(mask, window).length,
  };
}

test('read in a worker, the events answer as those read in the page do', async () => {
  expect(answers(await openEvents(copy(), 5.4))).toEqual(answers(here()));
});

test.each([
  [
    'where no worker can be had',
    class {
      constructor() {
        throw new Error('Not in this frame.');
      }
    },
  ],
  [
    'where the worker’s script is missing',
    class extends Worker {
      constructor() {
        super('/nowhere.js', { type: 'module' });
      }
    },
  ],
])('%s the page reads them itself', async (_, broken) => {
  const { Worker } = window;
  window.Worker = broken as never;
  try {
    expect(answers(await openEvents(copy(), 5.4))).toEqual(answers(here()));
  } finally {
    window.Worker = Worker;
  }
});

test('bytes that are no columns are refused from there too, and say why', async () => {
  const read = openEvents(file.slice(0, 100).buffer, 5);
  await expect(read).rejects.toBeInstanceOf(ColumnsError);
  await expect(read).rejects.toThrow('Expected');
});
