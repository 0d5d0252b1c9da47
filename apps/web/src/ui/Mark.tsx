import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, Clock, Loader } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

export type MarkTone = 'ok' | 'wait' | 'busy' | 'warn' | 'bad' | 'none';

const looks = {
  ok: { icon: CircleCheck, tone: 'text-ok' },
  wait: { icon: CircleDashed, tone: 'text-ink-3' },
  busy: { icon: Loader, tone: 'text-accent-ink' },
  warn: { icon: Clock, tone: 'text-warn' },
  bad: { icon: CircleAlert, tone: 'text-bad' },
  none: { icon: CircleSlash, tone: 'text-ink-3' },
} as const;

/** A state as a picture and a word, so that it is never told by colour alone. */
export function Mark({
  tone,
  children,
}: {
  readonly tone: MarkTone;
  readonly children: ReactNode;
}) {
  const { icon: Icon, tone: colour } = looks[tone];
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
      <Icon size={14} aria-hidden className={cx('shrink-0 self-center', colour)} />
      {children}
    </span>
  );
}
