/** Other ways to show many points, each with the same three acts: show all, hide a layer, show one day. */
import 'leaflet/dist/leaflet.css';
import 'leaflet.markercluster/dist/MarkerCluster.css';
import L from 'leaflet';
import 'leaflet.markercluster';
import maplibreWorker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { unproject } from '../../../src/core/geo.ts';
import { readColumns, SHEET_UNITS } from '../../../src/dense/columns.ts';

interface Point {
  readonly lng: number;
  readonly lat: number;
  readonly layer: number;
  readonly day: number;
}
type Show = (wanted: (p: Point) => boolean) => Promise<void>;

const CENTER: [number, number] = [48, 67];
const ZOOM = 5;

/** The frame that shows it is painted: what is posted in a frame comes right after it, and before any timer. */
const painted = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    requestAnimationFrame(() => port2.postMessage(null));
  });

function leaflet(canvas: boolean): L.Map {
  return L.map('map', { preferCanvas: canvas, zoomAnimation: false, maxZoom: 18 }).setView(CENTER, ZOOM);
}

const SUBJECTS: { readonly [name: string]: (points: readonly Point[]) => Promise<Show> } = {
  async markercluster(points) {
    const map = leaflet(false);
    const markers = points.map((p) => ({ p, marker: L.marker([p.lat, p.lng]) }));
    const group = (L as unknown as { markerClusterGroup: (o: object) => L.LayerGroup & { addLayers(l: L.Layer[]): void } }).markerClusterGroup({
      animate: false,
      chunkedLoading: false,
    });
    group.addTo(map);
    return async (wanted) => {
      group.clearLayers();
      group.addLayers(markers.filter((m) => wanted(m.p)).map((m) => m.marker));
    };
  },
  async geojson(points) {
    const map = leaflet(true);
    const features = points.map((p) => ({ type: 'Feature' as const, properties: p, geometry: { type: 'Point' as const, coordinates: [p.lng, p.lat] } }));
    let layer: L.GeoJSON | null = null;
    return async (wanted) => {
      layer?.remove();
      layer = L.geoJSON({ type: 'FeatureCollection', features: features.filter((f) => wanted(f.properties)) } as GeoJSON.FeatureCollection, {
        pointToLayer: (_, at) => L.circleMarker(at, { radius: 4, weight: 1 }),
      }).addTo(map);
    };
  },
  async supercluster(points) {
    const { default: Supercluster } = await import('supercluster');
    const map = leaflet(true);
    const features = points.map((p) => ({ type: 'Feature' as const, properties: p, geometry: { type: 'Point' as const, coordinates: [p.lng, p.lat] } }));
    const marks = L.layerGroup().addTo(map);
    return async (wanted) => {
      const index = new Supercluster({ radius: 64, maxZoom: 16 });
      index.load(features.filter((f) => wanted(f.properties)));
      const b = map.getBounds();
      marks.clearLayers();
      for (const c of index.getClusters([b.getWest(), b.getSouth(), b.getEast(), b.getNorth()], ZOOM)) {
        const [lng = 0, lat = 0] = c.geometry.coordinates;
        L.circleMarker([lat, lng], { radius: 14 }).addTo(marks);
      }
    };
  },
  async maplibre(points) {
    const maplibregl = await import('maplibre-gl');
    await import('maplibre-gl/dist/maplibre-gl.css');
    maplibregl.setWorkerUrl(maplibreWorker);
    const map = new maplibregl.Map({
      container: 'map',
      style: { version: 8, sources: {}, layers: [] },
      center: [CENTER[1], CENTER[0]],
      zoom: ZOOM - 1,
      fadeDuration: 0,
      attributionControl: false,
    });
    await new Promise((resolve) => map.once('load', resolve));
    const features = points.map((p) => ({
      type: 'Feature' as const,
      properties: { layer: p.layer, day: p.day },
      geometry: { type: 'Point' as const, coordinates: [p.lng, p.lat] },
    }));
    let source: import('maplibre-gl').GeoJSONSource | undefined;
    const drawn = () => new Promise<void>((resolve) => map.once('idle', () => resolve()));
    return async (wanted) => {
      const kept = features.filter((_, i) => wanted(points[i] as Point));
      const data = { type: 'FeatureCollection' as const, features: kept };
      if (source) source.setData(data);
      else {
        map.addSource('events', { type: 'geojson', data, cluster: true, clusterRadius: 64, clusterMaxZoom: 16 });
        map.addLayer({ id: 'marks', type: 'circle', source: 'events', paint: { 'circle-radius': 14, 'circle-color': '#1b4f8f' } });
        source = map.getSource('events');
      }
      await drawn();
    };
  },
};

/** Run a subject. @returns ms: from the bytes in hand to the first paint, then of each toggle and each step */
async function run(name: string, url: string, rounds: number): Promise<{ first: number; toggles: number[]; steps: number[] }> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const start = performance.now();
  const { rows, place, placeX, placeY, kind, kinds, dayStart, days } = readColumns(bytes);
  const points: Point[] = [];
  for (let d = 0; d < days; d++)
    for (let i = dayStart[d] ?? 0; i < (dayStart[d + 1] ?? 0); i++) {
      const p = (place[i] ?? 0) - 1;
      if (p < 0) continue;
      const [lng, lat] = unproject({ x: (placeX[p] ?? 0) / SHEET_UNITS, y: (placeY[p] ?? 0) / SHEET_UNITS });
      points.push({ lng, lat, layer: kinds[kind[i] ?? 0]?.layer ?? 0, day: d });
    }
  if (points.length > rows) throw new Error('More points than rows.');
  const show = await SUBJECTS[name]?.(points);
  if (!show) throw new Error(`No subject ${name}.`);
  await show(() => true);
  await painted();
  const first = performance.now() - start;
  const time = async (wanted: (p: Point) => boolean) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const t = performance.now();
    await show(wanted);
    await painted();
    return performance.now() - t;
  };
  const toggles: number[] = [];
  const steps: number[] = [];
  for (let n = 0; n < rounds; n++) {
    toggles.push(await time((p) => p.layer !== 0));
    toggles.push(await time(() => true));
  }
  for (let n = 0; n < rounds; n++) steps.push(await time((p) => p.day === 60 + n));
  return { first, toggles, steps };
}

Object.assign(window, { run });
