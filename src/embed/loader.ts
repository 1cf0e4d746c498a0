/**
 * The script that an article page loads: it turns each figure with a picture of one of our maps into the live map, when
 * the reader comes near or asks for it. Until the map has answered, the picture stays; if it does not, the picture is
 * all there is. One file, no dependency, no cookie, no storage, no HTML written.
 */
import type { FrameMessage, HostMessage } from './protocol.ts';
import { ID, readFrameMessage, sealed } from './protocol.ts';
import { LOADER_VERSION } from './version.ts';

/** How long the map may take to answer, ms. */
const PATIENCE = 8000;
/** How near the reader must be, px. */
const NEAR = 300;
/** Bounds of a frame's height, px. */
const LEAST = 200;
const MOST = 2000;

/** The one global, so that several copies of this script are one. */
interface Registry {
  readonly version: string;
  /** Look for new figures now. */
  readonly scan: () => void;
  /** Send a message to the map of a figure, by the figure's id. */
  readonly send: (figure: string, message: HostMessage) => void;
}

interface Embed {
  readonly figure: HTMLElement;
  readonly link: HTMLAnchorElement;
  readonly name: string;
  state: 'waiting' | 'loading' | 'live' | 'failed';
  frame: HTMLIFrameElement | null;
  /** `null` for a frame that the host page sandboxed. */
  origin: string;
  height: number;
  takesFocus: boolean;
  queue: HostMessage[];
  timer: number;
}

const global = window as unknown as { unrestMapV1?: Registry };
const script = document.currentScript as HTMLScriptElement | null;
if (global.unrestMapV1) global.unrestMapV1.scan();
else if (script?.src) global.unrestMapV1 = start(new URL('..', script.src));

