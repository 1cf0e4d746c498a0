/** The least that React, react-leaflet and Leaflet can show: twelve points with popups, from a file, and no basemap. */
import 'leaflet/dist/leaflet.css';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { CircleMarker, MapContainer, Popup, useMap } from 'react-leaflet';

interface Point {
  readonly id: string;
  readonly lat: number;
  readonly lng: number;
  readonly title: string;
}

/** Told as this project's page tells it: when the map has been drawn. */
function Ready({ points }: { points: readonly Point[] }) {
  const map = useMap();
  useEffect(() => {
    if (points.length > 0) map.whenReady(() => requestAnimationFrame(() => document.documentElement.setAttribute('data-map', 'live')));
  }, [map, points]);
  return null;
}

function App() {
  const [points, setPoints] = useState<readonly Point[]>([]);
  useEffect(() => {
    void fetch('./points.json')
      .then((r) => r.json())
      .then((data: readonly Point[]) => setPoints(data));
  }, []);
  return (
    <MapContainer className="map" center={[48, 67]} zoom={4}>
      {points.map(({ id, lat, lng, title }) => (
        <CircleMarker key={id} center={[lat, lng]} radius={8}>
          <Popup>{title}</Popup>
        </CircleMarker>
      ))}
      <Ready points={points} />
    </MapContainer>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
