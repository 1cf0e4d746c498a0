import type { PointerEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useDesk } from '../ui/store.ts';

const HEIGHTS = ['low', 'half', 'tall'] as const;
type Height = (typeof HEIGHTS)[number];

/** A card at the bottom of a narrow screen, in three heights, by its handle's button or by dragging it. It never covers the upper third. */
export function BottomSheet({ children }: { children: ReactNode }) {
  const { t } = useDesk();
  const [height, setHeight] = useState<Height>('half');
  const start = useRef<number | null>(null);
  const step = (by: number) => {
    setHeight((h) => HEIGHTS[Math.max(0, Math.min(HEIGHTS.length - 1, HEIGHTS.indexOf(h) + by))] ?? h);
  };
  const onPointerDown = (e: PointerEvent<HTMLButtonElement>) => {
    start.current = e.clientY;
    e.currentTarget.setPointerCapture(e.pointerId);
  };
  const onPointerUp = (e: PointerEvent<HTMLButtonElement>) => {
    const moved = start.current === null ? 0 : e.clientY - start.current;
    start.current = null;
    if (Math.abs(moved) < 12) return; // a press: the click below answers it
    step(moved < 0 ? 1 : -1);
    dragged.current = true;
  };
  const dragged = useRef(false);
  const onClick = () => {
    if (dragged.current) dragged.current = false;
    else setHeight((h) => (h === 'tall' ? 'low' : (HEIGHTS[HEIGHTS.indexOf(h) + 1] ?? 'low')));
  };
  return (
    <div className="sheet" data-height={height}>
      <button type="button" className="sheet-handle" aria-label={t.resizeSheet} onPointerDown={onPointerDown} onPointerUp={onPointerUp} onClick={onClick}>
        <span />
      </button>
      {children}
    </div>
  );
}
