import { Radio } from 'lucide-react';
import { Percent, PriceText } from '../../ui/Amount.tsx';
import { cx } from '../../ui/class-names.ts';
import { useLiveQuote } from './live-store.ts';
import { liveMark } from './quote-words.ts';
import { useNow } from './use-now.ts';

export interface LivePriceProps {
  readonly instrument: string;
  readonly className?: string;
}

/** What it trades at now, small, beside what counts: nothing where no provider tells it. */
export function LivePrice({ instrument, className }: LivePriceProps) {
  const now = useNow();
  const mark = liveMark(useLiveQuote(instrument), now);
  if (mark === null) return null;
  const { price, currency, change, tone, words, title } = mark;
  return (
    <span
      data-live={tone}
      title={title}
      className={cx(
        'inline-flex items-baseline gap-1.5 text-sm whitespace-nowrap',
        tone === 'stale' ? 'text-ink-3' : 'text-ink-2',
        className,
      )}
    >
      <Radio size={12} aria-hidden className="self-center shrink-0" />
      <span className="sr-only">{title}</span>
      <PriceText value={price} currency={currency} />
      {change !== null && <Percent value={change} sign="plus" coloured triangle />}
      {words.length > 0 && <span>{words.join(', ')}</span>}
    </span>
  );
}
