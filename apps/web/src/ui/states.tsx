import { ProblemError, UnreachableError } from '@plimsoll/client';
import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { cx } from './class-names.ts';

/** A block of the final size while its content is on the way. */
export function Skeleton({ className }: { readonly className: string }) {
  return <div aria-hidden className={cx('skeleton', className)} />;
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** The one obvious thing to do. */
  readonly action?: ReactNode;
}

export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className="py-14 px-5 text-center border border-dashed border-line-strong rounded-lg">
      <p className="text-lg font-semi">{title}</p>
      {children && <div className="mt-1 text-ink-2 max-w-[52ch] mx-auto">{children}</div>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

interface FailureProps {
  readonly error: Error;
  readonly what: string;
  readonly onRetry?: () => void;
}

/** What could not be shown, why, and what would mend it. */
export function Failure({ error, what, onRetry }: FailureProps) {
  return (
    <div role="alert" className="rounded-lg border border-line bg-bad-wash px-4 py-3 flex gap-3">
      <CircleAlert size={18} aria-hidden className="text-bad shrink-0 mt-px" />
      <div className="grow min-w-0">
        <p className="font-semi">{what}</p>
        <p className="text-ink-2 break-words">{describe(error)}</p>
      </div>
      {onRetry && (
        <Button onClick={onRetry}>
          <RotateCw size={14} aria-hidden /> Try again
        </Button>
      )}
    </div>
  );
}

/** One sentence a person can act on. */
export function describe(error: Error): string {
  if (error instanceof ProblemError) return error.problem.detail || error.problem.title;
  if (error instanceof UnreachableError)
    return 'The server does not answer. Start it with npm start.';
  return error.message;
}

interface NoteProps {
  readonly tone: 'warn' | 'bad' | 'info' | 'ok';
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

const tones = {
  warn: 'bg-warn-wash',
  bad: 'bg-bad-wash',
  info: 'bg-accent-wash',
  ok: 'bg-gain-wash',
} as const;

/** A remark that stays in sight. */
export function Note({ tone, children, action }: NoteProps) {
  return (
    <div
      className={cx(
        'rounded-md px-4 py-2.5 flex flex-wrap items-center gap-x-4 gap-y-2',
        tones[tone],
      )}
    >
      <div className="grow min-w-0">{children}</div>
      {action}
    </div>
  );
}
