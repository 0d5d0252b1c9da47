import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { cx } from './class-names.ts';

interface DisclosureProps {
  /** The accessible name of a button that shows no words. */
  readonly label?: string;
  readonly button: ReactNode;
  readonly buttonClass: string;
  readonly panelClass?: string;
  readonly children: (close: () => void) => ReactNode;
}

/** A button that shows a panel beneath it. Escape and a click elsewhere close it. */
export function Disclosure(props: DisclosureProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const panel = useId();
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      trigger.current?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    document.addEventListener('keydown', onEscape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      document.removeEventListener('keydown', onEscape);
    };
  }, [open]);
  return (
    <div ref={box} className="relative">
      <button
        ref={trigger}
        type="button"
        aria-label={props.label}
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        className={props.buttonClass}
        onClick={() => setOpen(!open)}
      >
        {props.button}
      </button>
      {open && (
        <div
          id={panel}
          className={cx(
            'absolute z-30 mt-1 bg-raised shadow-pop rounded-md p-1.5 max-h-[70vh] overflow-y-auto',
            props.panelClass ?? 'left-0 right-0',
          )}
        >
          {props.children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}
