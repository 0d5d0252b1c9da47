import { type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with it and what would mend it. */
  readonly fault?: string | undefined;
  readonly optional?: boolean;
  readonly className?: string;
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** A labelled control with its hint and its fault beneath. */
export function Field({ label, hint, fault, optional, className, children }: FieldProps) {
  const id = useId();
  const described = fault || hint ? `${id}-more` : undefined;
  return (
    <div className={cx('min-w-0', className)}>
      <label htmlFor={id} className="flex justify-between gap-2 mb-1 text-sm font-med text-ink-2">
        <span>{label}</span>
        {optional && <span className="text-ink-3 font-reg">optional</span>}
      </label>
      {children({ id, 'aria-invalid': fault !== undefined, 'aria-describedby': described })}
      {described && (
        <p id={described} className={cx('mt-1 text-sm', fault ? 'text-bad' : 'text-ink-3')}>
          {fault ?? hint}
        </p>
      )}
    </div>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Toggle({ label, hint, checked, onChange }: ToggleProps) {
  return (
    <label className="flex gap-3 items-start py-1 cursor-pointer">
      <input
        type="checkbox"
        className="mt-0.5"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        <span className="block">{label}</span>
        {hint && <span className="block text-sm text-ink-3">{hint}</span>}
      </span>
    </label>
  );
}
