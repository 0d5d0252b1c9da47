import type { Holding } from '@plimsoll/contracts';
import { CircleSlash, Clock, HandCoins } from 'lucide-react';
import { useLocale } from '../../data/prefs.ts';
import { formatShortDay } from '../../format/days.ts';

/** How the price is known, where it is not simply the market's of the day. Never by colour alone. */
export function PriceMark({ holding }: { readonly holding: Holding }) {
  const locale = useLocale();
  const { priceState, pricedOn } = holding;
  const on = pricedOn ? formatShortDay(pricedOn, locale) : '';
  if (priceState === 'stale') {
    return (
      <Mark text={on} title={`Old: the last price known is of ${on}`} tone="text-warn">
        <Clock size={12} aria-hidden />
      </Mark>
    );
  }
  if (priceState === 'trade') {
    return (
      <Mark
        text="own trade"
        title={`No market price is known: this is what you traded at on ${on}`}
        tone="text-ink-2"
      >
        <HandCoins size={12} aria-hidden />
      </Mark>
    );
  }
  if (priceState === 'none') {
    return (
      <Mark text="no price" title="No price is known: it is left out of the total" tone="text-warn">
        <CircleSlash size={12} aria-hidden />
      </Mark>
    );
  }
  return null;
}

interface MarkProps {
  readonly text: string;
  readonly title: string;
  readonly tone: string;
  readonly children: React.ReactNode;
}

function Mark({ text, title, tone, children }: MarkProps) {
  return (
    <span
      className={`inline-flex items-center gap-1 text-xs whitespace-nowrap ${tone}`}
      title={title}
    >
      {children}
      <span aria-hidden>{text}</span>
      <span className="sr-only">{title}</span>
    </span>
  );
}
