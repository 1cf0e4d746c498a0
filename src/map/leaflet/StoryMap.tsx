import 'virtual:leaflet.css';
import '../map.css';
import type { Map as LeafletMap } from 'leaflet';
import { latLngBounds } from 'leaflet';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { MapContainer, ScaleControl } from 'react-leaflet';
import { clustered } from '../../core/clusters.ts';
import { toLeaflet } from '../../core/geo.ts';
import { MARK_GAP, markWidth, placementZoom } from '../../core/labels.ts';
import { markPlaces, markSources, pointsOf } from '../../core/marks.ts';
import { plain } from '../../core/text.ts';
import { placesShown, selectedPlace, visibleEvents } from '../../core/view.ts';
import { bringIntoView, isEmbedded, isFramed } from '../../ui/host.ts';
import { useCalmFilter, useDesk, useView } from '../../ui/store.ts';
import type { Ground } from '../basemap/protocol.ts';
import { LaterScrollGuard } from '../LaterCard.tsx';
import { NARROW, useMedia } from '../theme.ts';
import { AreaOutline } from './AreaOutline.tsx';
import { Basemap } from './Basemap.tsx';
import { denseMarks } from './dense/later.ts';
import { Inset } from './Inset.tsx';
import { MapControls } from './MapControls.tsx';
import { Movements } from './Movements.tsx';
import { PictureGround } from './PictureGround.tsx';
import { PlaceMarkers } from './PlaceMarkers.tsx';
import { PlacePopup } from './PlacePopup.tsx';
import { isFarOut, storyViewport, ViewportSync } from './ViewportSync.tsx';

const MIN_ZOOM = 2;
/** As close as the map goes when it has no basemap; with one, `DetailLimit` says how close is honest. */
const MAX_ZOOM = 12;
const ANY_ZOOM = 22;
/** Room that the controls take on a narrow screen, px. */
const CONTROLS = 60;

interface Props {
  /** Null until the basemap has come, or where it cannot be had: the marks are right, and the picture's own lines lie below them. */
  ground: Ground | null;
  /** The element that goes full screen with the map, its chips and its cards. */
  region: HTMLElement | null;
  onReady: () => void;
}

/** Asked for through the map alone: from elsewhere too, it would tear Leaflet out of the map's own file. */
export { loadDenseMarks } from './dense/later.ts';

