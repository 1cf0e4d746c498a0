/** The basic story and the hostile host in a Firefox as it is installed, through WebDriver BiDi. Part of the long form. */
import type { Browser, Frame, HTTPRequest, Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { findFirefox } from '../firefox.ts';
import { payloads } from '../fixtures/payloads.ts';
import { LONG, leftOut, randomFrom, tried } from '../tried.ts';
import { STORY } from './driver.ts';
import type { Host } from './host.ts';
import { article, FRAME, openHost, snippet } from './host.ts';

const program = LONG ? findFirefox() : null;
if (LONG && program === null) leftOut('Firefox', 'none is installed, or named by FIREFOX_PATH');

describe.runIf(program !== null)('in Firefox', { timeout: 120_000 }, () => {
  let browser: Browser;
  let host: Host;
  let page: Page;
  let faults: string[] = [];
  let hosts = new Set<string>();

  beforeAll(async () => {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: program ?? '',
      headless: true,
      defaultViewport: null,
      args: ['--width=1280', '--height=900'],
    });
    console.log(`Firefox: ${await browser.version()}`);
    host = await openHost();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });
  afterEach(() => page?.close());

  async function open(address: string): Promise<void> {
    [faults, hosts] = [[], new Set()];
    page = await browser.newPage();
    page.on('console', (m) => {
      if (m.type() === 'error' || m.type() === 'warn') faults.push(m.text());
    });
    page.on('pageerror', (e) => faults.push(String(e)));
    page.on('request', (r: HTTPRequest) => {
      if (/^https?:/.test(r.url())) hosts.add(new URL(r.url()).host);
    });
    await page.goto(address, { waitUntil: 'load' });
  }
  const press = (selector: string) => page.$eval(selector, (e) => (e as HTMLElement).click());
  const live = (where: Page | Frame) => where.waitForSelector('html[data-map="live"]', { timeout: 60_000 });
  const text = (selector: string, where: Page | Frame = page) => where.$eval(selector, (e) => e.textContent);
  const frameOf = async (name = FRAME): Promise<Frame> => {
    const handle = await page.waitForSelector(`iframe[name="${name}"]`);
    await expect.poll(async () => (await handle!.contentFrame())?.url() ?? '', { timeout: 30_000 }).toContain('embed=1');
    const frame = (await handle!.contentFrame())!;
    await live(frame);
    await page.waitForSelector(`iframe[name="${name}"]:not([inert])`);
    return frame;
  };
  const shown = (selector: string) => page.$eval(selector, (e) => e.checkVisibility() && (e as HTMLElement).offsetHeight > 0);

  test('the story comes alive: marks open their cards, layers toggle, the list has every event, and nobody else is asked', async () => {
    await open(inject('site') + STORY);
    await live(page);
    await page.waitForSelector('.day-range[style]');
    expect(await page.$$eval('#events .event', (rows) => rows.length)).toBe(11);
    await press('.map-region button[data-place="almaty"]');
    await page.waitForSelector('.card-title');
    expect(await text('.card-title')).toBe('Almaty');
    await page.keyboard.press('Escape');
    await press('.layer-switch.layer-troops');
    await expect.poll(() => page.evaluate(() => location.hash)).toContain('hide=troops');
    await press('.context-switch');
    await page.waitForSelector('.map-region button[data-place="zhanaozen"]');
    // What the list of days and the search do comes with a later script.
    await page.type('[role=combobox]', 'airport');
    await page.waitForSelector('[role=option]');
    expect([...hosts]).toEqual([new URL(inject('site')).host]);
    expect(faults).toEqual([]);
    tried('Firefox: the story, step by step', 8);
  });

  test('hostile addresses raise nothing and ask nobody', async () => {
    await open(inject('site') + STORY);
    await live(page);
    const random = randomFrom();
    const all = payloads().map((p) => p.replace(/\p{Cs}/gu, ''));
    const texts = Array.from({ length: 300 }, () => `event=${all[Math.floor(random() * all.length)]}&map=${all[Math.floor(random() * all.length)]}`);
    await page.evaluate(async (hashes) => {
      for (const hash of hashes) {
        history.replaceState(null, '', `#${hash.slice(0, 1000)}`);
        window.dispatchEvent(new HashChangeEvent('hashchange'));
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    }, texts);
    expect(await page.$eval('html', (e) => e.dataset.map)).toBe('live');
    expect([...hosts]).toEqual([new URL(inject('site')).host]);
    expect(faults.filter((f) => !/Too many calls to Location or History/.test(f))).toEqual([]);
    tried('Firefox: hostile hashes', texts.length);
  });

  test('in an article the map takes the picture’s place; moved, hidden or taken away, it gives it back', async () => {
    await open(host.put('/firefox', { html: article(await snippet('figure.html'), { before: 0 }) }));
    await frameOf();
    await expect.poll(() => shown('figure > a')).toBe(false);
    await page.evaluate(() => {
      const frame = document.querySelector('figure iframe')!;
      const wrapper = document.createElement('div');
      frame.replaceWith(wrapper);
      wrapper.append(frame);
    });
    await expect.poll(() => shown('figure > a')).toBe(true);
    const map = await frameOf();
    await expect.poll(() => shown('figure > a')).toBe(false);
    await page.addStyleTag({ content: 'iframe { display: none !important }' });
    await expect.poll(() => shown('figure > a')).toBe(true);
    await page.evaluate(() => document.querySelector('style:last-of-type')?.remove());
    await expect.poll(() => shown('figure > a')).toBe(false);
    await map.evaluate(() => (document.querySelector('button[data-place="almaty"]') as HTMLElement).click());
    await map.waitForSelector('.card-title');
    await page.evaluate(() => document.querySelector('figure iframe')?.remove());
    await expect.poll(() => shown('figure > a')).toBe(true);
    expect(faults).toEqual([]);
    tried('Firefox: hostile hosts', 4);
  });

  test('arrays written over, and two loaders: the map comes all the same', async () => {
    const spoil = `<script>for (const n of Object.getOwnPropertyNames(Array.prototype))
      if (typeof Array.prototype[n] === 'function' && n !== 'constructor') Array.prototype[n] = () => { throw new Error('spoilt: ' + n); };</script>`;
    const old = `<script src="${inject('site')}/embed/v1.0.0.js"></script>`;
    await open(host.put('/firefox-spoilt', { html: article(`${spoil}${await snippet('figure.html')}`, { before: 0 }) }));
    await page.waitForSelector('iframe:not([inert])', { timeout: 60_000 }).catch(() => undefined);
    expect(await shown('iframe')).toBe(true);
    await page.close();
    await open(host.put('/firefox-two', { html: article(`${old}${await snippet('figure.html')}`, { before: 0 }) }));
    await frameOf();
    expect(await page.$$eval('iframe', (all) => all.length)).toBe(1);
    expect(faults).toEqual([]);
    tried('Firefox: hostile hosts', 2);
  });
});
