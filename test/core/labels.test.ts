import { expect, test } from 'vitest';
import { labelText } from '../../src/core/basemap-labels.ts';
import type { Box, LabelRequest, MarkRequest } from '../../src/core/labels.ts';
import { boxAt, boxesOverlap, MARK_GAP, placeLabels, placeMarks, placementZoom, textWidth } from '../../src/core/labels.ts';

const EVERYWHERE: Box = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };

function label(item: string, x: number, y: number): LabelRequest<string> {
  return { item, x, y, width: 60, height: 14, gap: 5, sides: ['e', 'w', 'n', 's'], padding: 2, dot: 0 };
}

function boxes(marks: readonly MarkRequest[], inside = EVERYWHERE): Box[] {
  const sides = placeMarks(marks, inside);
  return marks.map((m) => boxAt(m.x, m.y, m.width, m.height, sides.get(m.id)!.side, MARK_GAP));
}

test('no placed label touches another or what is taken', () => {
  const requests = Array.from({ length: 200 }, (_, i) => label(`l${i}`, (i * 37) % 400, (i * 53) % 300));
  const taken: Box[] = [{ left: 100, top: 100, right: 200, bottom: 200 }];
  const placed = placeLabels(requests, taken);
  expect(placed.length).toBeGreaterThan(10);
  placed.forEach((a, i) => {
    expect(taken.some((t) => boxesOverlap(a.box, t))).toBe(false);
    for (const b of placed.slice(i + 1)) expect(boxesOverlap(a.box, b.box)).toBe(false);
  });
});

test('no name is written over the dot of another', () => {
  const dotted = (item: string, x: number) => ({ ...label(item, x, 0), dot: 3 });
  const placed = placeLabels([dotted('first', 0), dotted('under its name', 30)], []);
  expect(placed.map((p) => p.item)).toEqual(['first']);
});

test('the more important label wins the room', () => {
  const wide = { ...label('first', 0, 0), sides: ['e'] as const };
  expect(placeLabels([wide, { ...wide, item: 'second' }], []).map((p) => p.item)).toEqual(['first']);
});

test('marks a few px apart get faces that do not overlap', () => {
  const [almaty, airport] = boxes([
    { id: 'almaty', x: 0, y: 0, width: 140, bareWidth: 80, height: 32 },
    { id: 'airport', x: 3, y: -3, width: 150, bareWidth: 40, height: 32 },
  ]);
  expect(boxesOverlap(almaty!, airport!)).toBe(false);
});

test('marks on the very same point still get faces of their own', () => {
  const faces = boxes(Array.from({ length: 4 }, (_, i) => ({ id: `m${i}`, x: 50, y: 50, width: 120, bareWidth: 40, height: 32 })));
  faces.forEach((a, i) => {
    for (const b of faces.slice(i + 1)) expect(boxesOverlap(a, b)).toBe(false);
  });
});

test('a face stays within the first view where another side allows it', () => {
  const inside: Box = { left: 0, top: 0, right: 300, bottom: 200 };
  const [face] = boxes([{ id: 'edge', x: 280, y: 100, width: 140, bareWidth: 80, height: 32 }], inside);
  expect(face!.right).toBeLessThanOrEqual(300);
});

test('placement is decided at half steps, never above the zoom', () => {
  expect([3.99, 4, 4.3, 4.5, 4.74].map(placementZoom)).toEqual([3.5, 4, 4, 4.5, 4.5]);
});

test('a longer text is wider, in every script', () => {
  for (const [short, long] of [
    ['Oral', 'Oral Oral'],
    ['Орал', 'Орал қаласы'],
    ['오랄', '오랄 지방'],
  ] as const) {
    expect(textWidth(long, 12)).toBeGreaterThan(textWidth(short, 12));
  }
});

test('a station says that it is one: Moskva in Almaty is no city', () => {
  const station = { id: 'metro-moskva', kind: 'station', name: { en: 'Moskva', ru: 'Москва' }, at: [76.87, 43.23], rank: 12 } as const;
  expect(labelText(station, 'en')).toBe('Moskva (metro)');
  expect(labelText(station, 'ru')).toBe('Москва (метро)');
  expect(labelText(station, 'ko')).toBe('Moskva (metro)');
});
