/** The builder's page: a form whose fields are the page's query, a live preview, and the snippets. No server, no framework. */
import { readFrameMessage } from '../embed/protocol.ts';
import type { EmbedChoice, Embeddable } from '../embed/snippets.ts';
import { ampSnippet, figureSnippet, frameAddress, frameSnippet, newsletterSnippet, plainAddress, textLink } from '../embed/snippets.ts';
import type { BuilderStory, Fields } from './choices.ts';
import { choiceOf } from './choices.ts';

interface PageData {
  readonly stories: readonly BuilderStory[];
  /** Address that the site was built for. */
  readonly site: string;
  readonly pinnedLoader: string;
  readonly integrity: string;
}

/** What can be pasted, in the order of what to try first. */
const KINDS: readonly { readonly title: string; readonly hint: string; readonly make: (e: Embeddable, c: EmbedChoice) => string }[] = [
  { title: 'Address on a line of its own', hint: 'WordPress, Ghost and others turn it into the map or a card (oEmbed).', make: plainAddress },
  {
    title: 'Picture first, and one script',
    hint: 'The best choice where you may add a script: the picture stands wherever the script is taken out.',
    make: figureSnippet,
  },
  { title: 'Plain frame', hint: 'Where scripts are not allowed.', make: frameSnippet },
  {
    title: 'Link in the text',
    hint: 'Moves the map on the same page to what is chosen here; put your own words in.',
    make: (e, c) => textLink(e, c, 'your words'),
  },
  { title: 'AMP', hint: 'For AMP pages.', make: ampSnippet },
  { title: 'Newsletter, feed', hint: 'Picture and link, no script and no frame.', make: newsletterSnippet },
];

