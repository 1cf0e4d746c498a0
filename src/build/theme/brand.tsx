/** What of a site's own look stands in its pages' HTML. Pure. */
import { renderToStaticMarkup } from 'react-dom/server';
import type { Text } from '../../core/source.ts';
import { escaped } from '../../embed/snippets.ts';
import { safeUrl } from '../../ui/SafeLink.tsx';
import { logoBox } from './brand-css.ts';
import type { Logo, Theme } from './make.ts';

/** A site's words in a language, else in English, else in whatever comes first. */
export function siteWords(text: Text, language: string): string {
  return text[language] ?? text.en ?? Object.values(text)[0] ?? '';
}

/** The line with name or logo; nothing for a site without. @param root path from the page to the site's root, without a slash at its end */
export function brandHtml({ brand, credit }: Theme, language: string, root: string): string {
  if (!brand) return '';
  const name = siteWords(brand.name, language);
  const picture = (logo: Logo, className: string) => (
    // One of the two is never shown, and so never fetched.
    <img className={className} src={`${root}/${logo.file.path}`} {...logoBox(logo)} alt={name} loading="lazy" />
  );
  const face = brand.logo ? (
    <>
      {picture(brand.logo.light, 'brand-light')}
      {brand.logo.dark && picture(brand.logo.dark, 'brand-dark')}
    </>
  ) : (
    name
  );
  const home = brand.home === null ? null : safeUrl(brand.home);
  return renderToStaticMarkup(
    <section className="brand" aria-label={name} data-credit={credit ? siteWords(credit, language) : undefined}>
      {home ? (
        <a href={home.href} rel="noopener" target="_blank">
          {face}
        </a>
      ) : (
        <span>{face}</span>
      )}
    </section>,
  );
}

/** Links for the head of a page. @param root as above */
export function themeLinks({ css, fontPaths }: Theme, root: string): string[] {
  return [
    ...fontPaths.map((path) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${escaped(`${root}/${path}`)}">`),
    ...(css === null ? [] : [`<link rel="stylesheet" href="${escaped(`${root}/${css}`)}">`]),
  ];
}
