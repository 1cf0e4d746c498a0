import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { onApproach, useDesk } from './store.ts';

type Speed = 'slow' | 'normal' | 'fast';
/** Milliseconds that a day stays. */
const STAY: { readonly [K in Speed]: number } = { slow: 3000, normal: 1600, fast: 800 };

interface Props {
  /** Positions of the chosen days; null for all. */
  chosen: { readonly first: number; readonly last: number } | null;
  count: number;
  onChoose: (first: number, last: number) => void;
  onAll: () => void;
  /** Told which days, or all of them, a button would choose. */
  onExpect: (first: number, last: number) => void;
  onExpectAll: () => void;
}

/** A day on, a day back, and days that run by themselves until the last one or until the reader does anything at all. */
export function DayPlayer({ chosen, count, onChoose, onAll, onExpect, onExpectAll }: Props) {
  const { t, playing } = useDesk();
  const runs = useStore(playing);
  const [speed, setSpeed] = useState<Speed>('normal');
  const button = useRef<HTMLButtonElement>(null);
  /** Move the chosen days as they are, or start at an end; false when there is nowhere left to go. */
  const step = (by: 1 | -1, act = onChoose): boolean => {
    if (!chosen) {
      const at = by > 0 ? 0 : count - 1;
      act(at, at);
      return true;
    }
    if (chosen.first + by < 0 || chosen.last + by >= count) return false;
    act(chosen.first + by, chosen.last + by);
    return true;
  };
  const next = useRef(step);
  useEffect(() => {
    next.current = step;
  });
  useEffect(
    function runUntilTouched() {
      if (!runs) return;
      const stop = () => playing.setState(false, true);
      const timer = setInterval(() => {
        if (!next.current(1)) stop();
      }, STAY[speed]);
      const onInput = (e: Event) => {
        // The button's own press stops it by itself; stopped twice, it would start again.
        const isPress = e.type === 'pointerdown' || (e instanceof KeyboardEvent && (e.key === 'Enter' || e.key === ' '));
        if (!isPress || !(e.target instanceof Node && button.current?.contains(e.target))) stop();
      };
      const kinds = ['pointerdown', 'keydown', 'wheel'] as const;
      for (const kind of kinds) window.addEventListener(kind, onInput, { capture: true, passive: true });
      document.addEventListener('visibilitychange', stop);
      return () => {
        clearInterval(timer);
        for (const kind of kinds) window.removeEventListener(kind, onInput, { capture: true });
        document.removeEventListener('visibilitychange', stop);
      };
    },
    [runs, speed, playing],
  );
  return (
    <div className="day-player">
      <button
        type="button"
        ref={button}
        className="icon-button day-play"
        aria-label={runs ? t.pause : t.play}
        onClick={() => {
          if (!runs && (!chosen || !step(1))) onChoose(0, chosen ? chosen.last - chosen.first : 0);
          playing.setState(!runs, true);
        }}
      >
        <PlayerIcon d={runs ? 'M8 5v14M16 5v14' : 'M7 4.5l12 7.5l-12 7.5z'} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t.dayBack}
        aria-disabled={chosen?.first === 0}
        onClick={() => step(-1)}
        {...onApproach(() => step(-1, onExpect))}
      >
        <PlayerIcon d="M14.5 5l-7 7l7 7" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t.dayOn}
        aria-disabled={chosen?.last === count - 1}
        onClick={() => step(1)}
        {...onApproach(() => step(1, onExpect))}
      >
        <PlayerIcon d="M9.5 5l7 7l-7 7" />
      </button>
      <label className="day-speed">
        <span className="visually-hidden">{t.speed}</span>
        <select value={speed} onChange={(e) => setSpeed(e.currentTarget.value as Speed)}>
          {(Object.keys(STAY) as Speed[]).map((s) => (
            <option key={s} value={s}>
              {t.speeds[s]}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className="button day-all" aria-disabled={chosen === null} onClick={onAll} {...onApproach(onExpectAll)}>
        {t.allDays}
      </button>
    </div>
  );
}

function PlayerIcon({ d }: { d: string }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={d} />
    </svg>
  );
}