const get = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no element "${id}".`);
  return element;
};

const data = JSON.parse(get('stories', HTMLScriptElement).textContent) as PageData;
const form = get('choices', HTMLFormElement);
const preview = get('preview', HTMLIFrameElement);
const said = get('said', HTMLElement);
let shown = '';

function story(): BuilderStory | undefined {
  const id = get('story', HTMLSelectElement).value;
  return data.stories.find((s) => s.id === id) ?? data.stories[0];
}

function fields(): Fields {
  const map = new Map<string, string[]>();
  for (const [name, value] of new FormData(form)) map.set(name, [...(map.get(name) ?? []), String(value)]);
  return map;
}

function option(value: string, label: string): HTMLOptionElement {
  return new Option(label, value);
}

/** Put a story's own layers, days and events into the form. */
function fillStory(s: BuilderStory): void {
  const language = get('lang', HTMLSelectElement);
  language.replaceChildren(...s.languages.map((l) => option(l.language, l.name)));
  language.closest('label')?.toggleAttribute('hidden', s.languages.length < 2);
  const open = get('open', HTMLSelectElement);
  open.replaceChildren(option('', 'nothing in particular'));
  for (const name of new Set(s.opens.map((o) => o.group))) {
    const group = document.createElement('optgroup');
    group.label = name;
    group.append(...s.opens.filter((o) => o.group === name).map((o) => option(o.pair, o.label)));
    open.append(group);
  }
  get('layers', HTMLElement).replaceChildren(
    ...s.layers.map((l) => {
      const label = document.createElement('label');
      label.className = 'check';
      const box = document.createElement('input');
      Object.assign(box, { type: 'checkbox', name: 'layer', value: l.id, checked: l.shown });
      label.append(box, ` ${l.label}`);
      return label;
    }),
  );
  const days = s.days.map((d) => [d.id, d.words] as const);
  get('from', HTMLSelectElement).replaceChildren(...days.map(([id, words]) => option(id, words)));
  get('to', HTMLSelectElement).replaceChildren(...days.map(([id, words]) => option(id, words)));
  get('to', HTMLSelectElement).value = days.at(-1)?.[0] ?? '';
  for (const context of form.querySelectorAll('.context')) context.toggleAttribute('hidden', !s.hasContext);
}

/** Bring the form to what an address says; fields that it does not name stay as they are. */
function readAddress(query: URLSearchParams): void {
  if (query.has('layers')) for (const box of form.querySelectorAll<HTMLInputElement>('[name="layer"]')) box.checked = query.getAll('layer').includes(box.value);
  for (const element of form.elements) {
    if (element instanceof HTMLSelectElement) {
      const value = query.get(element.name);
      if (value !== null && [...element.options].some((o) => o.value === value)) element.value = value;
    } else if (element instanceof HTMLInputElement && element.name !== 'layer') {
      const value = query.get(element.name);
      if (element.type === 'checkbox') element.checked = value === element.value;
      else if (value !== null) element.value = value;
    }
  }
}

function writeAddress(): void {
  const query = new URLSearchParams([['layers', 'some']]);
  for (const [name, values] of fields()) for (const value of values) if (value !== '') query.append(name, value);
  history.replaceState(null, '', `?${query.toString()}`);
}

function update(): void {
  const s = story();
  const language = s?.languages.find((l) => l.language === get('lang', HTMLSelectElement).value) ?? s?.languages[0];
  if (!s || !language) return;
  const choice = choiceOf(s, fields(), data.integrity);
  const map = get('map', HTMLInputElement).value;
  get('view-words', HTMLElement).textContent = map === '' ? 'The whole story.' : `Zoom, latitude and longitude: ${map}`;
  showPreview(new URL(frameAddress({ ...language.embeddable, page: language.path }, choice), location.href).href, choice.height);
  const embeddable = choice.integrity === '' ? language.embeddable : { ...language.embeddable, loader: data.pinnedLoader };
  get('snippets', HTMLElement).replaceChildren(...KINDS.map(({ title, hint, make }) => snippetBox(title, hint, make(embeddable, choice))));
}

/** By replacing, so that the Back button leaves this page. */
function showPreview(address: string, height: number): void {
  if (address === shown) return;
  const first = shown === '';
  shown = address;
  if (first) {
    preview.height = String(height);
    preview.src = address;
  } else preview.contentWindow?.location.replace(address);
}

function snippetBox(title: string, hint: string, text: string): HTMLElement {
  const box = document.createElement('section');
  box.className = 'snippet';
  const head = document.createElement('div');
  head.className = 'snippet-head';
  const heading = document.createElement('h3');
  heading.textContent = title;
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.textContent = 'Copy';
  copy.setAttribute('aria-label', `Copy: ${title}`);
  const words = document.createElement('p');
  words.className = 'hint';
  words.textContent = hint;
  const code = document.createElement('pre');
  code.tabIndex = 0;
  code.textContent = text;
  copy.addEventListener('click', () => void copyFrom(code, title));
  head.append(heading, copy);
  box.append(head, words, code);
  return box;
}

async function copyFrom(code: HTMLElement, title: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    said.textContent = `Copied: ${title}`;
  } catch {
    getSelection()?.selectAllChildren(code);
    said.textContent = 'The text is selected: press the copy keys.';
  }
}

/** The preview is a page of our own: where the reader has moved it stands in its hash. */
function takeView(): void {
  const hash = preview.contentWindow?.location.hash ?? '';
  get('map', HTMLInputElement).value = /[#&]map=([\d./-]+)/.exec(hash)?.[1] ?? '';
  changed();
}

function changed(): void {
  writeAddress();
  update();
}

get('story', HTMLSelectElement).replaceChildren(...data.stories.map((s) => option(s.id, s.title)));
const asked = new URLSearchParams(location.search);
const wanted = asked.get('story');
if (wanted !== null && data.stories.some((s) => s.id === wanted)) get('story', HTMLSelectElement).value = wanted;
const firstStory = story();
if (firstStory) fillStory(firstStory);
readAddress(asked);
update();

get('story', HTMLSelectElement).addEventListener('change', () => {
  const s = story();
  if (s) fillStory(s);
  get('map', HTMLInputElement).value = '';
});
form.addEventListener('input', changed);
form.addEventListener('submit', (e) => e.preventDefault());
get('take', HTMLButtonElement).addEventListener('click', takeView);
get('whole', HTMLButtonElement).addEventListener('click', () => {
  get('map', HTMLInputElement).value = '';
  changed();
});
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-width]')) {
  button.addEventListener('click', () => {
    preview.width = button.dataset.width ?? '';
    for (const other of document.querySelectorAll('[data-width]')) other.setAttribute('aria-pressed', String(other === button));
  });
}
document.querySelector<HTMLButtonElement>(`[data-width="${window.innerWidth < 700 ? 320 : 640}"]`)?.click();
window.addEventListener('message', (e) => {
  if (e.source !== preview.contentWindow) return;
  const message = readFrameMessage(e.data);
  if (message?.type === 'resize') preview.height = String(Math.max(200, Math.min(2000, message.height)));
});
if (!location.href.startsWith(data.site)) {
  get('built-for', HTMLElement).hidden = false;
  get('built-address', HTMLElement).textContent = data.site;
}
