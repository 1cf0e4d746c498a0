import type { Logo } from './make.ts';

/** Height of a logo in pages, and in an embed's thin line; the most that either is wide, px. */
const HEIGHT = { page: 28, embed: 18 };
const MOST_WIDTH = 220;

/** A logo's size in a page, px: within a height and the most it may be wide. */
export function logoBox({ width, height }: Logo, high: number = HEIGHT.page): { readonly width: number; readonly height: number } {
  const wide = (width / height) * high;
  return wide <= MOST_WIDTH ? { width: Math.round(wide), height: high } : { width: MOST_WIDTH, height: Math.round((MOST_WIDTH * height) / width) };
}

/** Rules for the line with the site's name or logo, which only sites with one need: it takes a line of its own above a story's title. */
export function brandCss(logo: Logo | null): string {
  const small = logo && logoBox(logo, HEIGHT.embed);
  return `.brand{display:flex;align-items:center;min-block-size:28px;padding:12px 20px 0;font:600 var(--text-body)/28px var(--font-title)}
.brand a{display:flex;color:inherit;text-decoration:none}
.brand a:hover{text-decoration:underline}
.brand img{display:block}
.brand .brand-dark{display:none}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]) .brand:has(.brand-dark) .brand-light{display:none}:root:not([data-theme=light]) .brand .brand-dark{display:block}}
@media screen{:root[data-theme=dark] .brand:has(.brand-dark) .brand-light{display:none}:root[data-theme=dark] .brand .brand-dark{display:block}}
.page>.brand{grid-area:head;z-index:2;align-self:start;justify-self:start}
.page>.brand~.contents>.masthead{padding-block-start:48px}
.brand:not(.page>.brand){border-block-end:1px solid var(--rule);padding-block-end:10px;background:var(--paper)}
.page>.brand~.contents>.front{padding-block-start:56px}
.front-credit{margin-block-start:32px;color:var(--ink-soft);font-size:var(--text-small)}
@media (max-width:767px){.brand{padding-inline:16px}}
:root[data-embed] .page>.brand{min-block-size:18px;padding:7px 12px 0;font-size:var(--text-small);line-height:18px}
:root[data-embed] .page>.brand~.contents>.masthead{padding-block-start:28px}
${small ? `:root[data-embed] .brand img{inline-size:${small.width}px;block-size:${small.height}px}\n` : ''}@media screen and (max-height:330px){:root[data-embed] .page>.brand{display:none}:root[data-embed] .page>.brand~.contents>.masthead{padding-block-start:6px}}
@media print{.page>.brand{order:-1;padding:0}.page>.brand~.contents>.masthead{padding-block-start:4px}}`;
}
