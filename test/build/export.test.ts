import type { FeatureCollection } from 'geojson';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { eventsCsv, eventsGeoJson, eventsKml } from '../../src/core/export.ts';
import type { Story } from '../../src/core/story.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { kazakhstan } from '../fixtures/stories.ts';

const en = stringsFor('en');

const story = kazakhstan();
const collection = JSON.parse(eventsGeoJson(story, en)) as FeatureCollection;
const rows = (s: Story) => Papa.parse<Record<string, string>>(eventsCsv(s, en).replace(/^\ufeff/, ''), { header: true, skipEmptyLines: true });

test('GeoJSON has one Feature per event, with a geometry only where the event has a point', () => {
  expect(collection.features.map((f) => f.id)).toEqual(story.events.map((e) => e.id));
  const pointed = collection.features.filter((f) => f.geometry !== null).map((f) => f.properties?.placeId);
  expect(new Set(pointed)).toEqual(new Set(['almaty', 'almaty-airport']));
});

test('an event of the whole country and one with no place are told apart by precision', () => {
  const precision = (id: string) => collection.features.find((f) => f.id === id)?.properties?.precision;
  expect(precision('arrests')).toBe('country');
  expect(precision('csto-summit')).toBe('none');
  expect(precision('almaty-internet')).toBe('city');
});

test('positions are longitude first, and the bbox holds them (RFC 7946)', () => {
  expect(collection.features.find((f) => f.id === 'almaty-internet')?.geometry).toEqual({ type: 'Point', coordinates: [76.9115, 43.25249] });
  expect(collection.bbox).toEqual([76.9115, 43.25249, 77.04283, 43.35427]);
});

test('properties are flat, so that every GIS can show them', () => {
  for (const f of collection.features) for (const value of Object.values(f.properties ?? {})) expect(typeof value === 'object' && value !== null).toBe(false);
});

test('a number never leaves its scope and status', () => {
  const deaths = collection.features.find((f) => f.id === 'deaths-post')?.properties;
  expect(deaths?.figures).toBe('164 people killed, whole country; deleted, not confirmed');
  expect(deaths?.status).toBe('retracted');
});

test('the CSV holds the same rows, with UTF-8 mark and CR LF', () => {
  const csv = eventsCsv(story, en);
  expect(csv.startsWith('\ufeff')).toBe(true);
  expect(csv.endsWith('\r\n')).toBe(true);
  const { data, errors } = rows(story);
  expect(errors).toEqual([]);
  expect(data.map((r) => r.id)).toEqual(story.events.map((e) => e.id));
  expect(data.find((r) => r.id === 'almaty-internet')).toMatchObject({ lng: '76.9115', lat: '43.25249' });
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1', '\r=1'])('text that a spreadsheet would run (%j) is disarmed', (title) => {
  const hostile: Story = { ...story, events: story.events.map((e, i) => (i === 0 ? { ...e, title } : e)) };
  expect(rows(hostile).data[0]?.title).toBe(`'${title}`);
});

test('a negative longitude stays a number', () => {
  const west: Story = { ...story, places: story.places.map((p) => (p.id === 'almaty' ? { ...p, at: [-73.5, 43] as const } : p)) };
  expect(eventsCsv(west, en)).toContain(',-73.5,43\r\n');
});

test('every row says as of when, on what terms and by which sources', () => {
  for (const row of rows(story).data) expect([row.asOf, row.licence, row.sources].every((value) => (value ?? '') !== '')).toBe(true);
  expect(collection).toMatchObject({ asOf: '10 January 2022', licence: expect.stringContaining('CC BY 4.0') });
});

test('KML has the same events, a point only where one has a point, and nothing in it is markup', () => {
  const kml = eventsKml({ ...story, events: story.events.map((e, i) => (i === 0 ? { ...e, title: '<b>&\u0000' } : e)) }, en);
  expect(kml.match(/<Placemark id="/g)).toHaveLength(story.events.length);
  expect(kml.match(/<Point>/g)).toHaveLength(story.events.filter((e) => story.places.find((p) => p.id === e.place)?.at).length);
  expect(kml).toContain('<name>&#60;b&#62;&#38;</name>');
  expect(kml).not.toContain('\u0000');
  expect(kml).toContain('164 people killed, whole country; deleted, not confirmed');
});
