import { describe, expect, test } from 'vitest';
import { recogniseColumns } from '../../src/import/columns.ts';
import { tableFrom } from '../fixtures/tables.ts';

const recognised = (columns: readonly string[], given: Readonly<Record<string, string>> = {}) =>
  recogniseColumns(tableFrom([columns, columns.map(() => 'x')]), new Map(Object.entries(given)), null);

describe('columns are known by their names in', () => {
  test.each([
    ['English', ['Title', 'Event Date', 'Latitude', 'Longitude', 'Place', 'Category']],
    ['Russian', ['Заголовок', 'Дата', 'Широта', 'Долгота', 'Место', 'Категория']],
    ['Kazakh', ['Тақырып', 'Күні', 'Ендік', 'Бойлық', 'Қала', 'Санат']],
    ['Korean', ['제목', '날짜', '위도', '경도', '장소', '분류']],
    ['Arabic', ['العنوان', 'التاريخ', 'خط العرض', 'خط الطول', 'المكان', 'الفئة']],
    ['French', ['Titre', 'Date', 'Latitude', 'Longitude', 'Lieu', 'Catégorie']],
    ['Spanish', ['Título', 'Fecha', 'Latitud', 'Longitud', 'Lugar', 'Categoría']],
    ['German', ['Titel', 'Datum', 'Breitengrad', 'Längengrad', 'Ort', 'Kategorie']],
  ])('%s', (_, names) => {
    const { columns } = recognised(names);
    expect(['title', 'date', 'lat', 'lng', 'place', 'layer'].map((role) => [...columns].find(([r]) => r === role)?.[1])).toEqual(names);
  });
});

test('a flag wins over a name, and an empty one leaves the column out', () => {
  const { columns, unused } = recognised(['title', 'status', 'my north'], { lat: 'My North', status: '' });
  expect([...columns]).toEqual([
    ['lat', 'my north'],
    ['title', 'title'],
  ]);
  expect(unused).toEqual(['status']);
});

test('a flag that names no column or no role is an error that lists them', () => {
  expect(recognised(['title'], { lat: 'Y' }).issues).toMatchObject([{ severity: 'error', found: '"Y" for lat', expected: expect.stringContaining('title') }]);
  expect(recognised(['title'], { width: 'title' }).issues).toMatchObject([{ severity: 'error', found: '"width"' }]);
});

test('a data set is known by its columns, and TimeMap’s plain ones alone are nobody’s', () => {
  expect(recognised(['event_id_cnty', 'event_date', 'event_type', 'geo_precision', 'latitude', 'longitude']).preset).toBe('acled');
  expect(recognised(['description', 'date', 'time', 'location', 'latitude', 'longitude']).preset).toBe(null);
  expect(recognised(['description', 'date', 'time', 'location', 'latitude', 'longitude', 'category1']).preset).toBe('timemap');
});

test('a title over all columns is no header, and rows keep their numbers', () => {
  const table = tableFrom([['Mouvements sociaux', '', ''], [], ['Titre', 'Date', 'Lieu'], ['Grève', '2031-03-05', 'Lyon']]);
  expect([table.columns, table.rows[0]?.number]).toEqual([['Titre', 'Date', 'Lieu'], 4]);
  // A table of one column has nothing above it.
  expect(tableFrom([['title'], ['Strike'], ['Talks, and more']]).columns).toEqual(['title']);
});
