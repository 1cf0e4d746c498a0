/** What must hold of a story's course: its series, its guided walk, and what it took back. */
import { inRange } from './geo.ts';
import { show } from './issue.ts';
import type { SourceStory } from './source.ts';
import { isTimeZone, parseEdtf, toRange, within } from './time.ts';
import type { Report } from './validate-parts.ts';
import { checkDate, checkText, checkUnique } from './validate-parts.ts';

const FILE = 'story.json';

export function checkCourse(story: SourceStory, report: Report): void {
  checkSeries(story, report);
  checkSteps(story, report);
  checkWithdrawn(story, report);
  const { contextExtent, extent, timeZone } = story.meta;
  if (contextExtent === undefined) return;
  checkDate(contextExtent, FILE, ['contextExtent'], report);
  const [outer, inner] = [parseEdtf(contextExtent), parseEdtf(extent)];
  if (outer.ok && inner.ok && isTimeZone(timeZone) && !within(toRange(inner.value, timeZone), toRange(outer.value, timeZone)))
    report(
      'error',
      FILE,
      ['contextExtent'],
      `an interval that holds the story's extent, ${extent}`,
      show(contextExtent),
      'Widen it: the article’s days stay on the timeline.',
    );
}

function checkSeries({ meta, places }: SourceStory, report: Report): void {
  const series = meta.series ?? [];
  checkUnique(series, FILE, ['series'], 'series', report);
  series.forEach((s, i) => {
    checkText(s.label, meta.language, FILE, ['series', i, 'label'], report);
    if (!places.some((p) => p.id === s.scope))
      report('error', FILE, ['series', i, 'scope'], 'the id of a place', show(s.scope), 'Name the place that the numbers cover.');
  });
}

function checkSteps({ meta, events, places }: SourceStory, report: Report): void {
  const steps = meta.steps ?? [];
  checkUnique(steps, FILE, ['steps'], 'step', report);
  steps.forEach((step, i) => {
    const at = (key: string) => ['steps', i, key];
    checkText(step.title, meta.language, FILE, at('title'), report);
    checkText(step.text, meta.language, FILE, at('text'), report);
    if (step.days !== undefined) checkDate(step.days, FILE, at('days'), report);
    for (const layer of step.layers ?? [])
      if (!meta.layers.some((l) => l.id === layer)) report('error', FILE, at('layers'), 'ids of layers of this story', show(layer), 'Correct or remove it.');
    if (step.event !== undefined && !events.some((e) => e.id === step.event))
      report('error', FILE, at('event'), 'the id of an event', show(step.event), 'Correct or remove it; an event with errors counts as missing.');
    if (step.place !== undefined && !places.some((p) => p.id === step.place))
      report('error', FILE, at('place'), 'the id of a place', show(step.place), 'Correct or remove it.');
    if (step.event !== undefined && step.place !== undefined)
      report('error', FILE, at('place'), 'an event or a place, not both', show(step.place), 'Remove one: a step opens one card.');
    if (step.view && !inRange(step.view.center))
      report(
        'error',
        FILE,
        [...at('view'), 'center'],
        'longitude in -180..180, then latitude in -90..90',
        step.view.center.join(', '),
        'GeoJSON puts longitude first.',
      );
  });
}

function checkWithdrawn({ meta, events }: SourceStory, report: Report): void {
  const withdrawn = meta.withdrawn ?? [];
  checkUnique(withdrawn, FILE, ['withdrawn'], 'withdrawn event', report);
  withdrawn.forEach((w, i) => {
    checkDate(w.date, FILE, ['withdrawn', i, 'date'], report);
    checkText(w.title, meta.language, FILE, ['withdrawn', i, 'title'], report);
    checkText(w.why, meta.language, FILE, ['withdrawn', i, 'why'], report);
    if (events.some((e) => e.id === w.id))
      report(
        'error',
        FILE,
        ['withdrawn', i, 'id'],
        'the id of an event that is no longer there',
        show(w.id),
        'Remove the event, or give a new one another id: old links point here.',
      );
  });
}
