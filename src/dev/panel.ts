/** What is wrong with the data, beside the page while an editor works. Only `npm run dev` puts it there. */

/** One fault, as the server writes it into the page. */
export interface DevFault {
  readonly severity: 'error' | 'warning';
  /** Path of the file from where the command runs, with line and column: `data/story/events.json:12:9`. */
  readonly place: string;
  /** What was expected and what was found. */
  readonly what: string;
  readonly remedy: string;
}

export interface DevFaults {
  /** "2 errors, 1 warning". */
  readonly count: string;
  /** Errors before warnings; those of the page's own story first. */
  readonly faults: readonly DevFault[];
}

const STYLE = `
.dev-faults { position: fixed; z-index: 2000; inset: auto 0 0; max-block-size: 40vh; overflow: auto; padding: 12px 16px; border-block-start: 3px solid #b3261e;
  background: var(--paper, Canvas); color: var(--ink, CanvasText); font: 15px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
.dev-faults h2 { margin: 0; font: 600 17px/1.3 system-ui, sans-serif; }
.dev-faults ol { margin: 8px 0 0; padding: 0; list-style: none; }
.dev-faults li { padding-block: 8px; border-block-start: 1px solid var(--rule, GrayText); }
.dev-faults p { margin: 4px 0 0; }
.dev-faults button { padding: 2px 0; border: 0; background: none; color: var(--link, LinkText); font: 600 13px/1.4 ui-monospace, monospace; text-align: start; text-decoration: underline; cursor: pointer; }
.dev-faults :focus-visible { outline: 3px solid var(--focus, Highlight); outline-offset: 2px; }
html { padding-block-end: 40vh; }
@media (min-width: 1000px) {
  html { padding-block-end: 0; padding-inline-start: 330px; }
  .dev-faults { inset: 0 auto 0 0; inline-size: 330px; max-block-size: none; border-block-start: 0; border-inline-end: 3px solid #b3261e; }
}
@media print { .dev-faults { display: none; } html { padding: 0; } }
`;

const text = document.getElementById('dev-faults')?.textContent;
if (text) show(JSON.parse(text) as DevFaults);

function show({ count, faults }: DevFaults): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const panel = make('section', 'dev-faults', '');
  panel.setAttribute('aria-labelledby', 'dev-faults-heading');
  panel.dir = 'ltr';
  panel.lang = 'en';
  // A part that scrolls is reached and moved by keyboard.
  panel.tabIndex = 0;
  const heading = make('h2', '', `${count} in the data`);
  heading.id = 'dev-faults-heading';
  const list = document.createElement('ol');
  list.append(...faults.map(item));
  panel.append(heading, make('p', '', 'What has an error is left out; the rest is on the map. The page follows as you save.'), list);
  document.body.prepend(panel);
}

function item({ severity, place, what, remedy }: DevFault): HTMLElement {
  const row = document.createElement('li');
  const open = make('button', '', place) as HTMLButtonElement;
  open.type = 'button';
  open.title = 'Open in the editor';
  // Vite's own way into the editor that runs on this machine.
  open.addEventListener('click', () => void fetch(`/__open-in-editor?file=${encodeURIComponent(place)}`));
  row.append(open, make('p', '', `${severity === 'error' ? 'Error' : 'Warning'}: ${what}`), make('p', '', remedy));
  return row;
}

function make(tag: string, className: string, content: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = content;
  return element;
}
