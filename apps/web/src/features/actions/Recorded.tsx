import { useLocale, usePrefs } from '../../data/prefs.ts';
import { formatDay, isDay } from '../../format/days.ts';
import { formatWhole } from '../../format/numbers.ts';
import { hiddenAmount } from '../../ui/Amount.tsx';
import { type entryForms, typeLabel } from '../transactions/index.ts';
import { transactionText } from './action-words.ts';

interface RecordedProps {
  readonly transactions: readonly Readonly<Record<string, unknown>>[];
  readonly title: string;
}

/** The transactions of a proposal, in words. */
export function Recorded({ transactions, title }: RecordedProps) {
  const locale = useLocale();
  const hidden = usePrefs((prefs) => prefs.hideAmounts);
  if (transactions.length === 0) return null;
  const words = {
    type: (type: string) => typeLabel(type as keyof typeof entryForms),
    day: (day: string) => (isDay(day) ? formatDay(day, locale) : day),
    number: (value: string) => (hidden ? hiddenAmount : formatWhole(value, locale)),
  };
  return (
    <p className="text-sm text-ink-2 mt-0.5 break-words">
      {title}: {transactions.map((one) => transactionText(one, words)).join('; ')}.
    </p>
  );
}
