/** A seeded CSV file with the columns of an ACLED export and rows of their length, invented from end to end. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { random } from '../dense/make.ts';

const COLUMNS =
  'event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp';

const EVENTS = [
  ['Demonstrations', 'Protests', 'Peaceful protest'],
  ['Demonstrations', 'Protests', 'Protest with intervention'],
  ['Demonstrations', 'Riots', 'Violent demonstration'],
  ['Political violence', 'Battles', 'Armed clash'],
  ['Political violence', 'Explosions/Remote violence', 'Shelling/artillery/missile attack'],
  ['Political violence', 'Violence against civilians', 'Attack'],
  ['Strategic developments', 'Strategic developments', 'Arrests'],
] as const;
const REGIONS = ['Almaty', 'Mangystau', 'Turkistan', 'Karaganda', 'Aktobe', 'Atyrau', 'Kostanay', 'Pavlodar'];
const NEWSPAPERS = ['Harbour Post', 'Steppe Courier', 'The Lantern', 'Valley Wire', 'Radio Caravan', 'Evening Ledger'];
const WHY = ['unpaid wages', 'the price of gas', 'a closed road', 'a lost vote', 'the cost of water', 'a factory that shut'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAY_MS = 86_400_000;
const START = Date.UTC(2019, 0, 1);
/** Rows that are put together before they are written. */
const BATCH = 5000;

/** Write so many rows. A hundredth has quotation marks in its notes, as real ones do. The same numbers give the same bytes. */
export function writeAcled(path: string, rows: number, { places = 20_000, days = 2000, seed = 1 } = {}): void {
  const chance = random(seed);
  const below = (n: number) => Math.floor(chance() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const towns = Array.from({ length: places }, (_, i) => ({
    name: `${pick(['Kara', 'Ak', 'Sary', 'Zhana', 'Uzyn'])}${pick(['su', 'tau', 'bulak', 'kol', 'tobe'])} ${i}`,
    region: pick(REGIONS),
    lat: (42 + chance() * 11).toFixed(4),
    lng: (52 + chance() * 30).toFixed(4),
  }));
  const to = openSync(path, 'w');
  let lines = [`${COLUMNS}\n`];
  for (let i = 0; i < rows; i++) {
    const at = new Date(START + below(days) * DAY_MS);
    const date = `${String(at.getUTCDate()).padStart(2, '0')} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
    const [disorder, kind, sub] = pick(EVENTS);
    const town = pick(towns);
    const sources = chance() < 0.3 ? `${pick(NEWSPAPERS)}; ${pick(NEWSPAPERS)}` : pick(NEWSPAPERS);
    const size = chance() < 0.3 ? 'size=around 200' : 'size=no report';
    const quoted = chance() < 0.01 ? ' They carried a sign that read ""Enough"".' : '';
    const notes = `On ${date}, residents gathered in ${town.name} (${town.region}) over ${pick(WHY)}, as ${sources} reported. A second group met them at the district office, and the road was closed until the evening.${quoted} [${size}]`;
    lines.push(
      `KAZ${i + 1},${date},${at.getUTCFullYear()},${chance() < 0.9 ? 1 : 2},${disorder},${kind},${sub},Protesters (Kazakhstan),Labor Group (Kazakhstan),Protesters,Police Forces of Kazakhstan (2019-),,State forces,State forces-Protesters,,398,Caucasus and Central Asia,Kazakhstan,${town.region},${town.region} district,,${town.name},${town.lat},${town.lng},${chance() < 0.8 ? 1 : 2},"${sources}",National,"${notes}",${chance() < 0.05 ? below(9) : 0},"crowd ${size}",${1_700_000_000 + i}\n`,
    );
    if (lines.length >= BATCH) {
      writeSync(to, lines.join(''));
      lines = [];
    }
  }
  writeSync(to, lines.join(''));
  closeSync(to);
}
