import { useStore } from 'zustand';
import { onApproach, useDesk, useView } from './store.ts';

/** The switch of the second collection: what was reported elsewhere. Off at first, and never mixed in silently. */
export function ContextSwitch() {
  const { story, t, context, showContext, expect } = useDesk();
  const on = useView((v) => v.showContext);
  const state = useStore(context);
  if (story.contextEvents === 0) return null;
  return (
    <p className="context">
      <label className={`layer-switch context-switch${on ? '' : ' is-off'}`} {...onApproach(() => expect.showContext(!on))}>
        <input
          type="checkbox"
          checked={on}
          onChange={() => {
            showContext(!on);
          }}
        />
        <svg className="glyph glyph-context" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <circle cx="12" cy="12" r="9" />
          <path d="M12 8v8M8 12h8" />
        </svg>
        <span className="layer-name">
          {t.context}
          <span className="context-hint">: {t.contextSwitch}</span>
        </span>
        <span className="layer-count">{t.number(story.contextEvents)}</span>
      </label>
      {on && (state === 'loading' || state === 'failed') && (
        <span className="context-state" role="status">
          {state === 'loading' ? t.contextLoading : t.contextFailed}
        </span>
      )}
    </p>
  );
}
