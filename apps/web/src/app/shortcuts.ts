import { useEffect } from 'react';

/** What a key means, alone or after `g`. Pure, so that the sequence can be tested without a page. */
export type Step =
  | { readonly kind: 'go'; readonly key: string }
  | { readonly kind: 'filter' | 'sheet' | 'create' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'none' };

/** The meaning of `key`, given whether `g` was pressed just before. */
export function stepOf(key: string, afterG: boolean): Step {
  if (afterG) return { kind: 'go', key };
  if (key === 'g') return { kind: 'wait' };
  if (key === '/') return { kind: 'filter' };
  if (key === '?') return { kind: 'sheet' };
  if (key === 'c') return { kind: 'create' };
  return { kind: 'none' };
}

const sequenceMs = 1200;

/** Listens for shortcuts outside of fields and dialogs. `act` says whether it used the key. */
export function useShortcuts(act: (step: Step) => boolean): void {
  useEffect(() => {
    let lastG = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target;
      if (
        target instanceof Element &&
        target.closest('input:not([type=radio],[type=checkbox]), select, textarea, dialog')
      )
        return;
      const step = stepOf(event.key, event.timeStamp - lastG < sequenceMs);
      lastG = step.kind === 'wait' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (step.kind !== 'none' && step.kind !== 'wait' && act(step)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [act]);
}
