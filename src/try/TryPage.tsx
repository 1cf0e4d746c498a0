import type { DragEvent } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import type { Role } from '../import/columns.ts';
import type { DateOrder } from '../import/dates.ts';
import { countTableIssues, faultText, placeText } from '../import/report.ts';
import { LANGUAGES } from './languages.ts';
import type { Choices, Outcome } from './protocol.ts';

/** Issues that are shown at first: a file may have one in every row. */
const FIRST = 8;

/** Columns that a table is most often asked about. */
const ASKED: readonly (readonly [Role, string])[] = [
  ['title', 'Title'],
  ['text', 'Text'],
  ['date', 'Date'],
  ['place', 'Place'],
  ['lat', 'Latitude'],
  ['lng', 'Longitude'],
  ['layer', 'Category'],
  ['source', 'Source'],
];

export const NO_CHOICES: Choices = { dates: '', country: '', language: '', columns: {} };

/** How a file fares. */
export type Reading =
  | { readonly state: 'none' }
  | {
      readonly state: 'reading';
      readonly done: number;
      readonly all: number | null;
      /** What the same file came to before it was meant otherwise: it stays, with the focus in it. */
      readonly before: Outcome | null;
    }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'read'; readonly outcome: Outcome };

/** Choosing a file, how it is meant, and what is wrong with it. The map itself stands below. */
export function TryPage({
  reading,
  hasStory,
  choices,
  sample,
  onFile,
  onSample,
  onChoices,
  onDownload,
}: {
  reading: Reading;
  /** Whether a story stands below. */
  hasStory: boolean;
  choices: Choices;
  /** Address of a small table to try. */
  sample: string;
  onFile: (file: File) => void;
  onSample: () => void;
  onChoices: (choices: Choices) => void;
  onDownload: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  // A file dropped beside the field would make the browser leave the page.
  useEffect(() => {
    const stay = (event: Event) => event.preventDefault();
    window.addEventListener('dragover', stay);
    window.addEventListener('drop', stay);
    return () => {
      window.removeEventListener('dragover', stay);
      window.removeEventListener('drop', stay);
    };
  }, []);
  const outcome = reading.state === 'read' ? reading.outcome : reading.state === 'reading' ? reading.before : null;
  return (
    // The story has the page's main part once there is one. A role may change; an element of another kind would lose the focus.
    <section className="try-page" role={hasStory ? undefined : 'main'} aria-labelledby="try-heading">
      <header className="try-top">
        <h1 id="try-heading">Try your data</h1>
        <p>
          Choose a table of events and see it on the map at once. The file stays in this browser: nothing is sent anywhere. CSV, TSV, GeoJSON and uMap files,
          also in the columns of ACLED, UCDP GED, TimeMap and TimelineJS3.
        </p>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the field inside is the first, by keyboard too */}
      <div
        className="drop"
        data-over={over || undefined}
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label htmlFor="file">Drop a file here, or choose one</label>
        <input
          ref={input}
          id="file"
          type="file"
          accept=".csv,.tsv,.txt,.geojson,.json,.umap,text/csv,application/geo+json"
          onChange={(e) => {
            const [file] = e.currentTarget.files ?? [];
            if (file) onFile(file);
            // The same file again, mended meanwhile, is a change too.
            e.currentTarget.value = '';
          }}
        />
        <p className="hint">
          No table at hand?{' '}
          <button type="button" className="link" onClick={onSample}>
            Use the sample
          </button>{' '}
          or{' '}
          <a href={sample} download>
            download it
          </a>{' '}
          and change it.
        </p>
      </div>
      <p className="try-state" role="status">
        {stateText(reading)}
      </p>
      {outcome && (
        <>
          {outcome.story && (
            <p className="take">
              <a href="#map">Go to the map</a>
              <button type="button" className="button" onClick={onDownload}>
                Download as a story folder (zip)
              </button>
            </p>
          )}
          <Meaning outcome={outcome} choices={choices} onChoices={onChoices} />
          {outcome.issues.length > 0 && <Issues key={outcome.file} outcome={outcome} />}
        </>
      )}
    </section>
  );
}

