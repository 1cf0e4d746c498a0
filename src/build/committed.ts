/**
 * A number that readers have seen does not change in silence. Where the story lies in a git repository, its files are
 * held against the last commit: a changed figure wants an entry in "changes", an event that is gone one in "withdrawn".
 */
import { execFileSync } from 'node:child_process';
import type { Issue } from '../core/issue.ts';
import type { SourceEvent, SourceMeta } from '../core/source.ts';

/** A file of the folder as last committed; null where there is no git, no commit or no such file. */
export type Committed = (folder: string, file: string) => string | null;

export const fromGit: Committed = (folder, file) => {
  try {
    return execFileSync('git', ['show', `HEAD:./${file}`], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  } catch {
    return null;
  }
};

/** An event with its place in its file. */
export interface PlacedEvent {
  readonly item: SourceEvent;
  readonly file: string;
  readonly at: number;
}

/** Silent changes since the last commit. Never throws; a committed file that is broken counts as none. */
export function silentChanges(folder: string, meta: SourceMeta, events: readonly PlacedEvent[], committed: Committed): Issue[] {
  const before = ['events.json', 'context.json'].flatMap((file) => eventsOf(committed(folder, file)));
  if (before.length === 0) return [];
  const known = changesOf(committed(folder, 'story.json'));
  const fresh = meta.changes.filter((c) => !known.has(JSON.stringify(c)));
  const issues: Issue[] = [];
  const claimsBefore = new Map(before.flatMap((e) => e.claims.map((c) => [c.id, c])));
  for (const { item: event, file, at } of events) {
    event.claims.forEach((claim, k) => {
      const old = claimsBefore.get(claim.id);
      if (!old || figuresText(old) === figuresText(claim)) return;
      if (fresh.some((c) => c.claim === claim.id || (c.claim === undefined && c.event === event.id))) return;
      issues.push({
        severity: 'error',
        file,
        path: ['events', at, 'claims', k, 'figures'],
        expected: 'an entry in "changes" of story.json for a figure that was published otherwise',
        found: `${figuresText(claim)} where the last commit has ${figuresText(old)}, and no word to readers`,
        remedy: `Add { "date": …, "event": "${event.id}", "claim": "${claim.id}", "from": …, "to": …, "note": … } to "changes".`,
      });
    });
  }
  const now = new Set([...events.map((e) => e.item.id), ...(meta.withdrawn ?? []).map((w) => w.id)]);
  for (const { id, draft } of before) {
    if (draft || now.has(id)) continue;
    issues.push({
      severity: 'warning',
      file: 'story.json',
      path: ['withdrawn'],
      expected: 'a record of every event that was published',
      found: `nothing on "${id}", which the last commit has`,
      remedy: `Add { "id": "${id}", "date": …, "title": …, "why": … } to "withdrawn", so that old links explain themselves.`,
    });
  }
  return issues;
}

interface ClaimBefore {
  readonly id: string;
  readonly figures: readonly { readonly value: unknown; readonly scope: unknown; readonly exactness: unknown }[];
}

/** What a committed file says, as far as it has the shape that is asked of it. */
function eventsOf(text: string | null): { readonly id: string; readonly draft: boolean; readonly claims: readonly ClaimBefore[] }[] {
  const root = parsed(text);
  return listOf(root, 'events').map((event) => ({
    id: String(member(event, 'id')),
    draft: member(event, 'draft') === true,
    claims: listOf(event, 'claims').map((claim) => ({
      id: String(member(claim, 'id')),
      figures: listOf(claim, 'figures').map((f) => ({ value: member(f, 'value'), scope: member(f, 'scope'), exactness: member(f, 'exactness') })),
    })),
  }));
}

function changesOf(text: string | null): ReadonlySet<string> {
  return new Set(listOf(parsed(text), 'changes').map((c) => JSON.stringify(c)));
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function listOf(value: unknown, key: string): readonly unknown[] {
  const found = member(value, key);
  return Array.isArray(found) ? found : [];
}

function figuresText({ figures }: ClaimBefore): string {
  return figures.length === 0 ? 'no figure' : figures.map((f) => `${f.exactness} ${f.value} (${f.scope})`).join(', ');
}
