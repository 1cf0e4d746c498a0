import './policy.ts';
import 'virtual:tokens.css';
import '../ui/page.css';
import '../ui/account.css';
import '../ui/days.css';
import './embed.css';
import { hydrateRoot } from 'react-dom/client';
import type { Story } from '../core/story.ts';
import { emptyContext, readContext, readStory, StoryFormatError } from '../core/story.ts';
import type { Strings } from '../core/strings/make.ts';
import { loadStrings } from '../core/strings/strings.ts';
import { isFramed } from '../ui/host.ts';
import { Page } from '../ui/Page.tsx';
import { createDesk } from '../ui/store.ts';
import { syncAddress } from './address.ts';
import { openGround, startWorker } from './basemap/openGround.ts';
import type { Ground } from './basemap/protocol.ts';
import { doubt, fetchBytes, fetchJson, GoneError, reloadIfReachable } from './fetchJson.ts';
import { hosted } from './framed.ts';
import { later, loadMap } from './later.ts';
import { MapRegion } from './MapRegion.tsx';
import { syncPicture } from './picture.ts';

/** Asked for at once, beside the story. */
void loadStrings(document.documentElement.lang).catch(() => undefined);

async function fetchGround(address: string, story: Story): Promise<Ground> {
  const url = new URL(address, document.baseURI).href;
  // Started at once: it loads while its data do.
  const painter = startWorker();
  try {
    const bytes = await fetchBytes(url);
    return await openGround({ index: story.basemap, url, bytes, language: story.language }, painter);
  } catch (error) {
    painter?.terminate();
    doubt(url);
    throw error;
  }
}

/** The page's own addresses, written by the build: `data-*` of the root element. */
const root = document.getElementById('root');
if (root) void start(root);

async function start(element: HTMLElement): Promise<void> {
  const { story: storyUrl = '', basemap = '', context = '', home = './', site = '.' } = element.dataset;
  const again = (notice: HTMLElement) => {
    notice.remove();
    void start(element);
  };
  let t: Strings;
  let story: Story;
  try {
    t = await loadStrings(document.documentElement.lang);
  } catch {
    // No words to say it in but those that the page holds for this; its account is complete.
    document.documentElement.dataset.failed = '';
    void hosted?.then((h) => h?.failHost('script'));
    return;
  }
  try {
    story = readStory(await fetchJson(storyUrl));
  } catch (error) {
    if (error instanceof StoryFormatError || error instanceof GoneError) showFault(element, t.errorStale, t.reload, reloadIfReachable);
    else showFault(element, t.errorStory, t.tryAgain, again);
    void hosted?.then((h) => h?.failHost('data'));
    return;
  }
  let many: typeof import('./many.ts') | null = null;
  if (story.dense) {
    try {
      many = await import('./many.ts');
      story = await many.withCounts(story, site);
    } catch {
      // A browser asks for a script once: only the page anew tries that again.
      showFault(element, t.errorStory, t.tryAgain, many?.withCounts ? again : reloadIfReachable);
      void hosted?.then((h) => h?.failHost('data'));
      return;
    }
  }
  const loadGround = () => fetchGround(basemap, story);
  const still = [...element.childNodes].map((node) => node.cloneNode(true));
  const desk = createDesk(story, home, site, async () => (context === '' ? emptyContext(story) : readContext(await fetchJson(context))));
  hydrateRoot(
    element,
    <Page desk={desk} later={later}>
      <MapRegion openGround={loadGround} loadMap={loadMap} />
    </Page>,
    {
      // Whoever changes the page under React's hands, as translators do, can break it: the account goes back as it was.
      onUncaughtError() {
        // React clears the page when it has said so.
        setTimeout(() => {
          delete document.documentElement.dataset.map;
          element.replaceChildren(...still);
          showFault(element, t.errorStory, t.reload, reloadIfReachable);
        });
        void hosted?.then((h) => h?.failHost('script'));
      },
    },
  );
  syncAddress(desk, isFramed());
  void hosted?.then((h) => h?.connectHost(desk));
  syncPicture(desk);
  void many?.fetchEvents(desk);
}

/** The HTML stays as it is, a full account; one sentence says what is missing, and offers one way out. */
function showFault(element: HTMLElement, words: string, label: string, act: (notice: HTMLElement) => void): void {
  const notice = document.createElement('p');
  notice.className = 'notice';
  notice.setAttribute('role', 'alert');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = label;
  button.addEventListener('click', () => act(notice));
  notice.append(`${words} `, button);
  element.querySelector('.masthead')?.append(notice);
}
