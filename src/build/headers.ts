/** The `_headers` file, which Netlify, Cloudflare Pages and others read; EMBEDDING.md has the same for nginx and Caddy. Pure. */

const LONG = 'Cache-Control: public, max-age=31536000, immutable';

interface StoryRules {
  readonly folder: string;
  readonly policy: string;
  /** Files that are no pages, but that a browser would open as one. */
  readonly opened: readonly string[];
  /** Whether it has media, whose names change with their content. */
  readonly media?: boolean;
}

/** For snippets and pictures by themselves: to be looked at, and to run nothing. */
const INERT = "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/**
 * Rules by path, from the general to the special. Where two match, hosts send both headers, so no name is said twice
 * for one path.
 * @param loaders paths of the loader's immutable copies
 * @param stories each story's folder, the policy of its page, and the paths of its snippets and pictures
 * @param pages   further pages: path, policy, and whether others may frame them
 * @param pictures paths of further drawings that a browser would open as pages
 */
export function headersText(
  loaders: readonly string[],
  stories: readonly StoryRules[],
  pages: readonly { readonly path: string; readonly policy: string; readonly framed: boolean }[],
  pictures: readonly string[] = [],
): string {
  const rules: [string, readonly string[]][] = [
    [
      '/*',
      [
        'Access-Control-Allow-Origin: *',
        'Cross-Origin-Resource-Policy: cross-origin',
        'Referrer-Policy: strict-origin-when-cross-origin',
        'X-Content-Type-Options: nosniff',
      ],
    ],
    ...pages.map((p): [string, string[]] => [
      p.path,
      [`Content-Security-Policy: ${p.policy}; frame-ancestors ${p.framed ? '*' : "'none'"}`, 'Cache-Control: max-age=300'],
    ]),
    ...stories.flatMap(({ folder, policy, opened, media }): [string, string[]][] => [
      [`/${folder}`, [`Content-Security-Policy: ${policy}; frame-ancestors *`, 'Cache-Control: max-age=300']],
      [`/${folder}*.geojson`, ['Cache-Control: max-age=60, stale-while-revalidate=300']],
      [`/${folder}oembed.json`, ['Cache-Control: max-age=300']],
      ...(media ? [[`/${folder}media/*`, [LONG]] satisfies [string, string[]]] : []),
      ...opened.map((path): [string, string[]] => [`/${path}`, [INERT]]),
    ]),
    ...pictures.map((path): [string, string[]] => [`/${path}`, [INERT]]),
    ['/embed/v1.js', ['Cache-Control: max-age=3600']],
    ...loaders.map((path): [string, string[]] => [`/${path}`, [LONG]]),
    ['/assets/*', [LONG]],
  ];
  return `${rules.map(([path, headers]) => [path, ...headers.map((h) => `  ${h}`)].join('\n')).join('\n\n')}\n`;
}
