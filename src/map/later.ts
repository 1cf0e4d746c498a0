/** The parts of the page that come to life after the map. Their HTML is there already. */
import { lazy } from 'react';
import type { Save } from '../ui/Downloads.tsx';
import { hosted } from './framed.ts';
import { importLater } from './LaterCard.tsx';

/** A script that came empty is a module without parts, and a map without its whole style would be a heap. */
export const loadMap = async () => {
  const { StoryMap } = await import('./leaflet/StoryMap.tsx');
  if (!StoryMap || getComputedStyle(document.documentElement).getPropertyValue('--map-style') === '') throw new Error('It did not come whole.');
  return StoryMap;
};

/** Once the map's script is here, or cannot be had: they must not hold it up. */
const afterMap = () => loadMap().then(importLater, importLater);

/** Its script comes when a reader first saves something. */
const save: Save = async (format, story, view) => (await import('./save.ts')).save(format, story, view);

export const later = {
  About: lazy(() => afterMap().then((m) => ({ default: () => m.About({ save }) }))),
  ContextSwitch: lazy(() => afterMap().then((m) => ({ default: m.ContextSwitch }))),
  EventList: lazy(() => afterMap().then((m) => ({ default: m.EventList }))),
  FigureSeries: lazy(() => afterMap().then((m) => ({ default: m.FigureSeries }))),
  HowToRead: lazy(() => afterMap().then((m) => ({ default: m.HowToRead }))),
  KeyFigures: lazy(() => afterMap().then((m) => ({ default: m.KeyFigures }))),
  Search: lazy(() => afterMap().then((m) => ({ default: m.Search }))),
  Steps: lazy(() => afterMap().then((m) => ({ default: m.Steps }))),
  Fold: lazy(() => afterMap().then((m) => ({ default: m.Fold }))),
  Tools: lazy(() => Promise.all([afterMap(), hosted]).then(([m, h]) => ({ default: h ? () => m.Tools({ leave: h.askHostToLeave }) : m.Tools }))),
  Timeline: lazy(() => afterMap().then((m) => ({ default: m.Timeline }))),
};
