import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STORY, withBrowser } from './driver.ts';
import type { Variant } from './variant.ts';
import { serveVariant } from './variant.ts';

const { reader } = withBrowser();
const DRAFT = 'Unfinished sentence nobody may read';

interface Editable {
  events: { id: string; title: { en: string }; draft?: boolean; updated?: string; related: string[]; claims: { id: string }[] }[];
}

/** The project's story with one event still a draft, one changed and one withdrawn. */
let site: Variant;
beforeAll(async () => {
  site = await serveVariant(
    (meta) => ({
      ...meta,
      changes: [
        ...meta.changes,
        { date: '2026-11-20', event: 'almaty-internet', from: { en: 'Almaty region' }, to: { en: 'Almaty' }, note: { en: 'The city is meant.' } },
        { date: '2026-11-20', event: 'almaty-normal', note: { en: DRAFT } },
      ],
      withdrawn: [{ id: 'old-event', date: '2026-11-21', title: { en: 'A march that was none' }, why: { en: 'The source took it back.' } }],
    }),
    {},
    (folder) => {
      const path = join(folder, 'events.json');
      const file = JSON.parse(readFileSync(path, 'utf8')) as Editable;
      const draft = file.events.find((e) => e.id === 'almaty-normal');
      if (!draft) throw new Error('The story has no event "almaty-normal".');
      draft.draft = true;
      draft.title = { en: DRAFT };
      writeFileSync(path, JSON.stringify(file));
    },
  );
}, 60_000);
afterAll(() => site.close());

function outputs(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? outputs(join(folder, e.name)) : [join(folder, e.name)]));
}

test('a draft is in no file of the site, and nothing points at it', () => {
  const files = outputs(site.outDir);
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const text = readFileSync(file, 'latin1');
    expect(text.includes(DRAFT), file).toBe(false);
    expect(text.includes('almaty-normal'), file).toBe(false);
  }
});

describe('corrections', () => {
  test('stand in the event that was changed: when, from what to what, why', async () => {
    const r = await reader({ site: site.url });
    const row = r.row('almaty-internet');
    await row.getByText('1 change to this event').click();
    expect(await row.locator('.changes li').innerText()).toBe('Changed on 20 November 2026 from “Almaty region” to “Almaty”: The city is meant.');
  });

  test('a link to an event that was withdrawn explains itself, with a script and without', async () => {
    const r = await reader({ site: site.url, at: `${STORY}#event=old-event` });
    await r.page
      .getByRole('status')
      .filter({ hasText: 'A march that was none: This event was withdrawn on 21 November 2026. The source took it back.' })
      .waitFor();
    const still = await reader({ site: site.url, javaScriptEnabled: false });
    expect(await still.page.locator('[id="event=old-event"]').innerText()).toContain('The source took it back.');
  });
});
