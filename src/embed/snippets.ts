/**
 * What editors paste, as text: the build writes it beside each story, the builder's page shows it. Every piece leaves a
 * picture or a link with words where scripts, frames or styles are taken out. Pure; escapes all it writes.
 */

/** A story in one language as others embed it. Addresses are absolute. */
export interface Embeddable {
  readonly id: string;
  /** The page, with a slash at its end. */
  readonly page: string;
  readonly loader: string;
  readonly picture: { readonly src: string; readonly width: number; readonly height: number };
  /** What the map shows, in words: never the word "map" alone. */
  readonly alt: string;
  readonly caption: string;
  readonly frameTitle: string;
  readonly openMap: string;
  readonly onClick: string;
  readonly lang: string;
}

/** How one embed differs from the plain one. */
export interface EmbedChoice {
  readonly mode: 'auto' | 'click';
  /** Without `#`; empty for the view on arrival. */
  readonly hash: string;
  readonly theme: '' | 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  /** Told apart when a page holds several maps of one story. */
  readonly suffix: string;
  /** `integrity` of the loader, where its immutable copy is asked for; else empty. */
  readonly integrity: string;
}

export const PLAIN: EmbedChoice = { mode: 'auto', hash: '', theme: '', width: 640, height: 520, suffix: '', integrity: '' };

/** Text for HTML, in content and in double-quoted attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** The full page with the chosen view: what an editor pastes on a line of its own. */
export function plainAddress({ page }: Embeddable, { hash }: EmbedChoice): string {
  return `${page}${hash === '' ? '' : `#${hash}`}`;
}

/** The address that a frame shows. */
export function frameAddress({ page }: Embeddable, { hash, theme }: EmbedChoice): string {
  return `${page}?embed=1${theme === '' ? '' : `&theme=${theme}`}${hash === '' ? '' : `#${hash}`}`;
}

/** Id of the figure; its frame has the same name with `-frame` behind it, for links in the article. */
export function figureId({ id }: Embeddable, { suffix }: EmbedChoice): string {
  return `m-${id}${suffix === '' ? '' : `-${suffix}`}`;
}

/** The picture, a link, and the script that makes them a map. */
export function figureSnippet(e: Embeddable, choice: EmbedChoice): string {
  const theme = choice.theme === '' ? '' : ` data-theme="${choice.theme}"`;
  const integrity = choice.integrity === '' ? '' : ` integrity="${escaped(choice.integrity)}" crossorigin="anonymous"`;
  return `<figure class="unrest-map" id="${figureId(e, choice)}" data-unrest-map="${choice.mode}"${theme}>
  ${pictureLink(e, choice)}
  <figcaption>${escaped(e.caption)}${choice.mode === 'click' ? ` ${escaped(e.onClick)}` : ''} <a href="${escaped(plainAddress(e, choice))}">${escaped(e.openMap)}</a></figcaption>
</figure><script async src="${escaped(e.loader)}"${integrity}></script>`;
}

function pictureLink(e: Embeddable, choice: EmbedChoice): string {
  const { src, width, height } = e.picture;
  return `<a href="${escaped(plainAddress(e, choice))}" title="${escaped(e.frameTitle)}"><img src="${escaped(src)}"
     width="${width}" height="${height}" loading="lazy" alt="${escaped(e.alt)}"></a>`;
}

/** A frame, and outside it a link: no script of ours. */
export function frameSnippet(e: Embeddable, choice: EmbedChoice): string {
  return `${bareFrame(e, choice, ` name="${figureId(e, choice)}-frame" loading="lazy" allow="fullscreen; clipboard-write"`)}
<p>${escaped(e.caption)} <a href="${escaped(plainAddress(e, choice))}">${escaped(e.openMap)}</a></p>`;
}

/** The frame alone, as oEmbed hands it on: WordPress refuses anything beside it. */
export function bareFrame(e: Embeddable, choice: EmbedChoice, more = ''): string {
  return `<iframe src="${escaped(frameAddress(e, choice))}" title="${escaped(e.frameTitle)}" width="${choice.width}" height="${choice.height}"${more}></iframe>`;
}

/** For AMP pages, which want a placeholder and a button that shows the rest. */
export function ampSnippet(e: Embeddable, choice: EmbedChoice): string {
  return `<amp-iframe src="${escaped(frameAddress(e, choice))}" title="${escaped(e.frameTitle)}"
  width="${choice.width}" height="${choice.height}" layout="responsive" frameborder="0" resizable
  sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox">
  <amp-img placeholder layout="fill" src="${escaped(e.picture.src)}" alt="${escaped(e.alt)}"></amp-img>
  <div overflow tabindex="0" role="button">${escaped(e.openMap)}</div>
</amp-iframe>
<p>${escaped(e.caption)} <a href="${escaped(plainAddress(e, choice))}">${escaped(e.openMap)}</a></p>`;
}

/** For newsletters, feeds and other readers: a picture and a link. */
export function newsletterSnippet(e: Embeddable, choice: EmbedChoice): string {
  return `<figure>
  ${pictureLink(e, choice)}
  <figcaption>${escaped(e.caption)} <a href="${escaped(plainAddress(e, choice))}">${escaped(e.openMap)}</a></figcaption>
</figure>`;
}

/** A link in the article's text that moves the map: with no script at all by the frame's name. */
export function textLink(e: Embeddable, choice: EmbedChoice, words: string): string {
  return `<a href="${escaped(frameAddress(e, choice))}" target="${figureId(e, choice)}-frame">${escaped(words)}</a>`;
}
