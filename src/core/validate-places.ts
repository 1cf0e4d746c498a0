/** What must hold of places: each stands where it says, at the precision it says. */
import { exchanged, inRange } from './geo.ts';
import { show } from './issue.ts';
import type { SourcePlace, SourceStory } from './source.ts';
import type { Surroundings } from './validate.ts';
import type { Path, Report } from './validate-parts.ts';
import { checkAgain, checkText } from './validate-parts.ts';

/** Ids are unique, names are there, and each point agrees with its kind, precision and country. */
export function checkPlaces(story: SourceStory, positions: readonly number[], around: Surroundings, report: Report): void {
  const file = 'places.geojson';
  const seen = new Map<string, number>();
  story.places.forEach((place, i) => {
    const path = ['features', positions[i] ?? i];
    checkAgain(seen, place.id, i, file, [...path, 'id'], 'place', report);
    checkText(place.name, story.meta.language, file, [...path, 'properties', 'name'], report);
    checkPoint(place, file, path, around, report);
  });
}

function checkPoint(place: SourcePlace, file: string, path: Path, around: Surroundings, report: Report): void {
  const properties = [...path, 'properties'];
  if (place.precision === 'country' && place.at !== null) {
    report(
      'error',
      file,
      [...path, 'geometry'],
      'null: a whole country has no point of its own',
      place.at.join(', '),
      'Set the geometry to null and name the outline.',
    );
    return;
  }
  if ((place.kind === 'country') !== (place.precision === 'country')) {
    report(
      'error',
      file,
      [...properties, 'precision'],
      place.kind === 'country' ? '"country" for a place of kind country' : 'a precision finer than "country"',
      show(place.precision),
      'A point stands for a region, a city or a facility; a country has an outline.',
    );
  }
  if (place.outline !== null && !around.outlines.has(place.outline)) {
    report(
      'error',
      file,
      [...properties, 'outline'],
      `an outline of the basemap (${[...around.outlines].slice(0, 4).join(', ')} …)`,
      show(place.outline),
      'Correct the id, or set it to null.',
    );
  }
  if (place.kind === 'country' && place.outline === null)
    report('warning', file, [...properties, 'outline'], 'the id of the country’s outline', 'null', 'Without it the country is listed but not drawn.');
  if (place.at === null) {
    if (place.precision === 'city' || place.precision === 'facility')
      report('error', file, [...path, 'geometry'], `a point for a ${place.precision}`, 'null', 'Give its longitude and latitude, or make it a region.');
    return;
  }
  if (!inRange(place.at)) {
    const swapped = inRange(exchanged(place.at));
    report(
      'error',
      file,
      [...path, 'geometry', 'coordinates'],
      'longitude in -180..180, then latitude in -90..90',
      place.at.join(', '),
      swapped ? 'They look swapped: GeoJSON puts longitude first.' : 'Correct the numbers.',
    );
    return;
  }
  if (around.inCountry(place.country, place.at) === false) {
    const swapped = inRange(exchanged(place.at)) && around.inCountry(place.country, exchanged(place.at)) === true;
    report(
      'warning',
      file,
      [...path, 'geometry', 'coordinates'],
      `a point inside ${place.country}`,
      place.at.join(', '),
      swapped ? `They look swapped: ${exchanged(place.at).join(', ')} lies inside.` : 'Check the coordinates and the country code.',
    );
  }
  if (place.coordinateSource === null)
    report('error', file, [...properties, 'coordinateSource'], 'where the coordinates come from', 'null', 'Name the gazetteer or the publication.');
}
