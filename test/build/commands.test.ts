/** The long form of whole writes: each command as a process of its own, killed by signals, two at once, on disks that take nothing. */
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundleFiles } from '../../src/build/bundle.ts';
import { recoverIn } from '../../src/build/whole.ts';
import { writeFolder } from '../../src/build/write-whole.ts';
import { DATA, ROOT } from '../fixtures/stories.ts';
import { LONG, leftOut, randomFrom, tried } from '../tried.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });

const place = mkdtempSync(join(tmpdir(), 'unrest-map-commands-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));
/** Stories that are imported into, and one sample to build: small, as what is killed is the writing. */
const data = join(place, 'data');
const small = join(place, 'small');
const kept = join(place, 'kept');
const SCRIPT = join(ROOT, 'test/torture/command.ts');

/** How a command ended: its exit code, null for one that was killed, and what it said. */
interface End {
  readonly code: number | null;
  readonly said: string;
  /** From its first word on, ms. */
  readonly took: number;
}

function run(args: readonly string[], kill?: { readonly after: number; readonly by: NodeJS.Signals }, options: SpawnOptions = {}): Promise<End> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, ...args], { cwd: ROOT, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let begun = 0;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text) => {
        said += String(text);
        if (begun > 0) return;
        begun = performance.now();
        if (kill) setTimeout(() => child.kill(kill.by), kill.after);
      });
    child.on('close', (code) => resolve({ code, said, took: performance.now() - begun }));
  });
}

function filesOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  return files.map((e) => relative(folder, join(e.parentPath, e.name))).sort();
}

/** One number for all that a folder holds. */
function sum(folder: string): string {
  if (!existsSync(folder)) return 'none';
  const hash = createHash('sha256');
  for (const name of filesOf(folder)) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

function put(target: string, from: string): void {
  rmSync(target, { recursive: true, force: true });
  if (existsSync(from)) cpSync(from, target, { recursive: true });
}

function sheet(name: string, rows: number): string {
  const path = join(place, `${name}.csv`);
  const lines = Array.from({ length: rows }, (_, i) => `${name}${i},Dockers of ${name} stop work ${i},2031-03-${String(1 + (i % 28)).padStart(2, '0')}`);
  writeFileSync(path, `id,title,date\n${lines.join('\n')}\n`);
  return path;
}

const canMount = LONG && spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'x', place]).status === 0;

interface Command {
  readonly what: string;
  readonly target: string;
  readonly first: readonly string[] | null;
  readonly args: readonly string[];
  /** Another that writes to the same place. */
  readonly other: readonly string[];
}

const story = join(data, 'strike');
const COMMANDS: readonly Command[] = [
  {
    what: 'import into a story',
    target: story,
    first: ['import', data, 'strike', sheet('one', 40)],
    args: ['import', data, 'strike', sheet('two', 80)],
    other: ['import', data, 'strike', sheet('three', 60)],
  },
  {
    what: 'import that makes a story',
    target: story,
    first: null,
    args: ['import', data, 'strike', sheet('one', 40)],
    other: ['import', data, 'strike', sheet('two', 80)],
  },
  { what: 'new', target: join(data, 'fresh'), first: null, args: ['new', data, 'fresh'], other: ['new', data, 'fresh'] },
  {
    what: 'bundle',
    target: join(place, 'out/bundle'),
    first: ['bundle', join(place, 'out/bundle'), join(place, 'files-one')],
    args: ['bundle', join(place, 'out/bundle'), join(place, 'files-two')],
    other: ['bundle', join(place, 'out/bundle'), join(place, 'files-one')],
  },
  {
    what: 'build',
    target: join(place, 'out/dist'),
    first: ['build', join(place, 'out/dist'), small, 'https://one.example/'],
    args: ['build', join(place, 'out/dist'), small, 'https://two.example/'],
    other: ['build', join(place, 'out/dist'), small, 'https://three.example/'],
  },
];

const SIGNALS: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'];
/** Kills that hit; one that comes when all is done counts for nothing. */
const KILLS = 20;

