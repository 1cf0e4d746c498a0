/**
 * Where names and marks go on a sheet without covering one another. Pure and free of fonts: widths are estimated from
 * the letters, so the build's picture and the reader's canvas reach the same result.
 */

/** A rectangle in px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function boxesOverlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Advance widths in em of a plain sans-serif; wide enough for the faces of every system stack. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ilj.,'’|!:;ıі]/, 0.3],
  [/[\s()\-fтrtI]/, 0.38],
  [/[mwMWмшщжюфыЖШЩЮФЫ@—]/, 0.9],
  [/[\u1100-\u11ff\u2e80-\ud7af\uf900-\ufaff\uff00-\uff60]/, 1.02],
  [/\p{Lu}|[0-9]/u, 0.68],
];
const OTHER = 0.57;

/** Estimated width of a text in px at a font size. */
export function textWidth(text: string, fontPx: number): number {
  let em = 0;
  for (const c of text) em += WIDTHS.find(([set]) => set.test(c))?.[1] ?? OTHER;
  return em * fontPx;
}

/** On which side of its point a text stands; `c` is centred on it. */
export type Side = 'e' | 'w' | 'n' | 's' | 'ne' | 'nw' | 'se' | 'sw' | 'c';

/** The box of a text or mark of this size that stands on a side of a point, `gap` px away. */
export function boxAt(x: number, y: number, width: number, height: number, side: Side, gap: number): Box {
  const diagonal = gap * 0.75;
  const h = side.includes('e') ? 1 : side.includes('w') ? -1 : 0;
  const v = side.includes('s') ? 1 : side.includes('n') ? -1 : 0;
  const dx = h * (v === 0 ? gap : diagonal);
  const dy = v * (h === 0 ? gap : diagonal);
  const left = h > 0 ? x + dx : h < 0 ? x + dx - width : x - width / 2;
  const top = v > 0 ? y + dy : v < 0 ? y + dy - height : y - height / 2;
  return { left, top, right: left + width, bottom: top + height };
}

export interface LabelRequest<T> {
  readonly item: T;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Distance from the point. */
  readonly gap: number;
  /** Sides to try, best first. */
  readonly sides: readonly Side[];
  /** Empty px kept around it. */
  readonly padding: number;
  /** Radius of the dot at its point, which wants room too; 0 for none. */
  readonly dot: number;
}

export interface PlacedLabel<T> {
  readonly item: T;
  readonly side: Side;
  readonly box: Box;
  readonly x: number;
  readonly y: number;
}

/**
 * Place labels one after another; one that finds no free side is left out.
 * @param requests most important first
 * @param taken    boxes that no label may touch
 * @returns the placed ones, in the order of the requests. The result does not depend on what part of the sheet is in view
 */
export function placeLabels<T>(requests: readonly LabelRequest<T>[], taken: readonly Box[]): PlacedLabel<T>[] {
  const grid = new BoxGrid(128);
  for (const box of taken) grid.add(box);
  const placed: PlacedLabel<T>[] = [];
  for (const { item, x, y, width, height, gap, sides, padding, dot } of requests) {
    const dotBox = { left: x - dot, top: y - dot, right: x + dot, bottom: y + dot };
    if (dot > 0 && grid.hits(dotBox)) continue;
    for (const side of sides) {
      const box = boxAt(x, y, width, height, side, gap);
      const padded = { left: box.left - padding, top: box.top - padding, right: box.right + padding, bottom: box.bottom + padding };
      if (grid.hits(padded)) continue;
      grid.add(padded);
      if (dot > 0) grid.add(dotBox);
      placed.push({ item, side, box, x, y });
      break;
    }
  }
  return placed;
}

