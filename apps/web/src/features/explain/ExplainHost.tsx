import { lazy, Suspense, useEffect } from 'react';
import { useExplainStore } from './explain-store.ts';

const ExplainPanel = lazy(() =>
  import('./ExplainPanel.tsx').then((module) => ({ default: module.ExplainPanel })),
);

/** Shows the answer, and lets `e` ask about the number under the pointer. */
export function ExplainHost() {
  const { asked, close } = useExplainStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'e' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      const pointed = [...document.querySelectorAll<HTMLElement>('.explain:hover')].at(-1);
      if (!pointed) return;
      event.preventDefault();
      pointed.click();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  if (asked === null) return null;
  return (
    <Suspense fallback={null}>
      <ExplainPanel
        key={`${asked.figure} ${JSON.stringify(asked.period)}`}
        asked={asked}
        onClose={close}
      />
    </Suspense>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, select, textarea, dialog') !== null
  );
}
