import type { ReactNode } from 'react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { placesShown } from '../../src/core/view.ts';
import { EventList } from '../../src/ui/EventList.tsx';
import { KeyFigures } from '../../src/ui/KeyFigures.tsx';
import { LayerPanel } from '../../src/ui/LayerPanel.tsx';
import { PlaceCard } from '../../src/ui/PlaceCard.tsx';
import { safeUrl } from '../../src/ui/SafeLink.tsx';
import type { Desk } from '../../src/ui/store.ts';
import { createDesk, DeskProvider } from '../../src/ui/store.ts';
import { tinyStory } from '../fixtures/tiny-story.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk(tinyStory, './');
});
afterEach(cleanup);

const show = (children: ReactNode) =>
  render(
    <StrictMode>
      <DeskProvider value={desk}>{children}</DeskProvider>
    </StrictMode>,
  );
const titles = () => [...document.querySelectorAll('.event-title')].map((h) => h.textContent);

test('the list holds every event in order of time, undated ones under a heading of their own', async () => {
  await show(<EventList />);
  expect(titles()).toEqual(['Title of rally', 'Title of walkout', 'Title of toll', 'Title of appeal']);
  expect([...document.querySelectorAll('.day-heading')].map((h) => h.textContent)).toEqual(['2 March 2021', '3 March 2021', 'Undated']);
  await expect.element(page.getByText('No place')).toBeVisible();
});

test('hiding a layer shortens the list and its count in one go', async () => {
  await show(
    <>
      <LayerPanel />
      <EventList />
    </>,
  );
  await page.getByRole('checkbox', { name: /Counts/ }).click();
  await expect.poll(titles).toEqual(['Title of rally', 'Title of walkout']);
  await expect.element(page.getByRole('status')).toHaveTextContent('2 of 4 events shown');
  await expect.element(page.getByText('0', { exact: true })).toBeVisible();
});

test('a list with nothing on show says so and offers the way back', async () => {
  await show(<EventList />);
  desk.toggleLayer('strike');
  desk.toggleLayer('counts');
  await page.getByRole('button', { name: 'Show everything' }).click();
  expect(titles()).toHaveLength(4);
});

test('list and card say the same of an event, word for word', async () => {
  const shown = placesShown(tinyStory, desk.view.getState()).find((p) => p.place.id === 'country')!;
  await show(
    <>
      <EventList />
      <PlaceCard shown={shown} onClose={() => undefined} />
    </>,
  );
  const words = (scope: string) => [...document.querySelectorAll(`${scope} .claim`)].map((c) => c.textContent);
  expect(words('.card')).toEqual(words('[id="event=toll"]'));
});

test('a withdrawn figure stands with its status and, unfolded beneath it, what withdrew it', async () => {
  await show(<EventList />);
  const claim = document.querySelector('[id="event=toll"] .claim.status-retracted');
  expect(claim?.textContent).toMatch(/12.*people hurt, whole country.*deleted; not confirmed.*Qualifies the claim above.*The agency said/s);
  expect(claim?.querySelector('.claims-under')?.closest('details')).toBeNull();
});

test('a key figure never stands without scope, status and speaker', async () => {
  await show(<KeyFigures />);
  const words = page.getByRole('listitem');
  await expect.element(words).toHaveTextContent(/^12 people hurt, whole country Reported, then deleted; not confirmed/);
  await expect.element(words).toHaveTextContent(/Said by the paper$/);
});

test('notes on the text are one click away, with sources; an address that no reader should follow is no link', async () => {
  await show(<EventList />);
  await page.getByText('1 note on the text and the evidence').click();
  await expect.element(page.getByText('We read it so.')).toBeVisible();
  expect(document.querySelector('a[href^="javascript"]')).toBeNull();
  expect(document.querySelector('[id="event=walkout"] .notes')?.textContent).toContain('javascript:alert(1)');
});

test('a name in another language carries that language', async () => {
  const shown = placesShown(tinyStory, desk.view.getState()).find((p) => p.place.id === 'aktau')!;
  await show(<PlaceCard shown={shown} onClose={() => undefined} />);
  await expect.element(page.getByRole('heading', { name: 'Ақтау' })).toHaveFocus();
});

test('Escape closes the card and focus returns to what opened it', async () => {
  const shown = placesShown(tinyStory, desk.view.getState()).find((p) => p.place.id === 'port')!;
  const view = (open: boolean) => (
    <DeskProvider value={desk}>
      <button type="button">opener</button>
      {open && <PlaceCard shown={shown} onClose={() => void screen.rerender(view(false))} />}
    </DeskProvider>
  );
  const screen = await render(view(false));
  document.querySelector('button')?.focus();
  await screen.rerender(view(true));
  await expect.element(page.getByRole('heading', { name: 'The port' })).toHaveFocus();
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  await expect.element(page.getByRole('button', { name: 'opener' })).toHaveFocus();
});

test('a selected event is marked in the list', async () => {
  await show(<EventList />);
  await page.getByRole('link', { name: 'Title of walkout' }).click();
  expect(desk.view.getState().selection).toEqual({ kind: 'event', id: 'walkout' });
  await expect.element(page.getByRole('link', { name: 'Title of walkout' })).toBeVisible();
  expect(document.querySelector('.event.is-selected')?.id).toBe('event=walkout');
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'https://user@a.example/', 'https://a:b@c.example', '//a.example', 'nonsense', ''])(
  '%j is no address to follow',
  (address) => {
    expect(safeUrl(address)).toBeNull();
  },
);

test('an http address is', () => {
  expect(safeUrl('http://a.example/x?y#z')?.href).toBe('http://a.example/x?y#z');
});
