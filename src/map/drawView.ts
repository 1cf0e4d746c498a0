/**
 * The map as it stands on the reader's screen, as a picture for print: what the page has on canvases as one image, everything
 * above it as vectors taken from the page, with title, date, credits and licence. Made from the page itself, so that it cannot
 * show anything else than the page does.
 */
import { summaryOf } from '../core/describe.ts';
import type { Story } from '../core/story.ts';
import type { Strings } from '../core/strings/make.ts';
import { plain } from '../core/text.ts';

const NS = 'http://www.w3.org/2000/svg';
/** Room left of the words, px. */
const MARGIN = 14;
/** Pixels of a PNG to a px of the page: enough for a newspaper's column. */
const FINENESS = 2;

type Attributes = { readonly [name: string]: string | number };

function element<K extends keyof SVGElementTagNameMap>(name: K, attributes: Attributes, text?: string): SVGElementTagNameMap[K] {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** @throws Error where there is no live map on the page */
export function drawView(story: Story, t: Strings): SVGSVGElement {
  const map = document.querySelector<HTMLElement>('.map-canvas');
  const region = map?.closest<HTMLElement>('.map-region');
  if (!map || !region) throw new Error('There is no live map to draw.');
  const box = map.getBoundingClientRect();
  const [width, height] = [Math.round(box.width), Math.round(box.height)];
  const page = getComputedStyle(document.documentElement);
  const color = (name: string) => page.getPropertyValue(`--${name}`).trim();
  const font = getComputedStyle(document.body).fontFamily;
  const inLines = (text: string, size: number) => lines(text, size, width - 2 * MARGIN, font);
  // No sentence is cut: what limits a number may stand in the last of them.
  const title = inLines(plain(story.title), 21);
  const facts = inLines(t.facts(t.asOf(story.asOf), summaryOf(story, t)), 12.5);
  const credits = `${t.attribution}: ${story.basemap.credits.map((c) => c.text).join(', ')}`;
  const own = document.querySelector<HTMLElement>('.brand')?.dataset.credit ?? '';
  const foot = [
    ...(own === '' ? [] : inLines(own, 11)),
    ...inLines(credits, 11),
    ...inLines(`${plain(story.licence)} ${t.updated(story.updated)}, ${t.version(story.version)}`, 11),
  ];
  const head = 16 + title.length * 25 + facts.length * 17;
  const whole = head + height + foot.length * 15 + 14;
  const svg = element('svg', { xmlns: NS, viewBox: `0 0 ${width} ${whole}`, width, height: whole, 'font-family': font });
  svg.append(element('title', {}, `${plain(story.title)}. ${t.asOf(story.asOf)}`));
  svg.append(element('rect', { width, height: whole, fill: color('page') }));
  const isRtl = document.documentElement.dir === 'rtl';
  const words = (text: string, y: number, size: number, fill: string, weight = 400) =>
    svg.append(
      element('text', { x: isRtl ? width - MARGIN : MARGIN, y, 'font-size': size, fill, 'font-weight': weight, direction: isRtl ? 'rtl' : 'ltr' }, text),
    );
  for (const [i, line] of title.entries()) words(line, 30 + i * 25, 21, color('ink'), 600);
  for (const [i, line] of facts.entries()) words(line, 26 + title.length * 25 + i * 17, 12.5, color('ink-soft'));
  for (const [i, line] of foot.entries()) words(line, head + height + 18 + i * 15, 11, color('ink-soft'));
  const sheet = element('svg', { y: head, width, height, viewBox: `0 0 ${width} ${height}`, overflow: 'hidden' });
  sheet.append(element('image', { width, height, href: ground(map, box, color('water')) }));
  const at = { left: box.left, top: box.top };
  for (const lines of map.querySelectorAll<SVGSVGElement>('.leaflet-overlay-pane svg')) sheet.append(copied(lines, at));
  for (const mark of map.querySelectorAll<HTMLElement>('.leaflet-marker-pane .place-mark')) drawMark(sheet, mark, at);
  for (const chip of region.querySelectorAll<HTMLElement>('.area-chips .area-chip')) if (isSeen(chip)) drawPlate(sheet, chip, at);
  svg.append(sheet);
  return svg;
}

/** @returns PNG bytes. @throws Error where the browser cannot draw SVG on a canvas */
export async function toPng(svg: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * FINENESS;
  canvas.height = image.height * FINENESS;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('This browser gives out no pictures.');
  return blob;
}

/** All tiles, and the marks of very many events, on one canvas, as a data address. */
function ground(map: HTMLElement, box: DOMRect, water: string): string {
  const ratio = Math.min(3, Math.max(1, window.devicePixelRatio));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(box.width * ratio);
  canvas.height = Math.round(box.height * ratio);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  context.scale(ratio, ratio);
  context.fillStyle = water;
  context.fillRect(0, 0, box.width, box.height);
  for (const tile of map.querySelectorAll<HTMLCanvasElement>('canvas.canvas-tile, canvas.dense-canvas')) {
    const { left, top, width, height } = tile.getBoundingClientRect();
    if (tile.width > 0 && tile.height > 0 && tile.style.visibility !== 'hidden') context.drawImage(tile, left - box.left, top - box.top, width, height);
  }
  return canvas.toDataURL('image/png');
}

interface Origin {
  readonly left: number;
  readonly top: number;
}

/** A drawing of the page with the colours that its stylesheet gives it. */
function copied(drawing: SVGSVGElement, origin: Origin): SVGGElement {
  const { left, top, width, height } = drawing.getBoundingClientRect();
  const view = drawing.viewBox.baseVal;
  const [sx, sy] = view.width > 0 ? [width / view.width, height / view.height] : [1, 1];
  const group = element('g', {
    transform: `translate(${round(left - origin.left)} ${round(top - origin.top)}) scale(${round(sx)} ${round(sy)}) translate(${-view.x} ${-view.y})`,
  });
  for (const shape of drawing.querySelectorAll<SVGGraphicsElement>('path, circle, rect, line')) {
    const style = getComputedStyle(shape);
    if (style.display === 'none' || style.visibility === 'hidden') continue;
    const copy = shape.cloneNode(false) as SVGGraphicsElement;
    for (const name of copy.getAttributeNames()) if (name === 'class' || name === 'style' || name.startsWith('aria-')) copy.removeAttribute(name);
    for (const name of ['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity'])
      copy.setAttribute(name, style.getPropertyValue(name));
    group.append(copy);
  }
  return group;
}

function drawMark(sheet: SVGElement, mark: HTMLElement, origin: Origin): void {
  const dot = mark.querySelector<HTMLElement>('.mark-dot');
  const face = mark.querySelector<HTMLElement>('.mark-face');
  if (!dot || !face) return;
  const { left, top, width, height } = dot.getBoundingClientRect();
  const [x, y] = [left + width / 2 - origin.left, top + height / 2 - origin.top];
  const plate = face.getBoundingClientRect();
  const nearest = {
    x: Math.max(plate.left, Math.min(plate.right, x + origin.left)) - origin.left,
    y: Math.max(plate.top, Math.min(plate.bottom, y + origin.top)) - origin.top,
  };
  const style = getComputedStyle(dot);
  sheet.append(element('path', { d: `M${round(x)} ${round(y)}L${round(nearest.x)} ${round(nearest.y)}`, stroke: style.backgroundColor, 'stroke-width': 1.4 }));
  sheet.append(
    element('circle', {
      cx: round(x),
      cy: round(y),
      r: round(width / 2 - 0.75),
      fill: style.backgroundColor,
      stroke: style.borderTopColor,
      'stroke-width': 1.5,
    }),
  );
  drawPlate(sheet, face, origin);
}

/** A plate with glyphs and words: a mark's face or an area's chip. */
function drawPlate(sheet: SVGElement, plate: HTMLElement, origin: Origin): void {
  const { left, top, width, height } = plate.getBoundingClientRect();
  const style = getComputedStyle(plate);
  sheet.append(
    element('rect', {
      x: round(left - origin.left),
      y: round(top - origin.top),
      width: round(width),
      height: round(height),
      rx: round(Math.min(height / 2, Number.parseFloat(style.borderTopLeftRadius) || 0)),
      fill: style.backgroundColor,
      stroke: style.borderTopColor,
      'stroke-width': style.borderTopWidth,
    }),
  );
  for (const glyph of plate.querySelectorAll<SVGSVGElement>('svg')) sheet.append(copied(glyph, origin));
  const texts = document.createTreeWalker(plate, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!parent || text === '' || !isSeen(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const at = range.getBoundingClientRect();
    const isForScreenReaders = parent.getBoundingClientRect().width < 2;
    if (isForScreenReaders) continue;
    const words = getComputedStyle(parent);
    const size = Number.parseFloat(words.fontSize);
    sheet.append(
      element(
        'text',
        {
          x: round(at.left - origin.left),
          y: round(at.top + at.height / 2 + size * 0.35 - origin.top),
          'font-size': size,
          'font-weight': words.fontWeight,
          fill: words.color,
        },
        text,
      ),
    );
  }
}

function isSeen(part: HTMLElement): boolean {
  const style = getComputedStyle(part);
  return style.display !== 'none' && style.visibility !== 'hidden' && part.getClientRects().length > 0;
}

/** Text in lines that fit a width. */
function lines(text: string, size: number, width: number, font: string): string[] {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return [text];
  context.font = `${size}px ${font}`;
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && context.measureText(`${last} ${word}`).width <= width * 0.97) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  return found;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
