import { useEffect, useState } from 'react';
import { useDesk } from './store.ts';

/** How long the hint stands, ms: time to read it twice. */
const HINT_MS = 7000;

/** What is asked of the map. */
interface Guarded {
  readonly scrollWheelZoom: Gesture;
  readonly dragging: Gesture;
  readonly getContainer: () => HTMLElement;
}

interface Gesture {
  readonly enable: () => unknown;
  readonly disable: () => unknown;
}

/**
 * In somebody's page the wheel and one finger belong to the page. Ctrl with the wheel and two fingers move the map at
 * any time; a button gives it all gestures, and another gives them back. The first reader who tries in vain is told so,
 * once.
 */
export function ScrollGuard({ map }: { map: Guarded }) {
  const { t } = useDesk();
  const words = t.hosting;
  const [active, setActive] = useState(false);
  const [said, setSaid] = useState('');
  const [hint, setHint] = useState('');

  useEffect(
    function giveGestures() {
      const container = map.getContainer();
      container.classList.toggle('is-guarded', !active);
      container.classList.toggle('is-used', active);
      if (active) {
        map.scrollWheelZoom.enable();
        map.dragging.enable();
        return;
      }
      map.scrollWheelZoom.disable();
      map.dragging.disable();
      // Dragging with a mouse keeps nobody from scrolling; many devices have both.
      const onPointer = (e: PointerEvent) => {
        if (e.pointerType === 'touch') map.dragging.disable();
        else map.dragging.enable();
      };
      container.addEventListener('pointerenter', onPointer);
      container.addEventListener('pointerdown', onPointer, { capture: true });
      return () => {
        container.removeEventListener('pointerenter', onPointer);
        container.removeEventListener('pointerdown', onPointer, { capture: true });
      };
    },
    [map, active],
  );

  useEffect(
    function watchTries() {
      if (active) return;
      const container = map.getContainer();
      let told = false;
      const tell = (text: string) => {
        if (!told) setHint(text);
        told = true;
      };
      const onWheel = (e: WheelEvent) => {
        // Asked at every turn of the wheel: a key may be pressed or let go in between.
        if (e.ctrlKey || e.metaKey) {
          e.preventDefault(); // else the browser would zoom the page
          map.scrollWheelZoom.enable();
        } else {
          map.scrollWheelZoom.disable();
          tell(words.wheelHint(/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'));
        }
      };
      // The browser takes a finger away from the page when it starts to scroll with it.
      const onTaken = (e: PointerEvent) => {
        if (e.pointerType === 'touch') tell(words.touchHint);
      };
      container.addEventListener('wheel', onWheel, { capture: true, passive: false });
      container.addEventListener('pointercancel', onTaken);
      return () => {
        container.removeEventListener('wheel', onWheel, { capture: true });
        container.removeEventListener('pointercancel', onTaken);
      };
    },
    [map, active, words],
  );

  useEffect(
    function hintGoes() {
      if (hint === '') return;
      const timer = setTimeout(() => setHint(''), HINT_MS);
      return () => clearTimeout(timer);
    },
    [hint],
  );

  useEffect(function endByKeyOrFullScreen() {
    const onKey = (e: KeyboardEvent) => {
      if (e.key === 'Escape') setActive(false);
    };
    // Full screen there is no page to scroll.
    const onFull = () => setActive(document.fullscreenElement !== null);
    document.addEventListener('keydown', onKey);
    document.addEventListener('fullscreenchange', onFull);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('fullscreenchange', onFull);
    };
  }, []);

  return (
    <div className="scroll-guard">
      <button
        type="button"
        className="button guard-button"
        onClick={() => {
          setHint('');
          setSaid(active ? words.notInUse : words.inUse);
          setActive(!active);
        }}
      >
        {active ? words.done : words.use}
      </button>
      <p className="guard-hint" role="status">
        {hint}
      </p>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  );
}
