/**
 * Do something when the browser has time, or after a while all the same.
 * @param most ms that it may wait
 * @returns an undo that keeps it from being done
 */
export function whenIdle(act: () => void, most: number): () => void {
  if ('requestIdleCallback' in window) {
    const idle = requestIdleCallback(act, { timeout: most });
    return () => cancelIdleCallback(idle);
  }
  // Safari has no such thing: after the frame that is being made.
  const timer = setTimeout(act, Math.min(most, 50));
  return () => clearTimeout(timer);
}
