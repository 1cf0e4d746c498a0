import { describe, expect, test } from 'vitest';
import { draftFrom, faults } from '../fixtures/tables.ts';

describe('ACLED', () => {
  test('a week is "about" its day, a month is a month, and the code is told', async () => {
    const { events } = await draftFrom('acled.csv');
    expect(events.map((e) => e.claims[0]?.time?.about)).toEqual(['2031-03-02', '2031-03-03~', '2031-03']);
    expect(events[1]?.claims[0]?.time?.text).toEqual({ en: 'some day of that week (ACLED time_precision 2)' });
  });

  test('a point that is near, or stands for a region, is no town', async () => {
    const { places } = await draftFrom('acled.csv');
    expect(places.map((p) => [p.properties.name.en, p.properties.precision, p.properties.note?.en ?? null])).toEqual([
      ['Zhanaozen', 'city', null],
      ['Aktau', 'region', 'The point is near where it happened, not at it (ACLED geo_precision 2).'],
      ['Atyrau', 'region', 'The point stands for the region; where in it is not known (ACLED geo_precision 3).'],
    ]);
  });

  test('fatalities stay reported, with who reported them and through whom; none is no figure', async () => {
    const { events, speakers } = await draftFrom('acled.csv');
    const claim = events[1]?.claims[0];
    expect(claim).toMatchObject({
      status: 'reported',
      figures: [{ value: 2, measure: 'killed', label: { en: 'people reported killed' }, scope: events[1]?.place }],
    });
    expect(claim?.chain.map((l) => [speakers.get(l.who)?.name.en, l.role])).toEqual([
      ['Example Wire', 'originator'],
      ['Sample Gazette', 'originator'],
      ['ACLED', 'carrier'],
    ]);
    expect(events[0]?.claims[0]?.figures).toEqual([]);
  });
});

describe('UCDP GED', () => {
  test('the codes say town, region, country and no land at all', async () => {
    const { events, places } = await draftFrom('ucdp.csv');
    const placeOf = (i: number) => places.find((p) => p.id === events[i]?.place);
    expect(placeOf(0)?.properties).toMatchObject({ kind: 'city', precision: 'city' });
    expect(placeOf(1)?.properties).toMatchObject({ name: { en: 'Northern region' }, precision: 'region' });
    expect(placeOf(2)).toMatchObject({ geometry: null, properties: { name: { en: 'Uganda' }, kind: 'country', country: 'UG' } });
    expect(events[3]?.place).toBe(null);
  });

  test('the days between which it happened are an interval, and the best estimate keeps its bounds', async () => {
    const { events } = await draftFrom('ucdp.csv');
    expect(events.map((e) => e.claims[0]?.time?.about)).toEqual(['2031-03-03', '2031-03-03/2031-03-09', '2031-03-01/2031-03-31', '2031-03-20']);
    expect(events[0]?.claims[0]?.figures).toMatchObject([{ value: 5, exactness: 'about', label: { en: 'people killed, best estimate (low 4, high 7)' } }]);
  });
});

test('TimeMap: day and time become one, and an event without a place has none', async () => {
  const { events, recognised } = await draftFrom('timemap.csv');
  expect(recognised.preset).toBe('timemap');
  expect(events.map((e) => [e.place, e.claims[0]?.time?.about])).toEqual([
    ['republic-square', '2031-03-15T14:05+05:00'],
    [null, '2031-03-16'],
  ]);
});

test('TimelineJS3: the title slide is no event, dates are as exact as their columns, and nothing has a place', async () => {
  const { events, sources } = await draftFrom('timelinejs.csv');
  expect(events.map((e) => [e.title.en, e.place, e.claims[0]?.time?.about, e.claims[0]?.says.en])).toEqual([
    ['Dockers stop work', null, '2031-03-02', 'They ask for back pay.'],
    ['Talks begin', null, '2031-03-04T16:30+00:00', 'Both sides meet.'],
    ['Work resumes by and by', null, '2031-03/2031-04', 'Ship by ship.'],
  ]);
  expect([...sources.values()].map((s) => s.url)).toContain('https://wire.example/strike');
});

test('uMap: each of its layers is a layer; a line is no place', async () => {
  const { layers, events, issues } = await draftFrom('umap.umap');
  expect(layers.map((l) => l.label.en)).toEqual(['Barricades', 'Clinics']);
  expect(events).toHaveLength(2);
  expect(faults(issues)).toEqual(['2 geometry']);
});

test('GeoJSON: a feature without a point is an event without a place; swapped numbers are named', async () => {
  const { events, issues } = await draftFrom('points.geojson');
  expect(events.map((e) => [e.id, e.place])).toEqual([
    ['g1', 'aktau'],
    ['g2', null],
  ]);
  expect(issues.find((i) => i.row === 3)?.remedy).toContain('swapped');
});

test('KML: folders are layers, a time span is an interval, markup is left out of texts', async () => {
  const { events, layers } = await draftFrom('folders.kml');
  expect(layers.map((l) => l.label.en)).toEqual(['Strike']);
  expect(events.map((e) => [e.id, e.claims[0]?.says.en, e.claims[0]?.time?.about])).toEqual([
    ['k1', 'At the port.', '2031-03-02'],
    ['k2', 'They stay away', '2031-03-03/2031-03-05'],
  ]);
});

test('GPX: a waypoint has its place, its kind and its minute', async () => {
  const { events, layers } = await draftFrom('waypoints.gpx');
  expect(layers.map((l) => l.label.en)).toEqual(['Barricades', 'Clinics']);
  expect(events[0]?.claims[0]?.time?.about).toBe('2031-03-03T10:15:00Z');
});

describe('a desk’s own sheet, in Russian, with semicolons and decimal commas', () => {
  const options = { language: 'ru', dates: 'dmy' } as const;

  test('a place is found by an older name, and that is said', async () => {
    const { events, places, issues } = await draftFrom('desk.csv', options);
    expect(places.find((p) => p.id === events[1]?.place)).toMatchObject({
      geometry: { coordinates: [51.1722, 43.6481] },
      properties: { name: { ru: 'Шевченко' }, coordinateSource: 'GeoNames (CC BY 4.0), 610612' },
    });
    expect(issues.map((i) => i.found)).toEqual(['"Шевченко", another or an older name of Aktau']);
  });

  test('a row that names the country alone is the country’s, one that names nothing is nowhere', async () => {
    const { events, places } = await draftFrom('desk.csv', options);
    expect(places.find((p) => p.id === events[2]?.place)?.properties).toMatchObject({ kind: 'country', country: 'KZ', name: { ru: 'Казахстан' } });
    expect(events[3]?.place).toBe(null);
  });

  test('the zone is that of the place', async () => {
    expect((await draftFrom('desk.csv', options)).zone).toBe('Asia/Aqtau');
  });
});
