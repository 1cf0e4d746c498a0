/** What stands around the map of a poster: title, legend, chief figures with what limits them, credits and version. */
import type { ReactNode } from 'react';
import { scopeWords } from '../core/claim-words.ts';
import { shortSummaryOf, summaryOf } from '../core/describe.ts';
import { STATUS_MARKS } from '../core/glyphs.ts';
import { textWidth } from '../core/labels.ts';
import { directionOf } from '../core/languages.ts';
import type { Status } from '../core/source.ts';
import { plain } from '../core/text.ts';
import { initialView, layerCounts } from '../core/view.ts';
import { LayerMark } from './poster-map.tsx';
import type { Scene } from './poster-scene.ts';
import { MARGIN, tenth } from './poster-scene.ts';
import { siteWords } from './theme/brand.tsx';

interface Reading {
  /** Where something stands that begins so many px from the line's beginning. @param width its own, for what is no text */
  readonly at: (x: number, width?: number) => number;
  /** Lets a text begin there. */
  readonly start: { readonly textAnchor?: 'end' };
  /** Lets a text end there. */
  readonly end: { readonly textAnchor?: 'end' };
  /** A line as the renderer must have it: it takes every line for one from left to right, so it is told of the other direction in the text. */
  readonly line: (text: string) => string;
}

/** The direction in which a poster's words are read: in some scripts they begin on the right. */
function readingOf({ story, layout }: Scene): Reading {
  if (directionOf(story.language) === 'rtl')
    return { at: (x, width = 0) => tenth(layout.width - x - width), start: { textAnchor: 'end' }, end: {}, line: (text) => `\u202b${text}\u202c` };
  return { at: (x) => tenth(x), start: {}, end: { textAnchor: 'end' }, line: (text) => text };
}

/** Height of the site's logo, px, and the most that it is wide. */
const LOGO = { height: 36, width: 240 };

function logoBox({ look, theme }: Scene): { readonly width: number; readonly height: number; readonly href: string } | null {
  const logo = look.logo?.[theme];
  if (!logo) return null;
  const scale = Math.min(LOGO.height / logo.height, LOGO.width / logo.width);
  const type = logo.file.path.endsWith('.svg') ? 'image/svg+xml' : 'image/png';
  return {
    width: tenth(logo.width * scale),
    height: tenth(logo.height * scale),
    href: `data:${type};base64,${Buffer.from(logo.file.content).toString('base64')}`,
  };
}

/** The site's logo at the title's other end. */
export function LogoMark({ scene }: { scene: Scene }) {
  const logo = logoBox(scene);
  return logo && <image x={readingOf(scene).at(scene.layout.width - MARGIN - logo.width, logo.width)} y={22} {...logo} />;
}

export function Head({ scene }: { scene: Scene }) {
  const { story, palette, t, layout, look } = scene;
  const lead = layout.lead ? wrap(plain(story.summary), 17, layout.width - 2 * MARGIN).slice(0, 2) : [];
  const short = t.facts(t.asOf(story.asOf), shortSummaryOf(story, t));
  // A card has one line for it, which every language must fit.
  const size = layout.lead ? 13.5 : Math.min(17, tenth((17 * (layout.width - 2 * MARGIN)) / textWidth(short, 17)));
  const facts = layout.lead ? wrap(t.facts(t.asOf(story.asOf), summaryOf(story, t)), size, layout.width - 2 * MARGIN).slice(0, 2) : [short];
  const reading = readingOf(scene);
  const side = { x: reading.at(MARGIN), ...reading.start };
  const title = plain(story.title);
  const logo = logoBox(scene);
  const room = layout.width - 2 * MARGIN - (logo ? logo.width + MARGIN : 0);
  const titleSize = logo ? Math.min(layout.title, tenth((layout.title * room) / textWidth(title, layout.title))) : layout.title;
  return (
    <>
      <text {...side} y={52} fontFamily={look.fonts.title} fontWeight={600} fontSize={titleSize} fill={palette.ink}>
        {reading.line(title)}
      </text>
      {lead.map((line, i) => (
        <text key={line} {...side} y={82 + i * 23} fontSize={17} fill={palette.ink}>
          {reading.line(line)}
        </text>
      ))}
      {facts.map((line, i) => (
        <text key={line} {...side} y={(layout.lead ? 82 : 88) + lead.length * 23 + i * 18} fontSize={size} fill={palette.inkSoft}>
          {reading.line(line)}
        </text>
      ))}
    </>
  );
}

export function Legend({ scene }: { scene: Scene }): ReactNode {
  const { story, t, colors, palette, layout } = scene;
  const reading = readingOf(scene);
  const entries = layerCounts(story, initialView(story)).map(({ layer, shown }) => ({ layer, words: `${plain(layer.label)} ${t.number(shown)}` }));
  const widths = entries.map(({ words }) => 28 + textWidth(words, 15) + 26);
  // In languages with longer words everything moves closer and is set a little smaller.
  const fit = Math.min(1, (layout.width - 2 * MARGIN) / widths.reduce((a, b) => a + b, 0));
  let x = MARGIN;
  return entries.map(({ layer, words }, i) => {
    const at = x;
    x += (widths[i] ?? 0) * fit;
    return (
      <g key={layer.id}>
        <LayerMark layer={layer} x={reading.at(at, 22)} y={layout.map.top + layout.map.height + 17} size={22} colors={colors} paper={palette.page} />
        <text x={reading.at(at + 29)} {...reading.start} y={layout.map.top + layout.map.height + 33.5} fontSize={tenth(15 * fit)} fill={palette.ink}>
          {reading.line(words)}
        </text>
      </g>
    );
  });
}

