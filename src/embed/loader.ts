/**
 * The script that an article page loads: it turns each figure with a picture of one of our maps into the live map, when
 * the reader comes near or asks for it. Until the map has answered, the picture stays; if it does not, the picture is
 * all there is, and so it is when the host takes the frame away or hides it. One file, no dependency, no cookie, no
 * storage, no HTML written. Lists are walked and kept in sets: old libraries of hosts write over the methods of arrays.
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

/** The one global, so that several copies of this script are one, whatever their versions. */
interface Registry {
  readonly version: string;
  /** Serve the maps of one more site, by its address: an article may have maps of several. Missing in 1.0. */
  readonly add?: (base: string) => void;
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
  /** The frame's, when it was put into the page: a frame that is moved gets another, and loads anew. */
  window: Window | null;
  /** `null` for a frame that the host page sandboxed. */
  origin: string;
  takesFocus: boolean;
  readonly queue: Set<HostMessage>;
  timer: number;
}

const global = window as unknown as { unrestMapV1?: Registry };
const script = document.currentScript as HTMLScriptElement | null;
global.unrestMapV1 ??= start();
if (script?.src && global.unrestMapV1.add) global.unrestMapV1.add(new URL('..', script.src).href);
else global.unrestMapV1.scan();

function start(): Registry {
  const embeds = new Map<Element, Embed>();
  const bases = new Set<string>();
  let count = 0;
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

  function isMap(address: string): boolean {
    for (const base of bases) if (address.startsWith(`${base}m/`)) return true;
    return false;
  }
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
        name: `${figure.id || `unrest-map-${count++}`}-frame`,
        state: 'waiting',
        frame: null,
        window: null,
        origin: link.origin,
        takesFocus: false,
        queue: new Set(),
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
    for (const name of ['mode', 'event', 'theme', 'lang']) {
      const value = element.getAttribute(name);
      if (value) figure.dataset[name === 'mode' ? 'unrestMap' : name] ??= value;
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
    if (getComputedStyle(figure).position === 'static') figure.style.position = 'relative';
    embed.frame = frame;
    link.after(frame);
    wait(embed, frame);
    sizes.observe(frame);
  }

  /** The frame loads behind the picture, for the first time or because the host has moved it. */
  function wait(embed: Embed, frame: HTMLIFrameElement): void {
    clearTimeout(embed.timer);
    embed.state = 'loading';
    embed.window = frame.contentWindow;
    embed.timer = window.setTimeout(giveUp, PATIENCE, embed);
    show(embed);
    frame.inert = true;
    style(frame, {
      position: 'absolute',
      top: '0',
      left: '0',
      width: '100%',
      height: `${Math.max(LEAST, embed.link.offsetHeight)}px`,
      border: '0',
      opacity: '0',
    });
  }

  function giveUp(embed: Embed): void {
    clearTimeout(embed.timer);
    embed.state = 'failed';
    embed.frame?.remove();
    embed.frame = null;
    show(embed);
    tell(embed, 'error');
  }

  /** What the host has done to a frame: moved it, or taken it away, alone or with its figure, which may come back. */
  function check(embed: Embed): void {
    const { frame, figure } = embed;
    const now = frame?.contentWindow;
    if (!frame || now === embed.window) return;
    if (now) wait(embed, frame);
    else giveUp(embed);
    if (!figure.isConnected) embeds.delete(figure);
  }

  /** Map or picture. On paper the picture stands, a frame would be cut off; and where a blocker hides the frame. */
  const paper = matchMedia('print');
  function show({ frame, link, state }: Embed): void {
    const live = frame && state === 'live';
    if (live) frame.style.display = paper.matches ? 'none' : 'block';
    link.style.display = live && frame.offsetHeight ? 'none' : '';
  }
  const showAll = () => embeds.forEach(show);
  const sizes = new ResizeObserver(showAll);
  paper.addEventListener('change', showAll);

  function tell({ figure }: Embed, name: string, detail?: object): void {
    figure.dispatchEvent(new CustomEvent(`unrest-map-${name}`, { bubbles: true, detail }));
  }

  function send({ frame, origin }: Embed, message: HostMessage): void {
    frame?.contentWindow?.postMessage(sealed(message), origin === 'null' ? '*' : origin);
  }

  function ask(embed: Embed, message: HostMessage): void {
    if (embed.state === 'live') send(embed, message);
    else embed.queue.add(message);
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
        claims: claims(),
      });
      for (const waiting of embed.queue) send(embed, waiting);
      embed.queue.clear();
      if (embed.takesFocus) frame.focus();
      embed.takesFocus = false;
      tell(embed, 'ready');
    } else if (message.type === 'resize') frame.style.height = `${Math.max(LEAST, Math.min(MOST, message.height))}px`;
    else if (message.type === 'select') tell(embed, 'select', { id: message.id });
    else if (message.type === 'open-claim') openClaim(message.anchor, message.keyboard);
    // A map that lacks a part is better than its picture.
    else if (message.code === 'part') tell(embed, 'error', message);
    else giveUp(embed);
  }

  /** The passage is marked for the page's own style; focus goes there only for those who came by key. */
  function openClaim(anchor: string, keyboard: boolean): void {
    const passage = document.querySelector<HTMLElement>(`[data-unrest-claim~="${anchor}"]`) ?? document.getElementById(anchor);
    if (!passage) return;
    for (const p of document.querySelectorAll('[data-unrest-here]')) p.removeAttribute('data-unrest-here');
    passage.setAttribute('data-unrest-here', '');
    passage.scrollIntoView({ block: 'center', behavior: still.matches ? 'auto' : 'smooth' });
    if (!keyboard) return;
    if (!passage.hasAttribute('tabindex')) passage.tabIndex = -1;
    passage.focus({ preventScroll: true });
  }

  window.addEventListener('message', (e) => {
    for (const embed of embeds.values()) {
      if (!e.source || e.source !== embed.frame?.contentWindow || (e.origin !== embed.link.origin && e.origin !== 'null')) continue;
      const message = readFrameMessage(e.data);
      if (!message) return;
      embed.origin = e.origin;
      receive(embed, message);
    }
  });

  document.addEventListener('click', (e) => {
    const link = e.target instanceof Element ? e.target.closest<HTMLAnchorElement>('a[href]') : null;
    if (!link || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || !isMap(link.href)) return;
    const keyboard = e.detail === 0;
    // Links of a figure lead out of the article, but for the picture of a map that waits for its press.
    const around = embeds.get(link.closest('figure') as Element);
    let embed = around;
    for (const m of embeds.values()) if (m.state !== 'failed' && m.figure.isConnected && leadsInto(link, m)) embed ??= m;
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
  new MutationObserver(() => {
    embeds.forEach(check);
    scanSoon();
  }).observe(document, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', scanSoon);

  return {
    version: LOADER_VERSION,
    scan,
    add(base) {
      bases.add(base);
      scan();
    },
    send(figure, message) {
      for (const embed of embeds.values()) if (embed.figure.id === figure) ask(embed, message);
    },
  };
}

function style(frame: HTMLElement, values: Partial<CSSStyleDeclaration>): void {
  Object.assign(frame.style, values);
}

/** Claims that a passage of the page stands for. */
function claims(): string[] {
  const found = new Set<string>();
  for (const { dataset } of document.querySelectorAll<HTMLElement>('[data-unrest-claim]'))
    for (const claim of dataset.unrestClaim?.split(/\s+/) ?? []) found.add(claim);
  return [...found];
}

/** What a link into the map asks for: one event, or a whole view. */
function command(hash: string, keyboard: boolean): HostMessage {
  const id = /^#event=([\w-]+)$/.exec(hash)?.[1];
  return id ? { type: 'focus', id, keyboard } : { type: 'filter', keys: Object.fromEntries(new URLSearchParams(hash.slice(1))) };
}
