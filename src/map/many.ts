/** A dense story's events in the reader's page: first counts, then the events themselves, details when somebody looks. */
import '../ui/many.css';
import './many.css';
import type { Story } from '../core/story.ts';
import { readPairs } from '../core/url.ts';
import { readCounts } from '../dense/counts.ts';
import { DetailStore } from '../dense/DetailStore.ts';
import { Many } from '../dense/Many.ts';
import type { PointIndex } from '../dense/PointIndex.ts';
import type { Desk } from '../ui/store.ts';
import { followCalmly } from './calm.ts';
import { doubt, fetchBytes, GoneError, reloadIfReachable } from './fetchJson.ts';
import { hosted } from './framed.ts';
import { openEvents } from './openEvents.ts';
import { whenIdle } from './rest.ts';

/** Zooms beyond the first that the counts still serve. */
const FINER = 1.5;

let details: DetailStore | null = null;

/**
 * The story with counts of its events, and with what its address names.
 * @param site path from the page to the site's root
 * @throws Error when the counts cannot be fetched or are none
 */
export async function withCounts(story: Story, site: string): Promise<Story> {
  const { dense } = story;
  if (!dense) return story;
  // What draws them is had and read while they are on their way.
  const marks = import('./leaflet/StoryMap.tsx').then((m) => m.loadDenseMarks()).catch(() => undefined);
  details = new DetailStore(async (path, again) => {
    const url = `${site}/${dense.folder}${path}`;
    if (again) doubt(url);
    try {
      return await fetchBytes(url);
    } catch (error) {
      tellPartMissing();
      if (error instanceof GoneError) details?.setTrouble({ stale: true, again: reloadIfReachable });
      throw error;
    }
  });
  const [counts] = await Promise.all([read(`${site}/${dense.counts}`, (bytes) => readCounts(new Uint8Array(bytes))), learnAddress(dense.idFiles), marks]);
  return { ...story, many: new Many(story, dense, counts, details) };
}

/** Fetch a file and read it; one that cannot be read is asked for anew the next time. @throws Error of both */
async function read<T>(url: string, reader: (bytes: ArrayBuffer) => T | Promise<T>): Promise<T> {
  const bytes = await fetchBytes(url);
  try {
    return await reader(bytes);
  } catch (error) {
    doubt(url);
    throw error;
  }
}

let told = false;

/** Tell the host, once, that the map is there and something of it is not. */
function tellPartMissing(): void {
  if (told) return;
  told = true;
  void hosted?.then((h) => h?.failHost('part'));
}

/** Ask for the event or place that the address names. @returns whether it named one that was not known */
async function learnAddress(idFiles: number): Promise<boolean> {
  const pairs = readPairs(location.hash);
  const event = pairs.get('event');
  const place = pairs.get('place');
  if (!details || idFiles === 0 || (event ? details.find(event) !== null : !place || details.placeAt(place) !== undefined)) return false;
  if (event) await details.learn(event, 'event', idFiles);
  else if (place) await details.learn(place, 'place', idFiles);
  return true;
}

/**
 * Fetch the events and put them in the counts' place: once the page is at rest, or, for a reader who saves data, when
 * they want what the counts do not have. A link to an event that nobody has looked at yet is followed when its details are here.
 */
export async function fetchEvents(desk: Desk): Promise<void> {
  const { story, stories, view, site } = desk;
  const { dense } = story;
  if (!dense || !details) return;
  followCalmly(desk);
  const { columns } = dense;
  if (columns === null) return;
  window.addEventListener('hashchange', () => {
    void learnAddress(dense.idFiles).then((more) => {
      if (more) window.dispatchEvent(new PopStateEvent('popstate'));
    });
  });
  await (savesData() ? looksCloser(view) : atRest());
  const store = details;
  const zoomNow = () => view.getState().viewport?.zoom ?? 0;
  const index = await patiently(() => read(`${site}/${columns}`, (bytes) => openEvents(bytes, zoomNow())), store);
  stories.setState((now) => ({ ...now, many: new Many(now, dense, index, store) }));
  store.setTrouble(null);
}

/** Longest pause between two tries that nobody asked for, ms. */
const MOST_PAUSE = 60_000;

/** Try until it works, by ourselves for some minutes and whenever the reader says so. Meanwhile the counts stay on show, with a sentence that says so. */
async function patiently(fetchColumns: () => Promise<PointIndex>, store: DetailStore): Promise<PointIndex> {
  for (let pause = 2000; ; pause *= 2) {
    try {
      return await fetchColumns();
    } catch (error) {
      tellPartMissing();
      await new Promise<void>((resolve) => {
        const again = () => {
          store.setTrouble(null);
          resolve();
        };
        const stale = error instanceof GoneError;
        store.setTrouble({ stale, again: stale ? reloadIfReachable : again });
        if (pause <= MOST_PAUSE) setTimeout(resolve, pause);
      });
    }
  }
}

function savesData(): boolean {
  return (navigator as { readonly connection?: { readonly saveData?: boolean } }).connection?.saveData === true;
}

/** When somebody opens a mark, goes nearer than the counts are fine, or comes to the list. */
function looksCloser(view: Desk['view']): Promise<void> {
  return new Promise((resolve) => {
    let start: number | null = null;
    const look = () => {
      const { selection, viewport } = view.getState();
      start ??= viewport?.zoom ?? null;
      if (selection.kind !== 'none' || (viewport && start !== null && viewport.zoom > start + FINER)) resolve();
    };
    look();
    view.subscribe(look);
    const list = document.getElementById('events');
    if (!list || !('IntersectionObserver' in window)) return;
    // Past the middle of the window: its heading at the lower edge is not yet somebody's wish.
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: '0px 0px -50% 0px' },
    );
    observer.observe(list);
  });
}

/** When the map has been painted and nothing else is wanted at once. */
async function atRest(): Promise<void> {
  const root = document.documentElement;
  if (root.dataset.map !== 'live')
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (root.dataset.map !== 'live') return;
        observer.disconnect();
        resolve();
      });
      observer.observe(root, { attributeFilter: ['data-map'] });
    });
  await new Promise<void>((resolve) => {
    whenIdle(resolve, 2000);
  });
}
