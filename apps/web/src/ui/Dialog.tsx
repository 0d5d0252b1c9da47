import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './Button.tsx';
import { cx } from './class-names.ts';

interface DialogProps {
  readonly title: string;
  /** `side` for what belongs to a row of the page behind, `middle` for a task of its own. */
  readonly place?: 'side' | 'middle';
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

const places = {
  middle: 'sm:top-[8vh] sm:left-1/2 sm:-translate-x-1/2 sm:max-h-[84vh] sm:rounded-lg',
  side: 'sm:top-0 sm:right-0 sm:left-auto sm:h-dvh sm:max-h-dvh',
} as const;

/**
 * The browser's own modal dialog: it traps the focus, closes on Escape and makes the page behind
 * inert without a library (and without the style elements that a strict content policy refuses).
 */
export function Dialog({ title, place = 'middle', wide, onClose, footer, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    // To the first field, not to the cross; on a phone that would only bring up the keyboard.
    if (matchMedia('(pointer: fine)').matches) {
      dialog?.querySelector<HTMLElement>('[data-body] :is(input, select)')?.focus();
    }
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={heading}
      data-scrim="true"
      className={cx(
        'layer fixed inset-x-0 bottom-0 top-auto sm:bottom-auto',
        places[place],
        place === 'side' ? 'sm:w-[480px]' : wide ? 'sm:w-[720px]' : 'sm:w-[520px]',
        'w-full',
      )}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div
        className={cx(
          'flex flex-col bg-panel shadow-pop max-h-[92dvh] rounded-t-lg',
          place === 'side'
            ? 'sm:h-dvh sm:max-h-dvh sm:rounded-none'
            : 'sm:max-h-[84vh] sm:rounded-lg',
        )}
      >
        <div className="flex items-center justify-between gap-4 px-5 h-14 shrink-0 border-b border-line">
          <h2 id={heading} className="text-lg font-semi truncate">
            {title}
          </h2>
          <IconButton label="Close" onClick={onClose} className="-mr-2">
            <X size={16} aria-hidden />
          </IconButton>
        </div>
        <div data-body className="px-5 py-4 overflow-y-auto min-h-0 grow overscroll-contain">
          {children}
        </div>
        {footer && (
          <div className="flex flex-wrap justify-end gap-2 px-5 py-3 border-t border-line shrink-0">
            {footer}
          </div>
        )}
      </div>
    </dialog>
  );
}
