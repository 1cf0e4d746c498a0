import '../../src/map/policy.ts';
import '../../src/ui/page.css';
import { StrictMode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import base from '../../data/basemap/kazakhstan/base.topo.json';
import water from '../../data/basemap/kazakhstan/water.topo.json';
import { openGround, startWorker } from '../../src/map/basemap/openGround.ts';
import { StoryMap } from '../../src/map/leaflet/StoryMap.tsx';
import type { Desk } from '../../src/ui/store.ts';
import { createDesk, DeskProvider } from '../../src/ui/store.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

const bytes = () => new TextEncoder().encode(JSON.stringify({ format: 1, base, water, labels: [] })).buffer;
const source = () => ({ index: tinyStory.basemap, url: document.baseURI, bytes: bytes(), language: 'en' });
let desk: Desk;
let region: HTMLElement;

beforeEach(async () => {
  await page.viewport(1000, 700);
  desk = createDesk(tinyStory, './');
  region = document.createElement('div');
  region.className = 'map';
  Object.assign(region.style, { position: 'relative', width: '800px', height: '500px' });
  document.body.append(region);
});
afterEach(async () => {
  await cleanup();
  region.remove();
});

async function show(onReady: () => void = () => undefined, worker = startWorker()) {
  const ground = await openGround(source(), worker);
  return render(
    <StrictMode>
      <DeskProvider value={desk}>
        <StoryMap ground={ground} region={region} onReady={onReady} />
      </DeskProvider>
    </StrictMode>,
    { container: region },
  );
}

const marks = () => [...region.querySelectorAll('button.mark-face')].map((b) => b.getAttribute('aria-label'));

test('each place with a point has one mark, named by what it holds', async () => {
  await show();
  await expect.poll(marks).toEqual(['Ақтау: Strike 1', 'The port: Strike 1']);
});

test('the first view is painted once, and then says so', async () => {
  const onReady = vi.fn();
  await show(onReady);
  await expect.poll(() => onReady.mock.calls.length).toBeGreaterThan(0);
  expect(region.querySelectorAll('canvas.canvas-tile').length).toBeGreaterThan(4);
});

test('without a worker the page paints by itself', async () => {
  const onReady = vi.fn();
  await show(onReady, null);
  await expect.poll(() => onReady.mock.calls.length).toBeGreaterThan(0);
});

test('a mark opens its card, and hiding its layer takes both away', async () => {
  await show();
  await page.getByRole('button', { name: 'The port: Strike 1' }).click();
  await expect.element(page.getByRole('heading', { name: 'The port' })).toBeVisible();
  desk.toggleLayer('strike');
  await expect.poll(marks).toEqual([]);
  expect(region.querySelector('.card')).toBeNull();
});

test('plus, minus and arrows work with focus on the map', async () => {
  await show();
  await expect.poll(marks).toHaveLength(2);
  const container = region.querySelector<HTMLElement>('.leaflet-container')!;
  container.focus();
  await userEvent.keyboard('+');
  await expect.poll(() => desk.view.getState().viewport?.zoom).toBeGreaterThan(6);
  const before = desk.view.getState().viewport!.center[0];
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => desk.view.getState().viewport!.center[0]).toBeGreaterThan(before);
});

test('resetting the viewport brings the whole story back', async () => {
  await show();
  await expect.poll(marks).toHaveLength(2);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(() => desk.view.getState().viewport).not.toBeNull();
  await page.getByRole('button', { name: 'Whole story' }).click();
  await expect.poll(() => desk.view.getState().viewport).toBeNull();
});

test('the map can be moved by four buttons, without dragging', async () => {
  await show();
  await expect.poll(marks).toHaveLength(2);
  await page.getByRole('button', { name: 'Move the map' }).click();
  await page.getByRole('button', { name: 'Move north' }).click();
  await expect.poll(() => desk.view.getState().viewport?.center[1]).toBeGreaterThan(44.1);
});

test('unmounting leaves nothing behind', async () => {
  const screen = await show();
  await expect.poll(marks).toHaveLength(2);
  await screen.unmount();
  expect(region.innerHTML).toBe('');
});

test('mounted and unmounted in Strict Mode it leaves no listener, observer, worker or element behind', async () => {
  const kept = new Set<string>();
  const keyOf = (target: EventTarget, type: string, listener: unknown, options: unknown) =>
    `${target === window ? 'window' : 'document'} ${type} ${String(typeof options === 'object' ? (options as AddEventListenerOptions | null)?.capture === true : options === true)} ${ids.get(listener as object) ?? ids.set(listener as object, ids.size).get(listener as object)}`;
  const ids = new Map<object, number>();
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const global = (target: unknown): target is EventTarget => target === window || target === document;
  EventTarget.prototype.addEventListener = function (this: EventTarget, type: string, listener: never, options: never) {
    if (listener && (this === undefined || global(this))) kept.add(keyOf(this ?? window, type, listener, options));
    Reflect.apply(addEventListener, this, [type, listener, options]);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget, type: string, listener: never, options: never) {
    if (listener && (this === undefined || global(this))) kept.delete(keyOf(this ?? window, type, listener, options));
    Reflect.apply(removeEventListener, this, [type, listener, options]);
  };
  const observers = vi.spyOn(ResizeObserver.prototype, 'observe');
  const disconnects = vi.spyOn(ResizeObserver.prototype, 'disconnect');
  try {
    const before = document.querySelectorAll('*').length;
    const view = await show();
    await expect.poll(marks).toHaveLength(2);
    await page.getByRole('button', { name: 'The port: Strike 1' }).click();
    await expect.element(page.getByRole('heading', { name: 'The port' })).toBeVisible();
    await view.unmount();
    await expect.poll(() => document.querySelectorAll('*').length).toBeLessThanOrEqual(before);
    expect([...kept].filter((k) => !/DOMContentLoaded|selectionchange/.test(k))).toEqual([]);
    expect(new Set(disconnects.mock.contexts)).toEqual(new Set([...observers.mock.contexts, ...disconnects.mock.contexts]));
  } finally {
    Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
    vi.restoreAllMocks();
  }
});
