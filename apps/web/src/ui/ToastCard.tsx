import { X } from 'lucide-react';
import { useEffect } from 'react';
import { IconButton } from './Button.tsx';
import type { Toast } from './toast-shape.ts';

const lifeMs = 10_000;

interface ToastCardProps {
  readonly toast: Toast;
  readonly onDrop: (id: number) => void;
}

/** One message, with its way back, for ten seconds. */
export function ToastCard({ toast: each, onDrop: drop }: ToastCardProps) {
  useEffect(() => {
    const timer = setTimeout(() => drop(each.id), lifeMs);
    return () => clearTimeout(timer);
  }, [each.id, drop]);
  return (
    <div className="flex items-center gap-3 bg-raised shadow-pop rounded-md pl-4 pr-1.5 py-1.5 pointer-events-auto">
      <p className={each.tone === 'bad' ? 'grow text-bad' : 'grow'}>{each.text}</p>
      {each.action && (
        <button
          type="button"
          className="font-med text-accent-ink px-2 py-1 rounded-sm hover:bg-hover"
          onClick={() => {
            each.action?.run();
            drop(each.id);
          }}
        >
          {each.action.label}
        </button>
      )}
      <IconButton label="Dismiss" onClick={() => drop(each.id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
