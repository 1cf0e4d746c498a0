import { useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import { placeWords } from '../core/describe.ts';
import { eventsOffered, visibleEvents } from '../core/view.ts';
import type { Many } from '../dense/Many.ts';
import type { Found } from './finder.ts';
import type { FoundAmongMany } from './findMany.ts';
import { LayerGlyph } from './Marks.tsx';
import { useMany } from './many.ts';
import { Say } from './Say.tsx';
import { useCalmFilter, useDesk } from './store.ts';

/** As many as are worth reading. */
const MOST = 8;
/** Rest between letters after which words are fetched, ms. */
const TYPING = 120;

type Finder = (typed: string) => Found[];

/** Type to find a place, an event or a speaker; choosing opens it on the map and in the list. Keys first: arrows, Enter, Escape. */
export function Search() {
  const { story, t, selectEvent, selectPlace, clearFilters } = useDesk();
  const filter = useCalmFilter();
  const { showContext } = filter;
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [wanted, setWanted] = useState(false);
  const find = useFinder(wanted, showContext);
  const all = useMany();
  const many = all?.counted ? null : all;
  const text = useDeferredValue(typed.trim());
  const among = useAmongMany(many, text, showContext);
  const own = useMemo(() => (text === '' || !find ? [] : find(text)), [find, text]);
  const found = useMemo(() => [...own, ...(among?.items ?? [])].slice(0, MOST), [own, among]);
  const count = own.length + (among?.count ?? 0);
  const list = useId();
  const option = (i: number) => `${list}-${i}`;
  const shown = open && text !== '' && find !== null && (!many || among !== null);
  const choose = (item: Found | undefined) => {
    if (!item) return;
    setOpen(false);
    setTyped('');
    if (item.kind === 'event') selectEvent(item.id);
    else {
      // What hides the place gives way, as it does for an event.
      const isShown = many?.isOnShow(item, filter) ?? visibleEvents(story, filter).some((e) => e.place === item.id);
      if (!isShown) clearFilters();
      selectPlace(item.id);
    }
  };
  // Nothing has a name here. The head of the page names the element that a first frame waits for.
  if (all?.counted && story.events.length === 0) return <div id="search" />;
  return (
    <div className="search" id="search">
      <input
        type="search"
        role="combobox"
        aria-label={t.find}
        placeholder={t.find}
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        {...(shown && found.length > 0 ? { 'aria-activedescendant': option(at) } : {})}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onFocus={() => setWanted(true)}
        onBlur={() => setOpen(false)}
        onChange={(e) => {
          setTyped(e.currentTarget.value);
          setAt(0);
          setOpen(true);
        }}
        onKeyDown={(e) => {
          if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
            e.preventDefault();
            setOpen(true);
            if (found.length > 0) setAt((i) => (i + (e.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length);
          } else if (e.key === 'Enter') choose(found[at]);
          else if (e.key === 'Escape') {
            if (open) e.stopPropagation();
            setOpen(false);
          }
        }}
      />
      <p className="findings-count" role="status">
        {open && text !== '' && many && !among && `${t.many.loading}…`}
        {shown && among?.failed && t.many.failed}
        {shown &&
          (found.length > 0 ? (
            <span className={count > found.length ? '' : 'visually-hidden'}>{t.findCount(count)}</span>
          ) : (
            !among?.failed && t.findNothing(typed.trim())
          ))}
      </p>
      <div id={list} role="listbox" aria-label={t.findings} className="findings" hidden={!shown || found.length === 0}>
        {found.map((item, i) => (
          <div
            key={`${item.kind} ${item.id}`}
            id={option(i)}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            className={i === at ? 'finding is-at' : 'finding'}
            onPointerDown={(e) => {
              e.preventDefault(); // the field keeps the focus until the choice is made
              choose(item);
            }}
          >
            <Finding item={item} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** The index is made when a reader first comes to the field, and again when what is offered changes. */
function useFinder(wanted: boolean, showContext: boolean): Finder | null {
  const { story } = useDesk();
  const [create, setCreate] = useState<((s: typeof story, e: typeof story.events) => Finder) | null>(null);
  useEffect(
    function fetchFinder() {
      if (wanted)
        import('./finder.ts').then(
          (m) => setCreate(() => m.createFinder),
          () => undefined, // the list is there to be read without
        );
    },
    [wanted],
  );
  return useMemo(() => create?.(story, eventsOffered(story, { showContext })) ?? null, [create, story, showContext]);
}

/** What was found among the many events; null while it is looked for. A failure leaves what the page itself holds. */
function useAmongMany(many: Many | null, text: string, showContext: boolean): (FoundAmongMany & { readonly failed: boolean }) | null {
  const [found, setFound] = useState<{ readonly of: string; readonly found: FoundAmongMany & { readonly failed: boolean } } | null>(null);
  const of = `${showContext} ${text}`;
  useEffect(
    function lookAmongMany() {
      if (!many || text === '') return;
      let current = true;
      const take = (result: FoundAmongMany, failed: boolean) => {
        if (current) setFound({ of, found: { ...result, failed } });
      };
      const timer = setTimeout(() => {
        import('./findMany.ts')
          .then((m) => m.findAmongMany(many, text, showContext))
          .then(
            (result) => take(result, false),
            () => take({ items: [], count: 0 }, true),
          );
      }, TYPING);
      return () => {
        current = false;
        clearTimeout(timer);
      };
    },
    [many, text, showContext, of],
  );
  return found?.of === of ? found.found : null;
}

function Finding({ item }: { item: Found }) {
  const { story, t } = useDesk();
  const many = useMany();
  if (item.kind === 'place') {
    const place = story.places.find((p) => p.id === item.id) ?? many?.store.place(many.store.placeAt(item.id) ?? -1);
    return place ? (
      <>
        <span className="finding-name">{placeWords(place, t)}</span> <span className="hint">{t.placeKind[place.kind]}</span>
      </>
    ) : null;
  }
  const detail = many?.store.event(many.store.rowOf(item.id) ?? -1);
  const event = story.events.find((e) => e.id === item.id) ?? detail?.event;
  const layer = story.layers.find((l) => l.id === event?.layer);
  if (!event || !layer) return null;
  const place = story.places.find((p) => p.id === event.place) ?? detail?.place ?? null;
  return (
    <>
      <LayerGlyph layer={layer.id} glyph={layer.glyph} outside={event.collection === 'context'} />{' '}
      <span className="finding-name">
        <Say words={event.title} />
      </span>{' '}
      <span className="hint">
        {event.when?.words ?? t.undated}, {placeWords(place, t)}
      </span>
    </>
  );
}
