import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { withoutDrafts } from '../../src/build/drafts.ts';
import { loadStory } from '../../src/build/load.ts';
import { cleaned } from '../../src/build/media/clean.ts';
import { makeMedia } from '../../src/build/media/make.ts';
import { policyFor } from '../../src/build/page.tsx';
import { compile } from '../../src/core/compile.ts';
import { eventsCsv, eventsGeoJson, eventsKml } from '../../src/core/export.ts';
import type { LocatedIssue } from '../../src/core/issue.ts';
import type { SourceEvent, SourceMedia } from '../../src/core/source.ts';
import '../../src/core/strings/all.ts';
import { stringsFor } from '../../src/core/strings/strings.ts';
import { interview, photograph, recording, SECRETS } from '../fixtures/media.ts';
import { DATA, editedStory } from '../fixtures/stories.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const en = (words: string) => ({ en: words });
const rights = { credit: en('Drawn for the test'), licence: en('CC0 1.0') };
const PHOTO: SourceMedia = { kind: 'image', file: 'media/quay.jpg', alt: en('A quay'), ...rights };
const VIDEO: SourceMedia = {
  kind: 'video',
  file: 'media/quay.mp4',
  alt: en('The quay from the sea'),
  transcript: en('Gulls.'),
  captions: { en: 'media/quay.vtt' },
  ...rights,
};
const SOUND: SourceMedia = { kind: 'audio', file: 'media/talk.mp3', alt: en('A talk with a crane driver'), transcript: en('“It was loud.”'), ...rights };
const files: Record<string, Buffer> = {};
beforeAll(async () => {
  Object.assign(files, {
    'media/quay.jpg': await photograph(),
    'media/quay.mp4': recording(['vide', 'soun'], true),
    'media/talk.mp3': interview(),
    'media/quay.vtt': Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nGulls.\n'),
  });
});

/** The small story, one of its files changed as a value. */
function edited(folder: string, name: string, change: (value: never) => unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as never), null, 1));
  return folder;
}

/** Change the story's first event. */
const withEvent = (folder: string, change: (event: SourceEvent) => unknown) =>
  edited(folder, 'events.json', (v: { events: SourceEvent[] }) => ({ ...v, events: v.events.map((e, i) => (i === 0 ? change(e) : e)) }));

