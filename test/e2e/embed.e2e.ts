import { beforeAll, describe, expect, inject, test } from 'vitest';
import { LOADER_VERSION } from '../../src/embed/version.ts';
import { PHONE, withBrowser } from './driver.ts';
import { article, come, FRAME, mapIn, picture, snippet, withHost } from './host.ts';

const { reader } = withBrowser();
const site = withHost(reader);
const { visit } = site;
let figure: string;
beforeAll(async () => {
  figure = await snippet('figure.html');
});

describe('the figure and its script', () => {
  test('nothing but the script and the picture is asked for before the reader comes near; then the map takes the picture’s place', async () => {
    const asked: string[] = [];
    site.host.put('/quiet', { html: article(`<div style="height:3000px"></div>${figure}`) });
    const r = await reader({ at: '/quiet', site: site.host.url, live: false });
    r.page.on('request', (q) => asked.push(q.url()));
    await r.page.reload({ waitUntil: 'load' });
    const own = asked.filter((u) => u.startsWith(inject('site'))).map((u) => new URL(u).pathname);
    expect(own.filter((p) => !p.endsWith('.png'))).toEqual(['/embed/v1.js']);
    await come(r.page);
    await mapIn(r.page);
    expect(await picture(r.page).isVisible()).toBe(false);
    expect(r.faults).toEqual([]);
  });

  test('the frame has a title, the height of its content, and grants what sharing needs', async () => {
    const r = await visit(article(figure));
    await come(r.page);
    const map = await mapIn(r.page);
    const frame = r.page.locator(`iframe[name="${FRAME}"]`);
    expect(await frame.getAttribute('title')).toContain('Unrest in Kazakhstan');
    expect(await frame.getAttribute('allow')).toContain('fullscreen');
    await expect.poll(async () => (await frame.boundingBox())?.height).toBe(await map.evaluate(() => document.documentElement.scrollHeight));
  });

  test('a map that never answers gives the picture back', async () => {
    const r = await visit(article(figure), {
      blocked: /\/m\/kazakhstan-2022-01\/\?embed/,
      live: false,
    });
    await come(r.page);
    await r.page.locator('iframe').waitFor({ state: 'attached' });
    expect(await picture(r.page).isVisible()).toBe(true);
    await r.endLongWaits();
    await expect.poll(() => r.page.locator('iframe').count()).toBe(0);
    expect(await picture(r.page).isVisible()).toBe(true);
  });

  test('a map without its data says so, and the picture comes back at once', async () => {
    const r = await visit(article(figure), {
      blocked: /assets\/story-.*\.json/,
      before: () => document.addEventListener('unrest-map-error', () => Object.assign(window, { told: true })),
    });
    await come(r.page);
    await expect.poll(() => r.page.evaluate(() => (window as unknown as { told?: boolean }).told)).toBe(true);
    expect(await r.page.locator('iframe').count()).toBe(0);
    expect(await picture(r.page).isVisible()).toBe(true);
  });

  test('in click mode nothing loads until the picture is pressed; then the frame takes the focus', async () => {
    const r = await visit(article(await snippet('figure-click.html'), { before: 0 }));
    await come(r.page);
    expect(await r.page.locator('iframe').count()).toBe(0);
    await picture(r.page).focus();
    await r.page.keyboard.press('Enter');
    await mapIn(r.page);
    await expect.poll(() => r.page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
    expect(new URL(r.page.url()).origin).toBe(site.host.url);
  });

  test('where consent is required it waits for the event, or for a press', async () => {
    const r = await visit(article(figure.replace('data-unrest-map', 'data-consent="required" data-unrest-map'), { before: 0 }));
    await come(r.page);
    expect(await r.page.locator('iframe').count()).toBe(0);
    await r.page.evaluate(() => window.dispatchEvent(new Event('unrest-map:consent')));
    await mapIn(r.page);
  });

  test('three copies of the script are one: one registry, one frame a figure', async () => {
    const again = `<script async src="${inject('site')}/embed/v1.js"></script>`;
    const copy = `<script src="${inject('site')}/embed/v${LOADER_VERSION}.js"></script>`;
    const r = await visit(article(`${figure}${again}${copy}`));
    await come(r.page);
    await mapIn(r.page);
    expect(await r.page.locator('iframe').count()).toBe(1);
    expect(await r.page.evaluate(() => Object.keys(window).filter((k) => /unrest/i.test(k)))).toEqual(['unrestMapV1']);
  });

  test('two maps on a page live side by side, and each tells of its own selection', async () => {
    const second = figure.replaceAll('m-kazakhstan-2022-01', 'm-second').replace('data-unrest-map', 'data-event="airport-vehicles" data-unrest-map');
    const r = await visit(article(`${figure}<p>Between.</p>${second}`, { before: 0 }));
    await r.page.evaluate(() => {
      Object.assign(window, { selected: [] });
      document.addEventListener('unrest-map-select', (e) =>
        (window as unknown as { selected: string[] }).selected.push(`${(e.target as Element).id} ${(e as CustomEvent<{ id: string }>).detail.id}`),
      );
    });
    await come(r.page);
    const first = await mapIn(r.page);
    await come(r.page, '#m-second');
    const other = await mapIn(r.page, 'm-second-frame');
    expect(await other.locator('.card-title').textContent()).toContain('Almaty Airport');
    await come(r.page);
    await first.locator('button[data-place="almaty"]').click();
    await expect.poll(() => r.page.evaluate(() => (window as unknown as { selected: string[] }).selected)).toContain('m-kazakhstan-2022-01 almaty');
  });

  test('a figure that comes late, and one in a closed tab, load when they are seen', async () => {
    const r = await visit(article(`<details><summary>More</summary>${figure}</details><div id="later"></div>`, { before: 0 }));
    expect(await r.page.locator('iframe').count()).toBe(0);
    await r.page.locator('summary').click();
    const map = await mapIn(r.page);
    const frame = r.page.locator(`iframe[name="${FRAME}"]`);
    await expect.poll(async () => (await frame.boundingBox())?.height).toBe(await map.evaluate(() => document.documentElement.scrollHeight));
    await r.page.evaluate((site) => {
      const late = document.createElement('figure');
      const link = document.createElement('a');
      const img = document.createElement('img');
      link.href = `${site}/m/kazakhstan-2022-01/`;
      img.alt = 'A bare figure, as some filters leave it';
      link.append(img);
      late.append(link);
      late.id = 'late';
      document.getElementById('later')?.append(late);
    }, inject('site'));
    await come(r.page, '#late');
    await mapIn(r.page, 'late-frame');
  });

  test('the element does the same, with its figure or with an address alone', async () => {
    const bare = `<unrest-map src="${inject('site')}/m/kazakhstan-2022-01/" event="arrests" theme="dark" title="The map"></unrest-map>`;
    const r = await visit(article(`${bare}<script async src="${inject('site')}/embed/v1.js"></script>`, { before: 0 }));
    await r.page.locator('unrest-map iframe').waitFor({ state: 'attached' });
    const name = (await r.page.locator('unrest-map iframe').getAttribute('name')) ?? '';
    const map = await mapIn(r.page, name);
    expect(await map.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    expect(await map.locator('.card-title').textContent()).toContain('Whole country');
  });

  test('a figure that links to another site is left alone', async () => {
    const r = await visit(article(`${figure.replaceAll(`${inject('site')}/m/`, 'http://127.0.0.1:9/m/')}`, { before: 0 }));
    await come(r.page);
    await expect.poll(() => r.page.evaluate(() => 'unrestMapV1' in window)).toBe(true);
    expect(await r.page.locator('iframe').count()).toBe(0);
  });

  test('it keeps no cookie and stores nothing on the host', async () => {
    const r = await visit(article(figure));
    await come(r.page);
    await mapIn(r.page);
    expect(await r.context.cookies()).toEqual([]);
    expect(await r.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    expect((await r.context.storageState()).origins).toEqual([]);
  });
});

describe('under a host’s own policy', () => {
  const policies = (site: string): [string, string, boolean][] => [
    [
      'that names our origin and requires Trusted Types',
      `default-src 'none'; script-src ${site}; frame-src ${site}; img-src ${site}; require-trusted-types-for 'script'; trusted-types 'none'`,
      true,
    ],
    ['that lets the script in and the frame out', `default-src 'none'; script-src ${site}; frame-src 'none'; img-src ${site}`, false],
    ['that lets no script in', `default-src 'none'; script-src 'none'; frame-src ${site}; img-src ${site}`, false],
  ];
  test.each([0, 1, 2])('case %i: the map, or else the picture with its link', async (i) => {
    const [, policy, live] = policies(inject('site'))[i]!;
    const r = await visit(article(figure, { before: 0 }), { headers: { 'Content-Security-Policy': policy } });
    await come(r.page);
    if (live) {
      await mapIn(r.page);
      expect(r.faults).toEqual([]);
      return;
    }
    await r.endLongWaits();
    await expect.poll(() => r.page.locator('iframe').count()).toBe(0);
    expect(
      await picture(r.page)
        .locator('img')
        .evaluate((img: HTMLImageElement) => img.naturalWidth),
    ).toBe(1200);
    expect(await picture(r.page).getAttribute('href')).toBe(`${inject('site')}/m/kazakhstan-2022-01/`);
  });
});

describe('messages', () => {
  test('of anybody but the frame itself are not heard: a sibling with ten thousand at once, by either side', async () => {
    site.host.put('/spoof', {
      html: `<!doctype html><title>Spoof</title><script>
        const say = (m) => { parent.postMessage(m, '*'); top.postMessage(m, '*'); };
        for (let i = 0; i < 10000; i++) say({ ns: 'unrest-map', v: 1, type: i % 2 ? 'resize' : 'error', height: 9999, code: 'x' });
        say({ ns: 'unrest-map', v: 1, type: 'open-claim', anchor: 'passage' });
        document.title = 'said';
      </script>`,
    });
    const r = await visit(article(`<p id="passage">A passage.</p>${figure}`));
    await come(r.page);
    const map = await mapIn(r.page);
    const frame = r.page.locator(`iframe[name="${FRAME}"]`);
    const height = await frame.evaluate((f) => f.clientHeight);
    await r.page.evaluate((spoof) => {
      const sibling = document.createElement('iframe');
      // Without an origin, as a sandboxed map of ours would be: only who sent a message tells them apart.
      sibling.sandbox.add('allow-scripts');
      sibling.src = spoof;
      sibling.name = 'spoof';
      document.body.append(sibling);
    }, `${site.host.url}/spoof`);
    await expect.poll(() => r.page.frame({ name: 'spoof' })?.title()).toBe('said');
    await r.page.evaluate(() => new Promise((resolve) => setTimeout(resolve))); // every message of the flood has had its turn
    expect(await frame.evaluate((f) => f.clientHeight)).toBe(height);
    expect(await r.page.locator('[data-unrest-here]').count()).toBe(0);
    // And the map hears nobody but its parent.
    await r.page
      .frame({ name: 'spoof' })
      ?.evaluate(
        (name) => (parent.frames as unknown as Record<string, Window>)[name]?.postMessage({ ns: 'unrest-map', v: 1, type: 'focus', id: 'arrests' }, '*'),
        FRAME,
      );
    await map.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await map.locator('.card').count()).toBe(0);
    expect(r.faults).toEqual([]);
  });

  test('from the frame itself in wrong shapes change nothing', async () => {
    const r = await visit(article(figure));
    await come(r.page);
    const map = await mapIn(r.page);
    const frame = r.page.locator(`iframe[name="${FRAME}"]`);
    const height = await frame.evaluate((f) => f.clientHeight);
    await map.evaluate(() => {
      const ns = 'unrest-map';
      for (const m of [
        null,
        1,
        'x',
        [],
        {},
        { ns, v: 2, type: 'resize', height: 900 },
        { ns, v: 1, type: 'resize', height: '900' },
        { ns, v: 1, type: 'resize', height: Number.NaN },
        { ns, v: 1, type: 'nothing' },
      ])
        parent.postMessage(m, '*');
      parent.postMessage({ ns, v: 1, type: 'resize', height: 1e9 }, '*');
    });
    await expect.poll(() => frame.evaluate((f) => f.clientHeight)).toBe(2000);
    expect(height).toBeLessThan(2000);
    expect(r.faults).toEqual([]);
  });

  test('the host can filter with the keys of the hash, print, and take its filter back', async () => {
    const r = await visit(article(figure));
    await come(r.page);
    const map = await mapIn(r.page);
    const send = (message: object) =>
      r.page.evaluate(
        (m) => (window as unknown as { unrestMapV1: { send: (id: string, m: object) => void } }).unrestMapV1.send('m-kazakhstan-2022-01', m),
        message,
      );
    await send({ type: 'filter', keys: { hide: 'statements,troops', bogus: 'x' } });
    await expect.poll(() => map.locator('.layer-switch.is-off:not(.context-switch)').count()).toBe(2);
    await send({ type: 'filter', keys: { hide: null } });
    await expect.poll(() => map.locator('.layer-switch.is-off:not(.context-switch)').count()).toBe(0);
    await send({ type: 'print' });
    await expect.poll(() => map.locator('.picture').isVisible()).toBe(true);
    await expect.poll(() => map.locator('[id="event=arrests"]').isVisible()).toBe(true);
  });
});

describe('article and map', () => {
  const text = (site: string) =>
    `<p id="internet" data-unrest-claim="a22">The internet was <a id="to-map" href="${site}/m/kazakhstan-2022-01/?embed=1#event=almaty-internet" target="${FRAME}">back in Almaty</a>.</p>`;

  test('a link in the text moves the map by pointer and leaves the focus where it was', async () => {
    const r = await visit(article(`${text(inject('site'))}${figure}`, { before: 1 }));
    await come(r.page);
    const map = await mapIn(r.page);
    const length = await r.page.evaluate(() => history.length);
    await r.page.locator('#to-map').click();
    await map.locator('.card-title', { hasText: 'Almaty' }).waitFor();
    expect(await r.page.evaluate(() => document.activeElement?.id)).not.toBe(FRAME);
    expect(await r.page.evaluate(() => document.activeElement?.tagName)).not.toBe('IFRAME');
    expect(await r.page.evaluate(() => history.length)).toBe(length);
    expect(r.page.context().pages()).toHaveLength(1);
  });

  test('a link in the text by key takes the focus along, and “Read it in the article” brings it back', async () => {
    const r = await visit(article(`${text(inject('site'))}${'<p>More words. </p>'.repeat(30)}${figure}`, { before: 1 }));
    await come(r.page);
    const map = await mapIn(r.page);
    await r.page.locator('#to-map').focus();
    await r.page.keyboard.press('Enter');
    await map.locator('.card-title:focus').waitFor();
    const back = map.locator('.card').getByRole('button', { name: 'Read it in the article' });
    await back.focus();
    await r.page.keyboard.press('Enter');
    await expect.poll(() => r.page.evaluate(() => document.activeElement?.id)).toBe('internet');
    await expect
      .poll(() => r.page.locator('#internet').evaluate((p) => p.getBoundingClientRect().top >= 0 && p.getBoundingClientRect().bottom <= innerHeight))
      .toBe(true);
  });

  test('by pointer the passage comes into view, marked, and the focus stays', async () => {
    const r = await visit(article(`${text(inject('site'))}${'<p>More words. </p>'.repeat(60)}${figure}`, { before: 1 }));
    await come(r.page);
    const map = await mapIn(r.page);
    await map.locator('button[data-place="almaty"]').click();
    await map.locator('.card').getByRole('button', { name: 'Read it in the article' }).first().click();
    await expect.poll(() => r.page.locator('#internet').evaluate((p) => p.getBoundingClientRect().top >= 0)).toBe(true);
    expect(await r.page.locator('#internet[data-unrest-here]').count()).toBe(1);
    expect(await r.page.evaluate(() => document.activeElement?.id)).not.toBe('internet');
  });

  test('the links of a figure itself lead to the full map, not into another map of the page', async () => {
    const second = figure.replaceAll('m-kazakhstan-2022-01', 'm-second').replaceAll('/m/kazakhstan-2022-01/"', '/m/kazakhstan-2022-01/#event=arrests"');
    const r = await visit(article(`${figure}${second}`, { before: 0 }));
    await come(r.page);
    await mapIn(r.page);
    await r.page.locator('#m-second figcaption a').click();
    await expect.poll(() => r.page.url()).toBe(`${inject('site')}/m/kazakhstan-2022-01/#event=arrests`);
  });

  test('claims without a passage offer no way into the article', async () => {
    const r = await visit(article(figure));
    await come(r.page);
    const map = await mapIn(r.page);
    await map.locator('button[data-place="almaty"]').click();
    await map.locator('.card-title').waitFor();
    expect(await map.getByRole('button', { name: 'Read it in the article' }).count()).toBe(0);
  });

  test('without any script the link opens the event in the named frame of the plain iframe', async () => {
    const r = await visit(article(`${text(inject('site'))}${await snippet('iframe.html')}`, { before: 0 }), { javaScriptEnabled: false });
    await come(r.page, `iframe[name="${FRAME}"]`);
    await r.page.locator('#to-map').click();
    await expect.poll(() => r.page.frame({ name: FRAME })?.url()).toContain('#event=almaty-internet');
    expect(r.page.context().pages()).toHaveLength(1);
  });

  test('an event without a place is told on the map too, which in an article has no list beside it', async () => {
    const r = await visit(article(figure.replace('data-unrest-map', 'data-event="csto-summit" data-unrest-map'), { before: 0 }));
    await come(r.page);
    const map = await mapIn(r.page);
    await map.locator('.placeless-card .event-title').waitFor();
    expect(await r.page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  });
});

describe('the reader’s own scrolling', () => {
  test('a press on the map, of which a part is out of sight, leaves the article where it is, and opens what was pressed', async () => {
    const r = await visit(article(figure));
    await come(r.page);
    const map = await mapIn(r.page);
    const mark = map.locator('.map-region button[data-place="almaty"]');
    const at = (await mark.boundingBox())!;
    // The mark is the last of the map that is in sight.
    await r.page.evaluate((by) => scrollBy({ top: by, behavior: 'instant' }), at.y + at.height + 10 - 800);
    const box = (await mark.boundingBox())!;
    const before = await r.page.evaluate(() => scrollY);
    await r.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await r.page.mouse.down();
    await expect.poll(() => map.evaluate(() => document.activeElement?.closest('.map-canvas') !== null)).toBe(true);
    await r.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await r.page.evaluate(() => scrollY)).toBe(before);
    await r.page.mouse.up();
    await map.locator('.card-title').waitFor();
  });

  test('six turns of the wheel over the map scroll the article and zoom nothing; with Ctrl they zoom', async () => {
    const r = await visit(article(figure, { before: 1 }));
    await come(r.page);
    const map = await mapIn(r.page);
    await map.getByRole('button', { name: 'Use map' }).waitFor(); // the hint comes with it, after the map
    const box = (await r.page.locator(`iframe[name="${FRAME}"]`).boundingBox())!;
    const zoomed = () => map.evaluate(() => location.hash.includes('map='));
    const before = await r.page.evaluate(() => scrollY);
    await r.page.mouse.move(box.x + box.width / 2, box.y + 200);
    const hint = map.getByText('to zoom with the wheel').waitFor(); // it goes by itself
    for (let i = 0; i < 6; i++) await r.page.mouse.wheel(0, 20);
    await expect.poll(() => r.page.evaluate(() => scrollY)).toBe(before + 120);
    expect(await zoomed()).toBe(false);
    await hint;
    await r.page.keyboard.down('Control');
    await r.page.mouse.wheel(0, -240);
    await r.page.keyboard.up('Control');
    await expect.poll(zoomed).toBe(true);
    expect(await r.page.evaluate(() => scrollY)).toBe(before + 120);
  });

  test('“Use map” gives the map the wheel, “Done” and Escape give it back', async () => {
    const r = await visit(article(figure, { before: 1 }));
    await come(r.page);
    const map = await mapIn(r.page);
    const top = () => r.page.evaluate(() => scrollY);
    await map.getByRole('button', { name: 'Use map' }).click();
    await map.getByRole('button', { name: 'Done' }).waitFor();
    const box = (await r.page.locator(`iframe[name="${FRAME}"]`).boundingBox())!;
    const before = await top();
    await r.page.mouse.move(box.x + box.width / 2, box.y + 220);
    await r.page.mouse.wheel(0, -240);
    await expect.poll(() => map.evaluate(() => location.hash.includes('map='))).toBe(true);
    expect(await top()).toBe(before);
    await r.page.keyboard.press('Escape');
    await map.getByRole('button', { name: 'Use map' }).waitFor();
    await r.page.mouse.wheel(0, 100);
    await expect.poll(top).toBe(before + 100);
  });

  test('in an article on a phone no control lies on a mark; once the map is used, all of them are there', async () => {
    const r = await visit(article(figure, { before: 1 }), { viewport: PHONE, hasTouch: true, isMobile: true });
    await come(r.page);
    const map = await mapIn(r.page);
    const overlaps = () =>
      map.evaluate(() => {
        const boxes = (css: string) => [...document.querySelectorAll(css)].map((e) => e.getBoundingClientRect()).filter((b) => b.width > 0);
        const marks = boxes('.place-mark, button[data-place]');
        return boxes('.controls button').filter((c) => marks.some((m) => m.left < c.right && c.left < m.right && m.top < c.bottom && c.top < m.bottom)).length;
      });
    expect(await overlaps()).toBe(0);
    await map.getByRole('button', { name: 'Use map' }).tap();
    await map.getByRole('button', { name: 'Done' }).waitFor();
    expect(await map.locator('.control-group').first().getByRole('button').count()).toBeGreaterThan(2);
  });

  test('one finger over the map scrolls the article; after “Use map” it moves the map', async () => {
    const r = await visit(article(figure, { before: 1 }), { viewport: PHONE, hasTouch: true, isMobile: true });
    await come(r.page);
    const map = await mapIn(r.page);
    const use = map.getByRole('button', { name: 'Use map' });
    await use.waitFor(); // the hint comes with it, after the map
    const swipe = async (from: number, to: number) => {
      const box = (await r.page.locator(`iframe[name="${FRAME}"]`).boundingBox())!;
      await r.swipe(box.x + box.width * 0.3, box.y + from, box.y + to);
    };
    const top = () => r.page.evaluate(() => scrollY);
    const centre = () => r.page.evaluate(() => document.querySelector('figure')?.scrollIntoView({ block: 'center' }));
    await centre();
    const before = await top();
    const ended = r.page.evaluate(() => new Promise<void>((resolve) => document.addEventListener('scrollend', () => resolve(), { once: true })));
    const hint = map.getByText('Two fingers move the map').waitFor(); // it goes by itself
    await swipe(320, 170);
    await hint;
    await ended;
    expect(await top()).toBeGreaterThan(before + 100);
    await centre(); // the article may have run on: a frame out of sight draws nothing
    expect(await map.evaluate(() => location.hash)).toBe('');
    await use.tap();
    await map.getByRole('button', { name: 'Done' }).waitFor();
    await centre();
    const then = await top();
    await swipe(320, 220);
    await expect.poll(() => map.evaluate(() => location.hash)).toContain('map=');
    expect(await top()).toBe(then);
  });
});
