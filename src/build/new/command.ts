/** `npm run new`: asks little in a terminal, takes flags, and works without a terminal. Never writes over anything. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { show } from '../../core/issue.ts';
import { isTimeZone } from '../../core/time.ts';
import type { Out } from '../command.ts';
import { loadGazetteer } from '../import/gazetteer-file.ts';
import { refusalWords } from '../whole.ts';
import { writeFolder } from '../write-whole.ts';
import { NEW_OPTIONS } from './options.ts';
import type { Spot } from './place.ts';
import { boundsAround, clearOne, countryNear, readAt, spotLine, toSpot, townsNamed, zoneAt } from './place.ts';
import { newStoryFiles } from './story.ts';

/** Asks a question; null where nobody is there to answer. */
type Ask = ((question: string) => Promise<string>) | null;

/** Raised for what the one who calls must mend: its message says what and how. */
class Refusal extends Error {}

/**
 * Write a new story.
 * @param args    id and options
 * @param dataDir the folder of stories
 * @param out     where words go
 * @returns the exit code: 0 written, 2 not; what is wrong, and every choice there is, goes to the terminal
 */
export async function newCommand(args: readonly string[], dataDir: string, out: Out): Promise<number> {
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : null;
  try {
    const id = await makeStory(args, dataDir, out, terminal && ((question) => terminal.question(question)));
    out.log(nextSteps(id));
    return 0;
  } catch (error) {
    const words = refusalWords(error, dataDir);
    out.error(error instanceof Refusal ? error.message : (words ?? `Nothing was written. ${error instanceof Error ? error.message : String(error)}`));
    return 2;
  } finally {
    terminal?.close();
  }
}

async function makeStory(args: readonly string[], dataDir: string, out: Out, ask: Ask): Promise<string> {
  const option = (name: (typeof NEW_OPTIONS)[number]) => (args.includes(name) ? (args[args.indexOf(name) + 1] ?? '') : null);
  const [id, more] = args.filter((a, i) => !a.startsWith('--') && !(NEW_OPTIONS as readonly string[]).includes(args[i - 1] ?? ''));
  if (id === undefined || more !== undefined) throw new Refusal('Name the story by one id, which will be its address: npm run new -- my-story --place Suva');
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id))
    throw new Refusal(`The id is the story’s address: small letters, digits and hyphens, at most 64. Got ${show(id)}.`);
  if (['basemap', 'schema'].includes(id) || existsSync(join(dataDir, id)))
    throw new Refusal(`data/${id} exists already, and nothing is written over. Choose another id.`);
  const language = option('--language') ?? 'en';
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language)) throw new Refusal(`--language wants a tag such as en, ar or pt-BR. Got ${show(language)}.`);
  const spot = await findSpot(option('--place'), option('--at'), option('--country'), dataDir, out, ask);
  const timeZone = option('--zone') ?? zoneAt(spot.at);
  if (!isTimeZone(timeZone)) throw new Refusal(`--zone wants an IANA time zone such as Pacific/Fiji. Got ${show(timeZone)}.`);
  const day = option('--date') ?? new Date().toLocaleDateString('en-CA', { timeZone });
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) throw new Refusal(`--date wants a day such as 2026-11-24. Got ${show(day)}.`);
  const title = option('--title') ?? (ask ? await ask(`Title [${spot.name}]: `) : '');
  writeFolder(join(dataDir, id), newStoryFiles({ id, title: title.trim() || spot.name, language, spot, timeZone, bounds: boundsAround(spot.at), day }));
  return id;
}

/** By point, by name, or by asking. A name that could be several places is never guessed. */
async function findSpot(place: string | null, atText: string | null, country: string | null, dataDir: string, out: Out, ask: Ask): Promise<Spot> {
  if (country !== null && !/^[A-Z]{2}$/.test(country))
    throw new Refusal(`--country wants two capital letters of ISO 3166-1, such as FJ. Got ${show(country)}.`);
  if (atText !== null) {
    const at = readAt(atText);
    if (!at) throw new Refusal(`--at wants longitude and latitude in degrees, longitude first: --at 178.44,-18.14. Got ${show(atText)}.`);
    const land = country ?? countryNear(at, loadGazetteer(dataDir));
    if (land === null) throw new Refusal('No town is near that point: say its country too, such as --country FJ.');
    return { name: place ?? atText, at, country: land, source: 'given by hand' };
  }
  const name = place ?? (ask ? await ask('Where does it happen? A town: ') : null);
  if (name === null || name.trim() === '') throw new Refusal('Say where the story is: --place Suva, or --at 178.44,-18.14 (longitude first).');
  const gazetteer = loadGazetteer(dataDir);
  if (!gazetteer) throw new Refusal('data/gazetteer is missing, so names cannot be looked up. Give the point: --at LNG,LAT (longitude first).');
  const found = townsNamed(name, country, gazetteer);
  if (found.length === 0)
    throw new Refusal(
      `GeoNames, as it ships with the project, knows no place called ${show(name)}${country ? ` in ${country}` : ''}. Give its point: --place ${show(name)} --at LNG,LAT`,
    );
  const one = clearOne(found);
  if (one) {
    if (found.length > 1) out.log(`Taken: ${spotLine(one)}. There are ${found.length - 1} smaller places of that name; --country or --at chooses another.`);
    return toSpot(one);
  }
  const choices = found.slice(0, 12);
  const list = choices.map((c, i) => `  ${i + 1}. ${spotLine(c)}`).join('\n');
  if (!ask) throw new Refusal(`${found.length} places are called ${show(name)}. Choose one by --country or --at:\n${list}`);
  const chosen = choices[Number(await ask(`${found.length} places are called ${show(name)}:\n${list}\nWhich? [1] `).then((a) => a.trim() || '1')) - 1];
  if (!chosen) throw new Refusal('That is none of them. Nothing was written.');
  return toSpot(chosen);
}

function nextSteps(id: string): string {
  const steps = [
    ['npm run dev', `then open /m/${id}/ at the address it prints`],
    [`edit data/${id}/events.json`, 'two events wait to be replaced; the page follows as you save'],
    [`npm run validate data/${id}`, 'what is wrong, in words, with line and remedy'],
    ['npm run build', 'the pages, in dist/'],
  ] as const;
  const width = Math.max(...steps.map(([what]) => what.length));
  return `data/${id}/ is written: five data files and a README with comments.\n\nNext:\n${steps.map(([what, why]) => `  ${what.padEnd(width)}   ${why}`).join('\n')}`;
}
