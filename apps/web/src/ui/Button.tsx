import type { ButtonHTMLAttributes } from 'react';
import { cx } from './class-names.ts';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

const looks: Record<Look, string> = {
  primary: 'bg-accent text-on-accent border-accent hover:brightness-110',
  plain: 'bg-panel border-line-strong hover:bg-hover',
  quiet: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'bg-panel border-line-strong text-bad hover:bg-bad-wash',
};

const shape =
  'inline-flex items-center justify-center gap-2 h-(--control) px-3 rounded-md border font-med whitespace-nowrap transition-colors duration-(--dur-1) disabled:opacity-55';

/** The classes of a button, for links that look like one. */
export const buttonClass = (look: Look = 'plain', more = '') => cx(shape, looks[look], more);

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
  /** The write is under way: the button says so and cannot be pressed twice. */
  readonly busy?: boolean;
}

export function Button({
  look = 'plain',
  busy = false,
  className,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={buttonClass(look, className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    />
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly label: string;
}

/** A button that is only a picture; its label is its name and its hint. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        'inline-grid place-items-center size-(--control) rounded-md text-ink-2 hover:bg-hover hover:text-ink disabled:opacity-50',
        className,
      )}
      {...rest}
    />
  );
}
