/** Cost against the number of events, as an SVG in the reader's colours: both axes by tens, one line for each cost. */

const WIDTH = 768;
const HEIGHT = 420;
/** In the drawing's units, from its left edge at -8: the longest number stands left of it. */
const EDGE = -8;
const BOX = { left: 56, top: 24, right: 560, bottom: 370 };
/** On light paper and on dark. */
const COLORS = [
  ['#c2410c', '#ff8a5c'],
  ['#1b4f8f', '#8ab8f5'],
  ['#3f5d2a', '#a3c585'],
  ['#7a2e6d', '#dc93cf'],
  ['#0b5f8a', '#6bbbe8'],
  ['#5a544b', '#c9c0b2'],
] as const;
const DASHES = ['', '6 3', '2 3', '10 4', '', '6 3'];

export function growthPlot(costs: readonly { readonly events: number; readonly values: { readonly [name: string]: number } }[]): string {
  const names = Object.keys(costs[0]?.values ?? {});
  const all = costs.flatMap((c) => Object.values(c.values));
  const [low, high] = [Math.floor(Math.log10(Math.max(0.01, Math.min(...all)))), Math.ceil(Math.log10(Math.max(...all)))];
  const [first, last] = [Math.log10(costs[0]?.events ?? 1), Math.log10(costs.at(-1)?.events ?? 10)];
  const x = (events: number) => round(BOX.left + ((Math.log10(events) - first) / (last - first || 1)) * (BOX.right - BOX.left));
  const y = (value: number) => round(BOX.bottom - ((Math.log10(Math.max(10 ** low, value)) - low) / (high - low || 1)) * (BOX.bottom - BOX.top));
  const grid = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)).map(
    (v) =>
      `<line x1="${BOX.left}" x2="${BOX.right}" y1="${y(v)}" y2="${y(v)}" class="grid"/><text x="${BOX.left - 6}" y="${y(v) + 4}" text-anchor="end">${v.toLocaleString('en')}</text>`,
  );
  const ticks = costs.map((c) => `<text x="${x(c.events)}" y="${BOX.bottom + 18}" text-anchor="middle">${c.events.toLocaleString('en')}</text>`);
  const ends = names.map((name) => ({ name, at: y(costs.at(-1)?.values[name] ?? 0) })).sort((a, b) => a.at - b.at);
  // Words at the lines' ends, none on another.
  let free = 0;
  const labelAt = new Map(
    ends.map(({ name, at }) => {
      free = Math.max(free + 16, at);
      return [name, free];
    }),
  );
  const lines = names.map((name, i) => {
    const points = costs.map((c) => `${x(c.events)},${y(c.values[name] ?? 0)}`);
    const dots = points.map((p) => `<circle cx="${p.split(',')[0]}" cy="${p.split(',')[1]}" r="3"/>`).join('');
    return `<g class="c${i % COLORS.length}"><polyline points="${points.join(' ')}" stroke-dasharray="${DASHES[i % DASHES.length]}"/>${dots}<text x="${BOX.right + 10}" y="${(labelAt.get(name) ?? 0) + 4}">${name}</text></g>`;
  });
  const inks = (dark: 0 | 1) => COLORS.map((c, i) => `.c${i}{fill:${c[dark]};stroke:${c[dark]}}`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${EDGE} 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<title>What a story costs, against the number of its events</title>
<style>svg{fill:#1f1c18}.paper{fill:#fffefb}.grid{stroke:#dcd6ca}text{stroke:none}polyline{fill:none;stroke-width:2}${inks(0)}
@media (prefers-color-scheme:dark){svg{fill:#e8e4dc}.paper{fill:#1b1a18}.grid{stroke:#45413a}${inks(1)}}</style>
<rect x="${EDGE}" width="${WIDTH}" height="${HEIGHT}" class="paper"/>
${grid.join('\n')}
${ticks.join('\n')}
<text x="${(BOX.left + BOX.right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">events</text>
${lines.join('\n')}
</svg>
`;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
