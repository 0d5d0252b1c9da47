import { signOf } from '@plimsoll/client';
import { useLocale, usePrefs } from '../data/prefs.ts';
import {
  type Exact,
  formatMoney,
  formatPercent,
  formatPrice,
  formatQuantity,
  type Sign,
} from '../format/numbers.ts';
import { cx } from './class-names.ts';

/** What stands for an amount while amounts are hidden. The same for all, so that it betrays nothing. */
export const hiddenAmount = '•••••';

interface AmountProps {
  readonly value: Exact;
  readonly currency: string;
  readonly sign?: Sign;
  readonly cents?: 'show' | 'whole';
  /** Teal and vermilion by sign; the sign itself is always written too. */
  readonly coloured?: boolean;
}

/** An exact amount of money. */
export function Amount({ value, currency, sign = 'auto', cents = 'show', coloured }: AmountProps) {
  const locale = useLocale();
  const hidden = usePrefs((prefs) => prefs.hideAmounts);
  if (hidden) return <Hidden />;
  const text = formatMoney(value, { locale, currency, sign, cents });
  return <span className={cx('whitespace-nowrap', coloured && toneOf(value))}>{text}</span>;
}

export function PriceText({
  value,
  currency,
}: {
  readonly value: Exact;
  readonly currency: string;
}) {
  const locale = useLocale();
  return <span className="whitespace-nowrap">{formatPrice(value, { locale, currency })}</span>;
}

/** Units held; hidden with the amounts, since the price would give the value away. */
export function Quantity({ value }: { readonly value: Exact }) {
  const locale = useLocale();
  const hidden = usePrefs((prefs) => prefs.hideAmounts);
  return hidden ? (
    <Hidden />
  ) : (
    <span className="whitespace-nowrap">{formatQuantity(value, locale)}</span>
  );
}

function Hidden() {
  return (
    <span className="text-ink-3">
      <span aria-hidden>{hiddenAmount}</span>
      <span className="sr-only">hidden</span>
    </span>
  );
}

interface PercentProps {
  readonly value: number;
  readonly sign?: Sign;
  readonly coloured?: boolean;
  readonly digits?: number;
  readonly triangle?: boolean;
}

/** A rate. 0.094 is shown as 9.4 %. */
export function Percent({ value, sign = 'auto', coloured, digits = 1, triangle }: PercentProps) {
  const locale = useLocale();
  const tone = value > 0 ? 'text-gain' : value < 0 ? 'text-loss' : '';
  return (
    <span className={cx('whitespace-nowrap', coloured && tone)}>
      {triangle && value !== 0 && <Triangle up={value > 0} />}
      {formatPercent(value, locale, sign, digits)}
    </span>
  );
}

/** Up or down without colour. */
export function Triangle({ up }: { readonly up: boolean }) {
  return (
    <svg
      aria-hidden="true"
      width="8"
      height="7"
      viewBox="0 0 8 7"
      className="inline-block mr-1 align-[0.06em]"
      fill="currentColor"
    >
      <path d={up ? 'M4 .8 7.4 6.4H.6z' : 'M4 6.2.6.6h6.8z'} />
    </svg>
  );
}

/** The colour class of a gain or loss. */
export function toneOf(value: Exact): string {
  const sign = signOf(value);
  return sign > 0 ? 'text-gain' : sign < 0 ? 'text-loss' : '';
}
