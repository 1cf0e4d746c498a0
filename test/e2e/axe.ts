import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

interface Found {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[];
}
interface Run {
  /** Rules by name instead of all those that axe runs by itself. */
  readonly only?: readonly string[];
}

/**
 * What axe-core finds wrong in a page or frame, each as rule, element and reason. The reader needs `bypassCSP`.
 * Beside its usual rules: a control's visible words are in its name, and targets are 24 px at least.
 */
export async function axeFaults(where: Page | Frame, { only }: Run = {}): Promise<string[]> {
  if (!(await where.evaluate(() => 'axe' in window))) await where.addScriptTag({ content: axe.source });
  const options = only
    ? { runOnly: { type: 'rule', values: only } }
    : { rules: { 'label-content-name-mismatch': { enabled: true }, 'target-size': { enabled: true } } };
  return where.evaluate(async (given) => {
    const { axe: run } = window as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<Found> } };
    const { violations } = await run.run({ exclude: [['iframe']] }, { ...given, resultTypes: ['violations'], iframes: false });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary ?? ''}`).join(' | ')}`.slice(0, 600));
  }, options);
}

/** Rules whose outcome a theme can change. */
export const OF_COLOUR = ['color-contrast', 'link-in-text-block'];
