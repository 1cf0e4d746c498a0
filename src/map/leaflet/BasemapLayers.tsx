import { useEffect, useRef, useState } from 'react';
import { useMap } from 'react-leaflet';
import type { Ground, GroundNews, GroundState } from '../basemap/protocol.ts';
import { boundsOf } from './bounds.ts';
import { CanvasTiles } from './CanvasTiles.ts';

interface Props {
  ground: Ground;
  state: GroundState;
  /** Runs once, when the first view is painted. */
  onReady: () => void;
  onNews: (news: GroundNews) => void;
}

/** Land, water, borders and names, in one pass below the marks; more as the reader gets to where it shows. */
export function BasemapLayers({ ground, state, onReady, onNews }: Props) {
  const map = useMap();
  const tiles = useRef<CanvasTiles | null>(null);
  // The first painting needs a state before the effect below has sent one.
  useState(() => ground.setState(state));

  useEffect(
    function sendState() {
      ground.setState(state);
      tiles.current?.repaint();
    },
    [ground, state],
  );

  useEffect(
    function addTiles() {
      const look = () => ground.look(map.getZoom(), boundsOf(map));
      const layer = new CanvasTiles(
        (job) => ground.paint(job),
        () => {
          onReady();
          look();
          map.on('moveend', look);
        },
      );
      ground.onNews = (news) => {
        onNews(news);
        if (news.repaint) layer.repaint();
      };
      tiles.current = layer;
      layer.addTo(map);
      return () => {
        tiles.current = null;
        ground.onNews = () => undefined;
        map.off('moveend', look);
        layer.remove();
      };
    },
    [map, ground, onReady, onNews],
  );
  return null;
}
