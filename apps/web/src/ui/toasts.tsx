import { lazy, Suspense } from 'react';
import { create } from 'zustand';
import type { Toast } from './toast-shape.ts';

const ToastCard = lazy(() =>
  import('./ToastCard.tsx').then((module) => ({ default: module.ToastCard })),
);

interface Toasts {
  readonly list: readonly Toast[];
  readonly show: (toast: Omit<Toast, 'id'>) => void;
  readonly drop: (id: number) => void;
}

let count = 0;
const shown = 3;

const useToasts = create<Toasts>((set) => ({
  list: [],
  show: (toast) =>
    set(({ list }) => {
      count += 1;
      return { list: [...list, { ...toast, id: count }].slice(-shown) };
    }),
  drop: (id) => set(({ list }) => ({ list: list.filter((toast) => toast.id !== id) })),
}));

/** Says that something is done, or was refused, with the way back where there is one. */
export const toast = (text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}) =>
  useToasts.getState().show({ text, tone: 'done', ...more });

/** The corner where they appear: one polite live region for the whole page. */
export function ToastHost() {
  const { list, drop } = useToasts();
  return (
    <div
      role="status"
      aria-live="polite"
      className="fixed z-50 bottom-20 lg:bottom-5 right-4 left-4 sm:left-auto sm:w-[380px] flex flex-col gap-2 no-print pointer-events-none"
    >
      <Suspense fallback={null}>
        {list.map((each) => (
          <ToastCard key={each.id} toast={each} onDrop={drop} />
        ))}
      </Suspense>
    </div>
  );
}
