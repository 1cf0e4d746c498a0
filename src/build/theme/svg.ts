/** A logo as SVG, made fit to be shown: it is drawn as an image, so that even what this overlooks could run nothing. */
import type { Element as XmlElement } from '@xmldom/xmldom';
import { DOMParser, onErrorStopParsing, XMLSerializer } from '@xmldom/xmldom';

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';

/** What draws, and nothing else. */
const DRAWS = new Set(
  'svg g defs symbol use path rect circle ellipse line polyline polygon clipPath mask linearGradient radialGradient stop style pattern'.split(' '),
);
/** What only says who made it, and with what; left out without a word. */
const SAYS = new Set('metadata title desc'.split(' '));
/** What deserves a better word than "unknown". */
const WHY: Readonly<Record<string, string>> = {
  text: 'Turn its letters into outlines: they would look different on every machine.',
  image: 'Give the picture itself as PNG or JPEG instead.',
  script: 'Remove it: a logo runs nothing.',
  foreignObject: 'Remove it: a logo draws with SVG alone.',
};

export type Drawing =
  | { readonly ok: true; readonly svg: string; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly found: string; readonly remedy: string };

const not = (found: string, remedy: string): Drawing => ({ ok: false, found, remedy });

/** Check a drawing and leave out its comments and metadata. Never throws. */
export function safeSvg(text: string): Drawing {
  if (/<!ENTITY/i.test(text)) return not('an entity', 'Save it again as plain SVG.');
  let root: XmlElement | null = null;
  try {
    root = new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'image/svg+xml').documentElement;
  } catch {
    return not('a file that is no well-formed XML', 'Save it again as SVG.');
  }
  if (root?.localName !== 'svg' || root.namespaceURI !== SVG) return not('a file without <svg>', 'Save it again as SVG.');
  const size = sizeOf(root);
  if (!size) return not('no viewBox and no width and height', 'Give <svg> a viewBox such as "0 0 240 60".');
  const fault = cleaned(root);
  return fault ?? { ok: true, svg: new XMLSerializer().serializeToString(root), ...size };
}

function sizeOf(root: XmlElement): { width: number; height: number } | null {
  const box = (root.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] = box.length === 4 ? [box[2], box[3]] : ['width', 'height'].map((name) => Number.parseFloat(root.getAttribute(name) ?? ''));
  return width !== undefined && height !== undefined && width > 0 && height > 0 && Number.isFinite(width * height) ? { width, height } : null;
}

/** Takes out of an element what says nothing to an eye. @returns what must not be there at all */
function cleaned(element: XmlElement): Drawing | null {
  for (const attribute of [...element.attributes]) {
    const { name, value, namespaceURI } = attribute;
    if (/^on/i.test(name)) return not(`the attribute ${name}`, 'Remove it: a logo runs nothing.');
    const isLink = name === 'href' || (namespaceURI === XLINK && attribute.localName === 'href');
    if (isLink && !value.startsWith('#')) return not(`a link to ${JSON.stringify(value.slice(0, 60))}`, 'Remove it: a logo fetches nothing.');
    const outside = outsideIn(value);
    if (outside) return outside;
    // Editors keep their own notes in namespaces of their own: file names, authors, window sizes.
    const isNote = namespaceURI !== null && namespaceURI !== '' && !isLink && !/^(xmlns|xml)(:|$)/.test(name);
    if (isNote || /^xmlns:(?!xlink)/.test(name)) element.removeAttributeNode(attribute);
  }
  for (const child of [...element.childNodes]) {
    if (child.nodeType === child.ELEMENT_NODE) {
      const part = child as XmlElement;
      const name = part.localName ?? part.nodeName;
      if (part.namespaceURI !== SVG || SAYS.has(name)) {
        element.removeChild(child);
        continue;
      }
      if (!DRAWS.has(name)) return not(`<${name}>`, WHY[name] ?? 'Remove it: paths, shapes and gradients are drawn, nothing else.');
      const fault = cleaned(part);
      if (fault) return fault;
    } else if (child.nodeType === child.TEXT_NODE || child.nodeType === child.CDATA_SECTION_NODE) {
      const outside = outsideIn(child.nodeValue ?? '');
      if (outside) return outside;
    } else element.removeChild(child);
  }
  return null;
}

/** CSS that asks for something elsewhere. */
function outsideIn(css: string): Drawing | null {
  if (/@import|@font-face/i.test(css)) return not('a style that fetches', 'Remove @import and @font-face.');
  const url = [...css.matchAll(/url\(\s*["']?([^"')]*)/gi)].find(([, address = '']) => !address.startsWith('#'));
  return url ? not(`a style that fetches ${JSON.stringify(url[1]?.slice(0, 60))}`, 'Remove it: a logo fetches nothing.') : null;
}