/** Boxes by the cells of a square grid that they touch. */
class BoxGrid {
  private readonly cells = new Map<string, Box[]>();
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  add(box: Box): void {
    for (const key of this.keys(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
  }

  hits(box: Box): boolean {
    return this.keys(box).some((key) => this.cells.get(key)?.some((b) => boxesOverlap(b, box)) ?? false);
  }

  private keys(box: Box): string[] {
    const keys: string[] = [];
    for (let cx = Math.floor(box.left / this.size); cx <= Math.floor(box.right / this.size); cx++) {
      for (let cy = Math.floor(box.top / this.size); cy <= Math.floor(box.bottom / this.size); cy++) keys.push(`${cx} ${cy}`);
    }
    return keys;
  }
}

/** A mark that wants a side: its point and the size of its face. */
export interface MarkRequest {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Its width without its name. */
  readonly bareWidth: number;
  readonly height: number;
}

/** Where a mark's face stands, and whether it shows its glyphs alone because names would lie on one another. */
export interface MarkPlace {
  readonly side: Side;
  readonly bare: boolean;
}

const MARK_SIDES: readonly Side[] = ['e', 'w', 'se', 'sw', 'ne', 'nw', 's', 'n'];
/** Distance between a mark's point and its face, px. */
export const MARK_GAP = 18;
/** Points nearer to each other than this push their faces apart, px. */
const NEAR = 80;

/** Rounds in which faces may lose their names, so that many marks do not take for ever. */
const BARING_ROUNDS = 4;

/**
 * Give each mark the side on which its face covers no other face and no other point, and looks away from its neighbours.
 * Faces of places that lie on top of one another at a small zoom thus stay apart and reachable. Where that cannot be,
 * those that come later give up their names until there is room.
 * @param inside the part of the sheet that is shown first: faces stay within it where they can
 * @returns id → place, for every mark
 */
export function placeMarks(marks: readonly MarkRequest[], inside: Box): Map<string, MarkPlace> {
  const bare = new Set<string>();
  const sized = () => marks.map((m) => (bare.has(m.id) ? { ...m, width: m.bareWidth } : m));
  let sides = chooseSides(sized(), inside);
  for (let round = 0; round < BARING_ROUNDS; round++) {
    const now = sized();
    const boxes = now.map((m) => faceBox(m, sides.get(m.id) ?? 'e'));
    const crowded = now.filter((m, i) => {
      const box = boxes[i];
      return box && !bare.has(m.id) && boxes.some((other, k) => k < i && boxesOverlap(box, other));
    });
    if (crowded.length === 0) break;
    for (const m of crowded) bare.add(m.id);
    sides = chooseSides(sized(), inside);
  }
  return new Map(marks.map((m) => [m.id, { side: sides.get(m.id) ?? 'e', bare: bare.has(m.id) }]));
}

function faceBox(m: MarkRequest, side: Side): Box {
  return boxAt(m.x, m.y, m.width, m.height, side, MARK_GAP);
}

function chooseSides(marks: readonly MarkRequest[], inside: Box): Map<string, Side> {
  const sides = new Map<string, Side>();
  const boxes = new Map<MarkRequest, Box>();
  // Faces reach no farther than this from their points: only marks nearer than twice that concern one another.
  const reach = 2 * MARK_GAP + 2 * Math.max(NEAR / 2, ...marks.map((m) => Math.max(m.width, m.height)));
  const near = (mark: MarkRequest) => marks.filter((o) => o !== mark && Math.abs(o.x - mark.x) < reach && Math.abs(o.y - mark.y) < reach);
  const cost = (mark: MarkRequest, side: Side, others: readonly MarkRequest[]): number => {
    const box = faceBox(mark, side);
    const toward = { x: (box.left + box.right) / 2 - mark.x, y: (box.top + box.bottom) / 2 - mark.y };
    const outside =
      Math.max(0, inside.left - box.left) + Math.max(0, box.right - inside.right) + Math.max(0, inside.top - box.top) + Math.max(0, box.bottom - inside.bottom);
    let sum = MARK_SIDES.indexOf(side) * 0.1 + outside * 0.2;
    for (const other of others) {
      const face = boxes.get(other);
      if (face && boxesOverlap(box, face)) sum += 100;
      if (other.x > box.left - 6 && other.x < box.right + 6 && other.y > box.top - 6 && other.y < box.bottom + 6) sum += 50;
      const dx = other.x - mark.x;
      const dy = other.y - mark.y;
      if (Math.abs(dx) >= NEAR || Math.abs(dy) >= NEAR) continue;
      const distance = Math.hypot(dx, dy);
      if (distance < NEAR && distance > 0) {
        const cosine = (dx * toward.x + dy * toward.y) / (distance * Math.hypot(toward.x, toward.y));
        sum += cosine * (1 - distance / NEAR) * 1.5;
      }
    }
    return sum;
  };
  // Twice: the first round cannot know the sides of those that come later.
  for (let round = 0; round < 2; round++) {
    for (const mark of marks) {
      const others = near(mark);
      const best = MARK_SIDES.map((side) => ({ side, cost: cost(mark, side, others) })).reduce((a, b) => (b.cost < a.cost ? b : a));
      sides.set(mark.id, best.side);
      boxes.set(mark, faceBox(mark, best.side));
    }
  }
  return sides;
}

/**
 * The zoom at which placement is decided for a zoom: the half step below it, where things stand closer together. What
 * fits there fits here, names do not flicker while a reader zooms, and the static picture can hold one arrangement for
 * each step.
 */
export function placementZoom(zoom: number): number {
  return Math.floor(zoom * 2 + 1e-6) / 2;
}

/** Height of a mark's face, px. */
export const MARK_HEIGHT = 32;

/** Width of a mark's face with this many glyphs and this name, px: as `page.css` lays it out. An empty name takes no room. */
export function markWidth(glyphs: number, name: string): number {
  if (name === '') return 8 + glyphs * 22 + 6;
  return 8 + glyphs * 22 + 4 + textWidth(name, 13) * 1.06 + 10;
}
