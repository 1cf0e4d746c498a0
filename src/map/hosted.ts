/** The map in somebody's page: what it tells its host and what it does for it. Loaded only in frames. */
import { hashWith } from '../core/hash.ts';
import { hashFromView } from '../core/url.ts';
import type { Selection } from '../core/view.ts';
import type { Channel } from '../embed/frame.ts';
import { openChannel, readMarks } from '../embed/frame.ts';
import type { HostMessage } from '../embed/protocol.ts';
import { giveFocus, host } from '../ui/host.ts';
import type { Desk } from '../ui/store.ts';
import { goToLanguage } from './language.ts';

/** Height of the map that an embed asks for, px, from its width: never from its own height, or a frame that follows it would grow without end. */
const LEAST = 300;
const MOST = 520;
const RATIO = 0.6;

/** Parts of the page whose height is their content's. */
const PARTS = '.masthead, .layers, .timeline, .fold, .panel';

let channel: Channel | null = null;
const marks = readMarks(location.href);
let receive: (message: HostMessage) => void = () => undefined;

function open(): Channel {
  channel ??= openChannel(marks, (message) => receive(message));
  return channel;
}

/** Tell the host that there is no map to show: its picture serves better. */
export function failHost(code: string): void {
  open().send({ type: 'error', code });
}

/** Ask the host to go to an address of ours, where a sandbox lets nobody else. */
export function askHostToLeave(address: string): boolean {
  return open().askToLeave(address);
}

/** Say that the map is here, and keep telling its height and selection. */
export function connectHost(desk: Desk): void {
  const { send, resize } = open();
  receive = atIntervals((message) => obey(message, desk));
  host.setState({ openClaim: (anchor, keyboard) => send({ type: 'open-claim', anchor, keyboard }) });
  send({ type: 'ready', caps: ['hello', 'focus', 'filter', 'print'], title: document.title });
  const tell = () => {
    // A frame in a hidden tab has no width: its height means nothing until it is shown.
    if (window.innerWidth > 0) resize(contentHeight());
  };
  tell();
  const observer = new ResizeObserver(tell);
  for (const part of [document.body, ...document.querySelectorAll(PARTS)]) observer.observe(part);
  desk.view.subscribe((now, before) => {
    const id = idOf(now.selection);
    if (id !== idOf(before.selection)) send({ type: 'select', id });
  });
}

/** Time between a host's wishes, ms: many at once would keep the page from all else, and a change of address takes a moment. */
const INTERVAL_MS = 50;

/** Obey at once, then one wish an interval, in their order, and of those that wait the last of each kind; keys of filters add up. */
function atIntervals(act: (message: HostMessage) => void): (message: HostMessage) => void {
  const waiting = new Map<string, HostMessage>();
  let busy = false;
  const rest = () => {
    const [next] = waiting.values();
    busy = next !== undefined;
    if (!next) return;
    waiting.delete(next.type);
    act(next);
    setTimeout(rest, INTERVAL_MS);
  };
  return (message) => {
    const before = waiting.get(message.type);
    waiting.delete(message.type);
    waiting.set(message.type, message.type === 'filter' && before?.type === 'filter' ? { ...message, keys: { ...before.keys, ...message.keys } } : message);
    if (!busy) rest();
  };
}

function idOf(selection: Selection): string | null {
  return 'id' in selection ? selection.id : null;
}

/** What the page would be high with a map of the height that its width wants. */
function contentHeight(): number {
  const parts = [...document.querySelectorAll<HTMLElement>(PARTS)].reduce((sum, part) => sum + part.offsetHeight, 0);
  return parts + Math.max(LEAST, Math.min(MOST, window.innerWidth * RATIO));
}

function obey(message: HostMessage, desk: Desk): void {
  document.documentElement.toggleAttribute('data-paper', message.type === 'print');
  switch (message.type) {
    case 'hello':
      if (message.theme) document.documentElement.dataset.theme = message.theme;
      if (message.claims) host.setState({ claims: new Set(message.claims) });
      if (message.lang) goToLanguage(message.lang);
      return;
    case 'focus':
      if (message.keyboard) giveFocus();
      if (desk.story.places.some((p) => p.id === message.id)) desk.selectPlace(message.id);
      else desk.selectEvent(message.id);
      return;
    case 'filter':
      // By way of the address, which knows how to wait for what has to be fetched first.
      location.replace(`#${hashWith(hashFromView(desk.story, desk.view.getState()), message.keys)}`);
      return;
    case 'print': // said on the root, above
  }
}