function start(base: URL): Registry {
  const embeds = new Map<Element, Embed>();
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let consented = false;
  let due = false;

  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const embed = embeds.get(target);
        if (embed && isIntersecting) load(embed);
      }
    },
    { rootMargin: `${NEAR}px 0px` },
  );

  const isMap = (address: string) => address.startsWith(`${base.href}m/`);
  const waitsForReader = ({ figure: { dataset } }: Embed) => dataset.unrestMap === 'click' || (dataset.consent === 'required' && !consented);

  function scan(): void {
    due = false;
    for (const element of document.querySelectorAll<HTMLElement>('unrest-map')) fill(element);
    for (const link of document.querySelectorAll<HTMLAnchorElement>('figure a[href]')) {
      const figure = link.closest('figure');
      // Some filters drop classes and data attributes: a picture that links to a map is enough.
      if (!figure || embeds.has(figure) || !isMap(link.href) || !(figure.matches('.unrest-map,[data-unrest-map]') || link.querySelector('img'))) continue;
      const embed: Embed = {
        figure,
        link,
        name: `${figure.id || `unrest-map-${embeds.size}`}-frame`,
        state: 'waiting',
        frame: null,
        origin: base.origin,
        height: 0,
        takesFocus: false,
        queue: [],
        timer: 0,
      };
      embeds.set(figure, embed);
      if (!waitsForReader(embed)) near.observe(figure);
    }
  }

  /** A link of the article into this map: by its target, or, where a filter dropped that, by its address. */
  function leadsInto(link: HTMLAnchorElement, embed: Embed): boolean {
    return link.target ? link.target === embed.name : link.hash !== '' && link.pathname === embed.link.pathname;
  }

  function scanSoon(): void {
    if (!due) setTimeout(scan);
    due = true;
  }

  /** Give an element its figure, if it came without one, and the figure the element's wishes. */
  function fill(element: HTMLElement): void {
    let figure = element.querySelector<HTMLElement>('figure');
    const src = element.getAttribute('src');
    if (!figure && src && document.readyState !== 'loading') {
      const link = document.createElement('a');
      link.href = src;
      link.textContent = element.title || src;
      figure = document.createElement('figure');
      figure.className = 'unrest-map';
      figure.append(link);
      element.style.display = 'block';
      element.append(figure);
    }
    if (!figure || embeds.has(figure)) return;
    for (const [name, key] of [
      ['mode', 'unrestMap'],
      ['event', 'event'],
      ['theme', 'theme'],
      ['lang', 'lang'],
    ] as const) {
      const value = element.getAttribute(name);
      if (value) figure.dataset[key] ??= value;
    }
  }

  function load(embed: Embed): void {
    if (embed.state !== 'waiting') return;
    const { figure, link } = embed;
    near.unobserve(figure);
    const { theme, lang, event } = figure.dataset;
    const url = new URL(link.href);
    url.searchParams.set('embed', '1');
    if (theme) url.searchParams.set('theme', theme);
    if (lang) url.searchParams.set('lang', lang);
    if (event && ID.test(event)) url.hash = `event=${event}`;
    const frame = document.createElement('iframe');
    frame.src = url.href;
    frame.name = embed.name;
    frame.title = link.title || link.querySelector('img')?.alt || figure.textContent.trim().slice(0, 200);
    // Browsers without it would complain.
    frame.allow = `fullscreen; clipboard-write${'share' in navigator ? '; web-share' : ''}`;
    frame.inert = true;
    if (getComputedStyle(figure).position === 'static') figure.style.position = 'relative';
    style(frame, { position: 'absolute', top: '0', left: '0', width: '100%', height: `${Math.max(LEAST, link.offsetHeight)}px`, border: '0', opacity: '0' });
    embed.state = 'loading';
    embed.frame = frame;
    embed.timer = window.setTimeout(giveUp, PATIENCE, embed);
    link.after(frame);
  }

  function giveUp(embed: Embed): void {
    clearTimeout(embed.timer);
    embed.state = 'failed';
    embed.frame?.remove();
    embed.frame = null;
    show(embed);
    tell(embed, 'error');
  }

  /** On paper the picture stands, a frame would be cut off. */
  const paper = matchMedia('print');
  function show(embed: Embed): void {
    const live = embed.state === 'live' && !paper.matches;
    embed.link.style.display = live ? 'none' : '';
    if (embed.frame && embed.state === 'live') embed.frame.style.display = live ? 'block' : 'none';
  }
  paper.addEventListener('change', () => embeds.forEach(show));

  function tell({ figure }: Embed, name: string, detail?: object): void {
    figure.dispatchEvent(new CustomEvent(`unrest-map-${name}`, { bubbles: true, detail }));
  }

  function send({ frame, origin }: Embed, message: HostMessage): void {
    frame?.contentWindow?.postMessage(sealed(message), origin === 'null' ? '*' : origin);
  }

  function ask(embed: Embed, message: HostMessage): void {
    if (embed.state === 'live') send(embed, message);
    else embed.queue.push(message);
  }

  function receive(embed: Embed, message: FrameMessage): void {
    const { frame } = embed;
    if (!frame) return;
    if (message.type === 'ready') {
      clearTimeout(embed.timer);
      embed.state = 'live';
      frame.inert = false;
      if (message.title) frame.title = message.title;
      style(frame, { position: '', top: '', left: '', opacity: '' });
      show(embed);
      const { theme } = embed.figure.dataset;
      send(embed, {
        type: 'hello',
        ...(theme === 'dark' || theme === 'light' ? { theme } : {}),
        reducedMotion: still.matches,
        claims: [...document.querySelectorAll<HTMLElement>('[data-unrest-claim]')].flatMap(claimsOf),
      });
      for (const waiting of embed.queue.splice(0)) send(embed, waiting);
      if (embed.takesFocus) frame.focus();
      tell(embed, 'ready');
    } else if (message.type === 'resize') {
      if (message.height === embed.height) return;
      embed.height = message.height;
      frame.style.height = `${Math.max(LEAST, Math.min(MOST, message.height))}px`;
    } else if (message.type === 'select') tell(embed, 'select', { id: message.id });
    else if (message.type === 'open-claim') openClaim(message.anchor, message.keyboard);
    else giveUp(embed);
  }

  /** The passage is marked for the page's own style; focus goes there only for those who came by key. */
  function openClaim(anchor: string, keyboard: boolean): void {
    const passages = [...document.querySelectorAll<HTMLElement>('[data-unrest-claim]')];
    const passage = passages.find((p) => claimsOf(p).includes(anchor)) ?? document.getElementById(anchor);
    if (!passage) return;
    for (const p of passages) p.toggleAttribute('data-unrest-here', p === passage);
    passage.scrollIntoView({ block: 'center', behavior: still.matches ? 'auto' : 'smooth' });
    if (!keyboard) return;
    if (!passage.hasAttribute('tabindex')) passage.tabIndex = -1;
    passage.focus({ preventScroll: true });
  }

  window.addEventListener('message', (e) => {
    if (e.origin !== base.origin && e.origin !== 'null') return;
    for (const embed of embeds.values()) {
      if (!embed.frame || e.source !== embed.frame.contentWindow) continue;
      const message = readFrameMessage(e.data);
      if (!message) return;
      embed.origin = e.origin;
      receive(embed, message);
      return;
    }
  });

  document.addEventListener('click', (e) => {
    const link = e.target instanceof Element ? e.target.closest<HTMLAnchorElement>('a[href]') : null;
    if (!link || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || !isMap(link.href)) return;
    const keyboard = e.detail === 0;
    // Links of a figure lead out of the article, but for the picture of a map that waits for its press.
    const around = embeds.get(link.closest('figure') as Element);
    const embed = around ?? [...embeds.values()].find((m) => m.state !== 'failed' && m.figure.isConnected && leadsInto(link, m));
    if (!embed || (around && (link !== around.link || around.state !== 'waiting' || !waitsForReader(around)))) return;
    e.preventDefault();
    load(embed);
    if (!around) {
      ask(embed, command(link.hash, keyboard));
      embed.figure.scrollIntoView({ block: 'nearest', behavior: still.matches ? 'auto' : 'smooth' });
    }
    if (embed.state === 'live' && keyboard) embed.frame?.focus();
    else embed.takesFocus ||= around !== undefined || keyboard;
  });

  window.addEventListener('unrest-map:consent', () => {
    consented = true;
    for (const embed of embeds.values()) if (embed.state === 'waiting' && !waitsForReader(embed)) near.observe(embed.figure);
  });

  if (!customElements.get('unrest-map')) {
    customElements.define(
      'unrest-map',
      class extends HTMLElement {
        connectedCallback(): void {
          scanSoon();
        }
      },
    );
  }
  new MutationObserver((changes) => {
    if (changes.some((c) => c.addedNodes.length > 0)) scanSoon();
  }).observe(document, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', scanSoon);
  scan();

  return {
    version: LOADER_VERSION,
    scan,
    send(figure, message) {
      for (const embed of embeds.values()) if (embed.figure.id === figure) ask(embed, message);
    },
  };
}

function style(frame: HTMLElement, values: Partial<CSSStyleDeclaration>): void {
  Object.assign(frame.style, values);
}

function claimsOf(passage: HTMLElement): string[] {
  return (passage.dataset.unrestClaim ?? '').split(/\s+/);
}

/** What a link into the map asks for: one event or place, or a whole view. */
function command(hash: string, keyboard: boolean): HostMessage {
  const pairs = hash
    .slice(1)
    .split('&')
    .map((p) => p.split('=') as [string, string]);
  const [[key, id] = ['', '']] = pairs;
  return pairs.length === 1 && key === 'event' ? { type: 'focus', id, keyboard } : { type: 'filter', keys: Object.fromEntries(pairs) };
}
