/** What a page's own thread did between two marks, from Chrome's trace. */
import type { CDPSession } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** μs. */
  readonly ts: number;
  readonly dur?: number;
  /** Of it, the processor's time, which other programs do not lengthen. */
  readonly tdur?: number;
}

/**
 * Trace while something is done.
 * @returns for each pair of marks `<name>-start` and `<name>-end` in the page, ms of the thread's tasks between them
 */
export async function threadTimes(session: CDPSession, names: readonly string[], act: () => Promise<void>): Promise<{ readonly [name: string]: number[] }> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: unknown[] }) => {
    for (const e of value as TraceEvent[]) if (e.ph === 'X' ? e.name === 'RunTask' : e.name.startsWith('bench-')) events.push(e);
  };
  session.on('Tracing.dataCollected', collect as never);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['blink.user_timing', 'disabled-by-default-devtools.timeline', 'devtools.timeline'] },
  });
  await act();
  const done = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await done;
  session.off('Tracing.dataCollected', collect as never);
  return Object.fromEntries(names.map((name) => [name, between(events, `bench-${name}`)]));
}

function between(events: readonly TraceEvent[], name: string): number[] {
  const starts = events.filter((e) => e.name === `${name}-start`).sort((a, b) => a.ts - b.ts);
  const ends = events.filter((e) => e.name === `${name}-end`).sort((a, b) => a.ts - b.ts);
  return starts.flatMap((start, i) => {
    const end = ends[i];
    if (!end) return [];
    const tasks = events.filter((e) => e.name === 'RunTask' && e.pid === start.pid && e.tid === start.tid);
    let time = 0;
    for (const { ts, dur = 0, tdur = dur } of tasks) {
      const [from, to] = [Math.max(ts, start.ts), Math.min(ts + dur, end.ts)];
      if (to > from && dur > 0) time += (tdur * (to - from)) / dur;
    }
    return [time / 1000];
  });
}
