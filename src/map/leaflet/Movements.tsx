import type { LatLngExpression, Map as LeafletMap } from 'leaflet';
import { point } from 'leaflet';
import { useEffect, useMemo, useState } from 'react';
import { Polyline, useMap } from 'react-leaflet';
import { toLeaflet } from '../../core/geo.ts';
import type { LngLat } from '../../core/source.ts';
import type { StoryEvent } from '../../core/story.ts';
import { useDesk, useView } from '../../ui/store.ts';

/** How far an arrow's middle stands off the straight line, as a share of its length: it is no route, and must not look like one. */
const BOW = 0.16;
/** Parts of the curve, and the arrowhead's size in px. */
const PARTS = 24;
const HEAD = 11;

/** An arrow for each event that moves something from one named place to another. The list is how keys reach it. */
export function Movements({ events }: { events: readonly StoryEvent[] }) {
  const { story } = useDesk();
  return events.flatMap((event) => {
    const at = (id: string | undefined) => story.places.find((p) => p.id === id)?.at;
    const from = at(event.movement?.from);
    const to = at(event.movement?.to);
    return from && to ? [<Arrow key={event.id} event={event} from={from} to={to} />] : [];
  });
}

function Arrow({ event, from, to }: { event: StoryEvent; from: LngLat; to: LngLat }) {
  const map = useMap();
  const { selectEvent } = useDesk();
  const selected = useView((v) => v.selection.kind === 'event' && v.selection.id === event.id);
  const zoom = useZoom(map);
  const { curve, head } = useMemo(() => shapeOf(map, from, to, zoom), [map, from, to, zoom]);
  const handlers = useMemo(() => ({ click: () => selectEvent(event.id) }), [selectEvent, event.id]);
  const className = `movement layer-${event.layer}${selected ? ' is-selected' : ''}`;
  return (
    <>
      <Polyline positions={curve} className="movement-reach" weight={14} opacity={0} eventHandlers={handlers} bubblingMouseEvents={false} />
      <Polyline key={`curve ${className}`} positions={curve} className={className} interactive={false} />
      <Polyline key={`head ${className}`} positions={head} className={className} interactive={false} />
    </>
  );
}

function useZoom(map: LeafletMap): number {
  const [zoom, setZoom] = useState(map.getZoom());
  useEffect(() => {
    const onZoom = () => setZoom(map.getZoom());
    map.on('zoomend', onZoom);
    return () => {
      map.off('zoomend', onZoom);
    };
  }, [map]);
  return zoom;
}

/** A bowed line and its head, drawn on the sheet of a zoom so that the head keeps its size. */
function shapeOf(map: LeafletMap, from: LngLat, to: LngLat, zoom: number): { curve: LatLngExpression[]; head: LatLngExpression[] } {
  const a = map.project(toLeaflet(from), zoom);
  const b = map.project(toLeaflet(to), zoom);
  const along = b.subtract(a);
  const bow = point(along.y, -along.x).multiplyBy(along.x < 0 ? -BOW : BOW);
  const middle = a.add(b).divideBy(2).add(bow);
  const on = (t: number) =>
    a
      .multiplyBy((1 - t) ** 2)
      .add(middle.multiplyBy(2 * t * (1 - t)))
      .add(b.multiplyBy(t ** 2));
  const length = Math.max(1, along.distanceTo(point(0, 0)));
  // It ends just before the place's own mark.
  const tip = Math.max(0.5, 1 - HEAD / length);
  const end = on(tip);
  const back = end.subtract(on(Math.max(0, tip - HEAD / length)));
  const angle = Math.atan2(back.y, back.x);
  const barb = (turn: number) => end.subtract(point(Math.cos(angle + turn), Math.sin(angle + turn)).multiplyBy(HEAD));
  const back2 = (p: typeof a) => map.unproject(p, zoom);
  return {
    curve: Array.from({ length: PARTS + 1 }, (_, i) => back2(on((i / PARTS) * tip))),
    head: [back2(barb(0.45)), back2(end), back2(barb(-0.45))],
  };
}