/** The live map of a story. All of Leaflet lives below this component. */
export function StoryMap({ ground, region, onReady }: Props) {
  const { story, t, view, clearSelection } = useDesk();
  const [map, setMap] = useState<LeafletMap | null>(null);
  const filter = useCalmFilter();
  const open = useView((v) => selectedPlace(story, v.selection));
  const narrow = useMedia(NARROW);
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const shown = useMemo(() => placesShown(story, filter), [story, filter]);
  const moving = useMemo(() => visibleEvents(story, filter).filter((e) => e.movement !== null), [story, filter]);
  const points = useMemo(() => pointsOf(shown), [shown]);
  const areas = useMemo(() => shown.filter((s) => s.place.at === null && s.place.outline !== null), [shown]);
  // The basemap's names make room for these: it is painted again only when they are others.
  const outlined = useSteady(areas.flatMap((a) => a.place.outline ?? []));
  const step = usePlacementStep(map);
  const clusters = useMemo(() => clustered(points, step, open, story.layers, t.placesWords), [points, step, open, story, t]);
  const marks = useSteady(markSources(clusters));
  const places = useMemo(() => markPlaces(marks, story.bounds, step), [marks, story, step]);
  const opened = useMemo(() => points.find((p) => p.place.id === open), [points, open]);
  const [start] = useState(() => view.getState().viewport ?? storyViewport(story.bounds, region?.clientWidth ?? 800, region?.clientHeight ?? 500));

  const [withPicture] = useState(ground === null);
  const [drawn, setDrawn] = useState(false);
  const onDrawn = useCallback(() => {
    document.documentElement.dataset.ground = 'drawn';
    setDrawn(true);
    onReady();
  }, [onReady]);
  useEffect(
    function readyAtOnceOnThePicture() {
      if (map && withPicture) onReady();
    },
    [map, withPicture, onReady],
  );
  useEffect(
    function noCloserThanThePicture() {
      if (!ground) map?.setMaxZoom(MAX_ZOOM);
    },
    [map, ground],
  );
  useEffect(
    function bringIntoViewOverTheSheet() {
      if (!map || !narrow || !opened) return;
      bringIntoView(region, 'start');
      const sheet = region?.querySelector('.sheet');
      const box = map.getContainer().getBoundingClientRect();
      const hidden = sheet ? Math.max(0, box.bottom - sheet.getBoundingClientRect().top) : 0;
      // Its face must be seen too, clear of the controls on the right.
      const face = Math.min(box.width / 2 - 10, markWidth(opened.layers.length, plain(opened.place.name)) + MARK_GAP + 10);
      const side = places.get(opened.place.id)?.side ?? 'e';
      const right = Math.min(box.width - 70, (side.includes('e') ? face : 20) + CONTROLS);
      map.panInside(toLeaflet(opened.at), {
        paddingTopLeft: [side.includes('w') ? face : Math.min(90, box.width - right - 10), 70],
        paddingBottomRight: [right, Math.min(box.height - 90, hidden + 50)],
      });
    },
    [map, narrow, opened, region, places],
  );
  const areaOpen = areas.some((a) => a.place.id === open);
  useEffect(
    function bringTheMapOverAnAreasSheet() {
      if (map && narrow && areaOpen) bringIntoView(region, 'start');
    },
    [map, narrow, areaOpen, region],
  );
  useEffect(
    function showWholeArea() {
      const area = areas.find((a) => a.place.id === open);
      if (!map || !area) return;
      // A card about the whole country beside a view of one street would explain nothing.
      const [w, s, e, n] = story.bounds;
      if (
        !map.getBounds().intersects(latLngBounds([s, w], [n, e < w ? e + 360 : e])) ||
        map.getZoom() > storyViewport(story.bounds, map.getSize().x, map.getSize().y).zoom + 2
      ) {
        view.setState({ viewport: null });
      }
    },
    [map, areas, open, story, view],
  );
  useEffect(
    function nameTheRegion() {
      const container = map?.getContainer();
      container?.setAttribute('role', 'region');
      container?.setAttribute('aria-label', `${t.mapOf(plain(story.title))}. ${t.mapHelp}`);
    },
    [map, t, story],
  );

  useEffect(
    function keepThePageStillOnSpace() {
      const container = map?.getContainer();
      const onKeyDown = (e: KeyboardEvent) => {
        if (e.key === ' ' && e.target === container) e.preventDefault();
      };
      container?.addEventListener('keydown', onKeyDown);
      return () => container?.removeEventListener('keydown', onKeyDown);
    },
    [map],
  );

  useEffect(
    function keepTheArticleStillOnPress() {
      const container = map?.getContainer();
      // Leaflet gives it the focus at each press and puts its own window's scroll back. The page around a frame would stay
      // scrolled, with something else under the pointer when the press ends.
      if (container) container.focus = (options) => HTMLElement.prototype.focus.call(container, { ...options, preventScroll: true });
    },
    [map],
  );

  const [LaterDenseMarks] = useState(denseMarks);
  const [guarded] = useState(() => isFramed() || isEmbedded());
  const [fine, setFine] = useState(false);
  const close = useCallback(() => {
    clearSelection();
  }, [clearSelection]);
  return (
    <>
      <MapContainer
        ref={setMap}
        className="map-canvas"
        center={toLeaflet(start.center)}
        zoom={start.zoom}
        minZoom={Math.min(MIN_ZOOM, start.zoom)}
        maxZoom={ANY_ZOOM}
        zoomSnap={0}
        zoomDelta={1}
        wheelPxPerZoomLevel={90}
        zoomControl={false}
        attributionControl={false}
        scrollWheelZoom={!guarded}
        dragging={!guarded}
        worldCopyJump={!isFarOut(story.bounds)}
        closePopupOnClick={false}
        zoomAnimation={!still}
        fadeAnimation={!still}
        markerZoomAnimation={!still}
        inertia={!still}
        maxBounds={[
          [-85, -100000],
          [85, 100000],
        ]}
        maxBoundsViscosity={1}
      >
        {withPicture && !drawn && <PictureGround overlay={ground ? null : region} />}
        {ground && <Basemap ground={ground} marks={marks} outlined={outlined} overlay={region} onReady={onDrawn} onDetail={setFine} />}
        {ground && areas.map((s) => <AreaOutline key={s.place.id} ground={ground} fine={fine} shown={s} />)}
        <Movements events={moving} />
        <PlaceMarkers points={clusters} places={places} />
        {story.dense && (
          <Suspense fallback={null}>
            <LaterDenseMarks ground={ground} region={region} narrow={narrow} onClose={close} />
          </Suspense>
        )}
        {!narrow && opened && (
          <Suspense fallback={null}>
            <PlacePopup key={opened.place.id} shown={opened} onClose={close} />
          </Suspense>
        )}
        <ScaleControl imperial={false} position={document.dir === 'rtl' ? 'bottomright' : 'bottomleft'} />
        <ViewportSync />
      </MapContainer>
      {map && guarded && (
        <Suspense fallback={null}>
          <LaterScrollGuard map={map} />
        </Suspense>
      )}
      {map && <Inset map={map} />}
      {map && <MapControls map={map} region={region} />}
      {points.length === 0 && open === null && !story.dense?.placed && <p className="map-note">{t.noPoints}</p>}
    </>
  );
}

/** A value that is the same object as long as it says the same. */
function useSteady<T>(value: T): T {
  const kept = useRef(value);
  if (JSON.stringify(kept.current) !== JSON.stringify(value)) kept.current = value;
  return kept.current;
}

/** The placement step of the settled zoom: marks choose their sides again only when it changes. */
function usePlacementStep(map: LeafletMap | null): number {
  const [step, setStep] = useState(4);
  useEffect(() => {
    if (!map) return;
    const onZoom = () => {
      setStep(placementZoom(map.getZoom()));
    };
    onZoom();
    map.on('zoomend', onZoom);
    return () => {
      map.off('zoomend', onZoom);
    };
  }, [map]);
  return step;
}