describe.runIf(LONG).each(COMMANDS)('$what', ({ what, target, first, args, other }) => {
  let old = 'none';
  let fresh = '';
  let took = 0;
  const beside = () => readdirSync(dirname(target)).filter((n) => /\.(new|old)-/.test(n));

  beforeAll(async () => {
    for (const folder of [data, small]) mkdirSync(folder, { recursive: true });
    for (const folder of [data, small]) if (!existsSync(join(folder, 'basemap'))) symlinkSync(join(DATA, 'basemap'), join(folder, 'basemap'));
    put(join(small, 'sample-kites'), join(DATA, 'sample-kites'));
    if (what === 'bundle') {
      const files = await bundleFiles({ root: ROOT, dataDir: small, outDir: target, choice: { only: 'sample-kites', samples: true } });
      writeFolder(join(place, 'files-one'), files);
      writeFolder(
        join(place, 'files-two'),
        new Map([...files].map(([name, content]) => [name, name.endsWith('.html') ? `${String(content)}<!-- 2 -->` : content])),
      );
    }
    for (const folder of [target, kept]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(target), { recursive: true });
    if (first) expect(await run(first)).toMatchObject({ code: 0 });
    if (target === story && first) {
      // To make a basemap of anywhere takes longer than all the rest of an import.
      const meta = JSON.parse(readFileSync(join(story, 'story.json'), 'utf8')) as object;
      writeFileSync(join(story, 'story.json'), JSON.stringify({ ...meta, basemap: 'kazakhstan', bounds: [46, 40, 88, 56] }, null, 2));
    }
    old = sum(target);
    put(kept, target);
    const end = await run(args);
    expect(end).toMatchObject({ code: 0 });
    ({ took } = end);
    fresh = sum(target);
    expect(fresh).not.toBe(old);
  });

  test('killed at twenty points leaves the old or the new, and the next run goes on from there', async () => {
    const random = randomFrom();
    let killed = 0;
    for (let tries = 0; killed < KILLS && tries < 3 * KILLS; tries++) {
      put(target, kept);
      // Every other one near the end, where what was made takes its place.
      const point = tries % 2 ? random() : 0.6 + random() * 0.4;
      const { code } = await run(args, { after: took * point, by: SIGNALS[tries % SIGNALS.length] ?? 'SIGKILL' });
      if (code === null) killed++;
      recoverIn(dirname(target));
      expect([old, fresh]).toContain(sum(target));
      expect(beside()).toEqual([]);
    }
    expect(killed).toBe(KILLS);
    put(target, kept);
    expect((await run(args)).code).toBe(0);
    expect(sum(target)).toBe(fresh);
    tried(`whole writes: ${what} killed by a signal`, killed);
  });

  test('two at once do not mix: what is there in the end is what one of them, or one after the other, makes', async () => {
    const either = new Set<string>();
    for (const order of [[args], [other], [args, other], [other, args]]) {
      put(target, kept);
      for (const one of order) await run(one);
      either.add(sum(target));
    }
    const rounds = what === 'build' ? 2 : 3;
    for (let i = 0; i < rounds; i++) {
      put(target, kept);
      const ends = await Promise.all([run(args), run(other)]);
      expect(either).toContain(sum(target));
      expect(beside()).toEqual([]);
      expect(ends.some(({ code }) => code === 0)).toBe(true);
      // Who comes too late is told so.
      for (const { code, said } of ends) if (code !== 0) expect(said).toMatch(/is being changed by another run|exists already|ENOTEMPTY|Could not write/);
    }
    tried(`whole writes: two at once, ${what}`, rounds);
  });

  test.skipIf(!canMount)('on a full or a read-only disk says so, and all is as it was', async () => {
    for (const [state, words] of [
      ['full', 'the disk is full'],
      ['read-only', 'the disk is read-only'],
    ] as const) {
      const disk = mkdtempSync(join(place, 'disk-'));
      const after = join(place, 'after');
      rmSync(after, { recursive: true, force: true });
      const parent = dirname(target);
      // The disk stands in the place of the target's folder, in a name space that nobody else sees.
      const script = [
        'mount -t tmpfs -o size=64m x "$1"',
        'cp -a "$2/." "$1/"',
        state === 'full' ? '{ dd if=/dev/zero of="$1/ballast" bs=64k 2>/dev/null || true; }' : 'mount -o remount,ro "$1"',
        'mount --bind "$1" "$2"',
        'shift 2; after="$1"; target="$2"; shift 2; code=0; "$@" || code=$?; if [ -e "$target" ]; then cp -a "$target" "$after"; fi; exit $code',
      ].join(' && ');
      put(target, kept);
      const shell = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', disk, parent, after, target, process.execPath, '--import', 'tsx', SCRIPT, ...args], {
        cwd: ROOT,
        encoding: 'utf8',
      });
      expect(shell.stdout + shell.stderr).toContain(words);
      expect(shell.status).toBe(2);
      expect(sum(after)).toBe(old);
      tried('whole writes: disk full or read-only', 1);
    }
  });
  test.runIf(!canMount)('on a full or a read-only disk: left out', () => {
    leftOut(`whole writes: ${what} on a full or read-only disk`, 'this machine mounts nothing for its users');
  });

  test('without the permission to write says so, and all is as it was', async () => {
    put(target, kept);
    const parent = dirname(target);
    // Permission means nothing to root: then the command runs as nobody, whose own the folder is not.
    const isRoot = process.getuid?.() === 0;
    chmodSync(place, 0o755);
    chmodSync(parent, isRoot ? 0o755 : 0o555);
    try {
      const { code, said } = await run(args, undefined, isRoot ? { uid: 65534, gid: 65534 } : {});
      expect(said).toContain('the permission is missing');
      expect(code).toBe(2);
      expect(sum(target)).toBe(old);
    } finally {
      chmodSync(parent, 0o755);
    }
    tried('whole writes: without permission', 1);
  });
});

test.runIf(LONG)('a build gives the same bytes twice, wherever it is made', async () => {
  const [a, b] = ['a', 'b'].map((name) => join(place, name, 'dist'));
  for (const site of [a, b]) expect(await run(['build', site ?? '', DATA, 'https://one.example/'])).toMatchObject({ code: 0 });
  const files = filesOf(a ?? '');
  expect(filesOf(b ?? '')).toEqual(files);
  for (const name of files) expect(readFileSync(join(a ?? '', name)).equals(readFileSync(join(b ?? '', name))), name).toBe(true);
  tried('reproducible build: files with the same bytes', files.length);
});