/** The chief figures, each with what it counts, its scope, its status and its speaker beneath it. */
export function Figures({ scene }: { scene: Scene }) {
  const { story, t, palette, layout, look } = scene;
  const reading = readingOf(scene);
  const entries = story.keyFigures.flatMap(({ event, claim: id }) => {
    const claim = story.events.find((e) => e.id === event)?.claims.find((c) => c.id === id);
    const figure = claim?.figures[0];
    return claim && figure ? [{ claim, figure }] : [];
  });
  const top = layout.map.top + layout.map.height + 60;
  const width = (layout.width - 2 * MARGIN) / Math.max(1, entries.length);
  return entries.map(({ claim, figure }, i) => {
    const x = MARGIN + i * width;
    const side = { x: reading.at(x), ...reading.start };
    const retracted = claim.status === 'retracted';
    const number = t.amount(figure.number, figure.exactness);
    const scope = scopeWords(story, figure, t);
    const ink = retracted ? palette.warnInk : palette.ink;
    const by = cut(wrap(t.saidBy(claim.by), 13, width - 34), layout.speaker);
    return (
      <g key={claim.id}>
        <path d={`M${reading.at(x)} ${top}H${reading.at(x + width - 20)}`} stroke={palette.ruleStrong} />
        <text {...side} y={top + 36} fontFamily={look.fonts.title} fontWeight={600} fontSize={30} fill={palette.ink}>
          {reading.line(number)}
        </text>
        {retracted && (
          <path d={`M${reading.at(x - 3)} ${top + 26}H${reading.at(x + 3 + textWidth(number, 30) * 1.02)}`} stroke={palette.warnInk} strokeWidth={2.5} />
        )}
        <text {...side} y={top + 58} fontSize={15} fontWeight={600} fill={palette.ink}>
          {reading.line(`${plain(figure.label)}${scope ? `, ${scope}` : ''}`)}
        </text>
        <StatusDot status={claim.status} x={reading.at(x, 14.4)} y={top + 67} color={ink} />
        <text x={reading.at(x + 20)} {...reading.start} y={top + 79} fontSize={14} fontWeight={600} fill={ink}>
          {reading.line(t.status[claim.status].word)}
        </text>
        {by.map((line, k) => (
          <text key={line} {...side} y={top + 99 + k * 17} fontSize={13} fill={palette.inkSoft}>
            {reading.line(line)}
          </text>
        ))}
      </g>
    );
  });
}

function StatusDot({ status, x, y, color }: { status: Status; x: number; y: number; color: string }) {
  const { fill, strike, dashed } = STATUS_MARKS[status];
  return (
    <g transform={`translate(${x} ${y}) scale(.9)`} stroke={color} strokeWidth={1.7} fill="none">
      <circle cx={8} cy={8} r={6} strokeDasharray={dashed ? '2.6 2.1' : undefined} fill={fill === 'full' ? color : 'none'} />
      {fill === 'dot' && <circle cx={8} cy={8} r={2.4} fill={color} stroke="none" />}
      {fill === 'half' && <path d="M8 2a6 6 0 0 1 0 12z" fill={color} stroke="none" />}
      {strike && <path d="M2 14L14 2" strokeLinecap="round" />}
    </g>
  );
}

export function Foot({ scene }: { scene: Scene }) {
  const { story, t, palette, layout, look } = scene;
  const reading = readingOf(scene);
  const far = { x: reading.at(layout.width - MARGIN), ...reading.end };
  const credits = `${t.attribution}: ${story.basemap.credits
    .filter((c) => c.part === 'first')
    .map((c) => c.text)
    .join(', ')}`;
  const own = look.credit === null ? null : siteWords(look.credit, story.language);
  return (
    <>
      {own !== null && (
        <text {...far} y={layout.height - 34} fontSize={12} fontWeight={600} fill={palette.ink}>
          {reading.line(own)}
        </text>
      )}
      <text x={reading.at(MARGIN)} {...reading.start} y={layout.height - 16} fontSize={12} fill={palette.inkSoft}>
        {reading.line(credits)}
      </text>
      <text {...far} y={layout.height - 16} fontSize={12} fill={palette.inkSoft}>
        {reading.line(`${t.updated(story.updated)}, ${t.version(story.version)}`)}
      </text>
    </>
  );
}

/** Lines of words no wider than a width, by the estimate that all placing uses. */
function wrap(text: string, fontPx: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, fontPx) * 0.97 <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** As many lines as there is room for; the last one says if more would follow. */
function cut(lines: readonly string[], most: number): string[] {
  return lines.slice(0, most).map((line, i) => (i === most - 1 && lines.length > most ? `${line} …` : line));
}
