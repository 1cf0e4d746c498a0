import '../map/policy.ts';
import 'virtual:tokens.css';
import '../ui/page.css';
import '../ui/account.css';
import '../ui/days.css';
import '../map/embed.css';
import './try.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { BasemapIndex } from '../core/basemap.ts';
import { directionOf } from '../core/languages.ts';
import type { Story } from '../core/story.ts';
import { loadLaterStrings, loadStrings } from '../core/strings/strings.ts';
import { syncAddress } from '../map/address.ts';
import { openGround, startWorker } from '../map/basemap/openGround.ts';
import type { Ground } from '../map/basemap/protocol.ts';
import { fetchBytes } from '../map/fetchJson.ts';
import { later, loadMap } from '../map/later.ts';
import { MapRegion } from '../map/MapRegion.tsx';
import { Page } from '../ui/Page.tsx';
import { createDesk } from '../ui/store.ts';
import type { Choices, FromImporter, Job, Outcome } from './protocol.ts';
import type { Reading } from './TryPage.tsx';
import { NO_CHOICES, TryPage } from './TryPage.tsx';

/** What the page's HTML says: `data-*` of the root element, written by the build. */
interface Addresses {
  readonly site: string;
  readonly gazetteer: string;
  readonly basemap: string;
  readonly basemapId: string;
  readonly index: BasemapIndex;
  readonly sample: string;
}

const Nothing = () => null;
/** A story that is nobody's yet has no downloads, no address to share and no account of its corrections. */
const PARTS = { ...later, Tools: Nothing, About: Nothing };

function App({ addresses }: { addresses: Addresses }) {
  const [reading, setReading] = useState<Reading>({ state: 'none' });
  const [choices, setChoices] = useState<Choices>(NO_CHOICES);
  const [file, setFile] = useState<File | null>(null);
  const [shown, setShown] = useState<Outcome | null>(null);
  const worker = useRef<Worker | null>(null);

  const read = useCallback(
    (next: File, how: Choices, again: boolean) => {
      // A table that is still being read is no longer wanted.
      worker.current?.terminate();
      worker.current = new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module', name: 'import' });
      const progress = (done: number, all: number | null) =>
        setReading((r) => ({ state: 'reading', done, all, before: again ? (r.state === 'read' ? r.outcome : r.state === 'reading' ? r.before : null) : null }));
      progress(0, null);
      worker.current.onerror = () => setReading({ state: 'failed', why: 'the importer could not be loaded. Reload the page and try again.' });
      worker.current.onmessage = ({ data }: MessageEvent<FromImporter>) => {
        if (data.type === 'progress') progress(data.done, data.all);
        else if (data.type === 'failed') setReading({ state: 'failed', why: data.why });
        // The page's own words in that language, before anything is drawn with them.
        else
          loadLaterStrings(data.outcome.language).then(
            () => {
              setReading({ state: 'read', outcome: data.outcome });
              setShown(data.outcome.story ? data.outcome : null);
            },
            () => setReading({ state: 'failed', why: 'the words of its language could not be loaded. Reload the page and try again.' }),
          );
      };
      const now = new Date();
      const two = (n: number) => String(n).padStart(2, '0');
      const job: Job = {
        file: next,
        choices: how,
        gazetteer: addresses.gazetteer,
        basemap: { id: addresses.basemapId, index: addresses.index },
        today: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
      };
      worker.current.postMessage(job);
    },
    [addresses],
  );

  const onFile = (next: File) => {
    // Another table has other columns; how its dates are written may well be the same.
    const how = next.name === file?.name ? choices : { ...choices, columns: {}, language: '' };
    setChoices(how);
    setFile(next);
    read(next, how, false);
  };
  const onSample = async () => {
    try {
      onFile(new File([await fetchBytes(addresses.sample)], 'sample.csv', { type: 'text/csv' }));
    } catch {
      setReading({ state: 'failed', why: 'the sample could not be loaded.' });
    }
  };
  return (
    <>
      <TryPage
        reading={reading}
        hasStory={shown !== null}
        choices={choices}
        sample={addresses.sample}
        onFile={onFile}
        onSample={() => void onSample()}
        onChoices={(how) => {
          setChoices(how);
          if (file) read(file, how, true);
        }}
        onDownload={() => {
          if (shown) void download(shown);
        }}
      />
      {shown?.story && <Preview key={`${shown.story.version}-${shown.story.language}`} story={shown.story} css={shown.css} addresses={addresses} />}
    </>
  );
}

/** The very page that a story has, with the live map. */
function Preview({ story, css, addresses }: { story: Story; css: string; addresses: Addresses }) {
  const desk = useMemo(() => createDesk(story, './', addresses.site), [story, addresses]);
  const open = useCallback(() => groundOf(addresses), [addresses]);
  useEffect(() => syncAddress(desk, false), [desk]);
  // The layers' colours: the policy bars styles in the page's text, and this is none.
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== sheet);
    };
  }, [css]);
  return (
    <div className="page tried" lang={story.language} dir={directionOf(story.language)}>
      <Page desk={desk} later={PARTS}>
        <MapRegion openGround={open} loadMap={loadMap} />
      </Page>
    </div>
  );
}

let ground: Promise<Ground> | null = null;

/** One ground for every story that is tried. */
function groundOf({ basemap, index }: Addresses): Promise<Ground> {
  const url = new URL(basemap, document.baseURI).href;
  ground ??= fetchBytes(url).then((bytes) => openGround({ index, url, bytes, language: document.documentElement.lang }, startWorker()));
  ground.catch(() => {
    ground = null;
  });
  return ground;
}

async function download({ folder, files }: Outcome): Promise<void> {
  const { strToU8, zipSync } = await import('fflate');
  const bytes = zipSync(Object.fromEntries(files.map(([name, text]) => [`${folder}/${name}`, strToU8(text)])));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/zip' }));
  link.download = `${folder}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const root = document.getElementById('root');
const index = document.getElementById('basemap-index')?.textContent;
if (root && index) {
  const { site = '..', gazetteer = '', basemap = '', basemapId = '', sample = '' } = root.dataset;
  const absolute = (address: string) => new URL(address, document.baseURI).href;
  // Without its words the page stays as it came, with a sentence that says so.
  const told = () => undefined;
  void loadStrings('en').then(() => {
    createRoot(root).render(
      <App addresses={{ site, gazetteer: absolute(gazetteer), basemap, basemapId, sample: absolute(sample), index: JSON.parse(index) as BasemapIndex }} />,
    );
  }, told);
}