/** The small story with media at its first event, and the files beside it. */
function storyWith(media: readonly unknown[], change: (event: SourceEvent) => unknown = (e) => e, more: Record<string, Buffer> = {}): string {
  const folder = withEvent(editedStory([]), (e) => change({ ...e, media: media as SourceMedia[] }));
  for (const [name, bytes] of Object.entries({ ...files, ...more })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

const load = (folder: string) => loadStory(folder, DATA);
const errors = (folder: string) => load(folder).issues.filter((i) => i.severity === 'error');

describe('what readers get', () => {
  test('has not one of the words that camera and recorder wrote, and every file had them', async () => {
    const folder = storyWith([PHOTO, VIDEO, SOUND]);
    const { story, issues } = load(folder);
    expect(issues.filter((i) => i.severity === 'error')).toEqual([]);
    const found: LocatedIssue[] = [];
    const { files: made } = await makeMedia(folder, story!, found);
    expect(found).toEqual([]);
    for (const name of ['media/quay.jpg', 'media/quay.mp4', 'media/talk.mp3'])
      for (const secret of SECRETS) expect(files[name]!.includes(secret), `${name} ${secret}`).toBe(true);
    expect(made.map((f) => f.path.replace(/-[0-9a-f]{10}/, '')).sort()).toEqual(
      ['quay-640.webp', 'quay-700.webp', 'quay.mp4', 'quay.vtt', 'talk.mp3'].map((n) => `m/harbour/media/${n}`),
    );
    for (const { path, content } of made) {
      const bytes = Buffer.from(content);
      for (const secret of [...SECRETS, 'xmpmeta', 'APETAGEX']) expect(bytes.includes(secret), `${path} ${secret}`).toBe(false);
    }
  });

  test('stands upright, in two widths, and says its size before it is fetched', async () => {
    const folder = storyWith([PHOTO, VIDEO]);
    const { made, files: outputs } = await makeMedia(folder, load(folder).story!, []);
    expect(made.get('media/quay.jpg')).toMatchObject({ size: { width: 700, height: 900 }, files: [{ width: 640 }, { width: 700 }] });
    // The video was filmed upright too: its track's matrix turns it.
    expect(made.get('media/quay.mp4')?.size).toEqual({ width: 720, height: 1280 });
    const picture = await sharp(Buffer.from(outputs.find((f) => f.path.endsWith('-640.webp'))!.content)).metadata();
    expect([picture.format, picture.width, picture.height, picture.exif, picture.xmp, picture.icc]).toEqual([
      'webp',
      640,
      823,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('is the same bytes twice', async () => {
    const folder = storyWith([PHOTO]);
    const { story } = load(folder);
    const names = async () => (await makeMedia(folder, story!, [])).files.map((f) => f.path);
    expect(await names()).toEqual(await names());
  });

  test('plays as before: of a video no byte of its content moves, of an MP3 only whole tags go', () => {
    const video = recording();
    const clean = cleaned('x.mp4', video);
    expect(clean.ok && clean.bytes.length).toBe(video.length);
    expect(clean.ok && clean.bytes.indexOf('mdat')).toBe(video.indexOf('mdat'));
    const sound = cleaned('x.mp3', interview());
    expect(sound.ok && sound.bytes.length).toBe(20 * 417);
  });

  test('names media in every download with its credit and terms, the warning before all', async () => {
    const folder = storyWith([{ ...PHOTO, graphic: en('A wreck') }]);
    const { story, basemap } = load(folder);
    const { made } = await makeMedia(folder, story!, []);
    const { story: compiled } = compile(story!, 'en', basemap!.index, 0, null, made);
    const t = stringsFor('en');
    for (const file of [eventsCsv(compiled, t), eventsGeoJson(compiled, t), eventsKml(compiled, t)])
      expect(file).toMatch(/Graphic content: A wreck; Picture: A quay; m\/harbour\/media\/quay-[0-9a-f]{10}-700\.webp; Drawn for the test; CC0 1\.0/);
  });

  test('has no file that only a draft names', async () => {
    const folder = storyWith([PHOTO], (e) => ({ ...e, draft: true }));
    expect((await makeMedia(folder, withoutDrafts(load(folder).story!), [])).files).toEqual([]);
  });
});

test.each<[string, unknown, string, RegExp]>([
  ['no alt text', { ...PHOTO, alt: undefined }, 'alt', /./],
  ['no credit', { ...PHOTO, credit: undefined }, 'credit', /./],
  ['no licence', { ...SOUND, licence: undefined }, 'licence', /./],
  ['no transcript', { ...VIDEO, transcript: undefined }, 'transcript', /./],
  ['alt text in another language alone', { ...PHOTO, alt: { fr: 'Un quai' } }, 'alt', /./],
  ['a file out of its folder', { ...PHOTO, file: '../other/media/quay.jpg' }, 'file', /./],
  ['a file that is not there', { ...PHOTO, file: 'media/none.jpg' }, 'file', /Put it there/],
  ['a file of another kind than its name says', { ...PHOTO, file: 'media/fake.jpg' }, 'file', /JPEG/],
  ['a picture too heavy', { ...PHOTO, file: 'media/heavy.jpg' }, 'file', /1280/],
  ['a track of places', { ...VIDEO, file: 'media/drone.mp4' }, 'file', /ffmpeg/],
  ['a video cut short', { ...VIDEO, file: 'media/cut.mp4' }, 'file', /Save it again/],
  ['captions of another kind', { ...VIDEO, captions: { en: 'media/fake.vtt' } }, 'captions.en', /WEBVTT/],
  ['a post that has no source', { kind: 'post', source: 'nowhere', alt: en('A post') }, 'source', /add the source/],
])('media with %s is an error that names its key and a remedy', (_, media, key, remedy) => {
  const folder = storyWith([media], undefined, {
    'media/fake.jpg': Buffer.from('<svg/>'),
    'media/fake.vtt': Buffer.from('1\n00:00:00,000 --> 00:00:01,000\n'),
    'media/drone.mp4': recording(['vide', 'meta']),
    'media/cut.mp4': recording().subarray(0, 300),
    'media/heavy.jpg': Buffer.from([0xff, 0xd8, 0xff]),
  });
  truncateSync(join(folder, 'media/heavy.jpg'), 31e6);
  const found = errors(folder).find((i) => i.path.join('.') === `events.0.media.0.${key}`);
  expect(found, JSON.stringify(errors(folder))).toBeDefined();
  expect(found?.remedy).toMatch(remedy);
  expect(found?.line).toBeGreaterThan(1);
});

test('a missing file costs its picture alone: the event and its other pictures stay', () => {
  const { story } = load(storyWith([{ ...PHOTO, file: 'media/none.jpg' }, PHOTO]));
  expect(story?.events[0]?.media).toEqual([PHOTO]);
});

test('a picture that cannot be read is told of, and left out', async () => {
  const folder = storyWith([PHOTO], undefined, { 'media/quay.jpg': readFileSync(join(DATA, 'sample-kites/media/torn-kite.png')).subarray(0, 900) });
  const issues: LocatedIssue[] = [];
  const { made } = await makeMedia(folder, load(folder).story!, issues);
  expect(made.size).toBe(0);
  expect(issues).toEqual([expect.objectContaining({ severity: 'error', expected: 'a sound file at media/quay.jpg' })]);
});

test('a post elsewhere needs address, date and archived copy, and is a link', () => {
  const post = {
    publisher: 'Somebody',
    title: 'A post',
    url: 'https://posts.example/1',
    archivedUrl: 'https://archive.example/1',
    published: '2022-01-05',
    accessed: null,
    kind: 'official',
    language: 'en',
  };
  const storyOf = (publication: object) =>
    edited(
      withEvent(editedStory([]), (e) => ({ ...e, media: [{ kind: 'post', source: 'post', alt: en('A crowd') }] })),
      'sources.json',
      (v: object) => ({ ...v, post: { ...post, ...publication } }),
    );
  expect(errors(storyOf({}))).toEqual([]);
  expect(errors(storyOf({ archivedUrl: null }))).toEqual([
    expect.objectContaining({ path: ['events', 0, 'media', 0, 'source'], remedy: expect.stringContaining('Archive the post') }),
  ]);
});

test('only a story with sounds or videos may play any: the policy says media-src for no other', () => {
  expect(policyFor(null)).not.toContain('media-src');
  expect(policyFor(null, true)).toContain("media-src 'self';");
});