function stateText(reading: Reading): string {
  switch (reading.state) {
    case 'none':
      return '';
    case 'reading':
      return reading.all === null ? 'Reading the file …' : `${reading.done} of ${reading.all} rows read …`;
    case 'failed':
      return `The file could not be read: ${reading.why}`;
    case 'read': {
      const { file, unit, rows, set, story, issues, zone } = reading.outcome;
      const events = story?.events.length ?? 0;
      const what = `${file}: ${count(rows, unit)}, ${count(events, 'event')} on the map and in the list${set ? `, in the columns of ${set}` : ''}${zone ? `; days in ${zone}` : ''}.`;
      return `${what} ${countTableIssues(issues)}.${story ? '' : ' Nothing can be shown yet.'}`;
    }
  }
}

const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;

/** How the file is meant: what cannot be told from it, and, folded, which column is what. */
function Meaning({ outcome, choices, onChoices }: { outcome: Outcome; choices: Choices; onChoices: (choices: Choices) => void }) {
  const id = useId();
  const takeCountry = (country: string) => {
    if (country !== choices.country) onChoices({ ...choices, country });
  };
  return (
    <div className="meaning">
      <div className="fields">
        <label htmlFor={`${id}-dates`}>
          <span>Dates like 03/04/2022</span>
          <select id={`${id}-dates`} value={choices.dates} onChange={(e) => onChoices({ ...choices, dates: e.currentTarget.value as DateOrder | '' })}>
            <option value="">are not guessed</option>
            <option value="dmy">day first (--dates dmy)</option>
            <option value="mdy">month first (--dates mdy)</option>
          </select>
        </label>
        <label htmlFor={`${id}-country`}>
          <span>Country, where rows name none</span>
          <input
            id={`${id}-country`}
            type="text"
            defaultValue={choices.country}
            autoComplete="off"
            onBlur={(e) => takeCountry(e.currentTarget.value.trim())}
            onKeyDown={(e) => {
              if (e.key === 'Enter') takeCountry(e.currentTarget.value.trim());
            }}
          />
        </label>
        <label htmlFor={`${id}-language`}>
          <span>Language of the texts</span>
          <select
            id={`${id}-language`}
            value={choices.language || outcome.language}
            onChange={(e) => onChoices({ ...choices, language: e.currentTarget.value })}
          >
            {LANGUAGES.map(([tag, name]) => (
              <option key={tag} value={tag}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <details>
        <summary>Which column is what</summary>
        <div className="fields">
          {ASKED.map(([role, name]) => (
            <label key={role} htmlFor={`${id}-${role}`}>
              <span>{name}</span>
              <select
                id={`${id}-${role}`}
                value={choices.columns[role] ?? outcome.roles[role] ?? ''}
                onChange={(e) => onChoices({ ...choices, columns: { ...choices.columns, [role]: e.currentTarget.value } })}
              >
                <option value="">no column</option>
                {outcome.columns.map((column) => (
                  <option key={column}>{column}</option>
                ))}
              </select>
            </label>
          ))}
        </div>
      </details>
    </div>
  );
}

/** Everything that is wrong, errors before warnings, in the words of the command line. */
function Issues({ outcome }: { outcome: Outcome }) {
  const [all, setAll] = useState(false);
  const sorted = [...outcome.issues].sort((a, b) => a.severity.localeCompare(b.severity));
  const shown = all ? sorted : sorted.slice(0, FIRST);
  return (
    <section className="faults" aria-labelledby="faults-heading">
      <h2 id="faults-heading">{countTableIssues(outcome.issues)}</h2>
      <p className="hint">Rows with errors are left out until they are mended; warnings are for you to judge.</p>
      <ol>
        {shown.map((issue) => (
          <li key={`${issue.row} ${issue.column} ${issue.found}`} data-severity={issue.severity}>
            <strong>
              {placeText(outcome, issue)} {issue.severity}:
            </strong>{' '}
            {faultText(issue)}
          </li>
        ))}
      </ol>
      {shown.length < sorted.length && (
        <p>
          <button type="button" className="button" onClick={() => setAll(true)}>
            Show the other {sorted.length - shown.length}
          </button>
        </p>
      )}
    </section>
  );
}
