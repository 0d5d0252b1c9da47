import type { Performance } from '@plimsoll/contracts';
import type { ReactNode } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { formatDay, formatMonth } from '../../format/days.ts';
import { formatPercent } from '../../format/numbers.ts';
import { Percent } from '../../ui/Amount.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { Explain } from '../explain/index.ts';

type Rate = 'twr' | 'twrAnnualised' | 'xirr' | 'simpleReturn' | 'maxDrawdown' | 'volatility';

interface Measure {
  readonly figure: Rate;
  readonly label: string;
  readonly under: (performance: Performance) => ReactNode;
  readonly sign?: 'plus';
  /** Shown as a loss: the record has it as a positive share. */
  readonly negative?: boolean;
}

/** Six measures in a row. Each names its cause where it has no value. */
export function Measures({ performance }: { readonly performance: Performance | undefined }) {
  const locale = useLocale();
  return (
    <section aria-label="Measures" className="mt-9 border-y border-line">
      <ul className="grid grid-cols-2 md:grid-cols-3 xl:grid-cols-6">
        {measures(locale).map((measure, index) => (
          <li
            key={measure.figure}
            className={`py-4 px-4 md:px-5 min-w-0 border-line ${index % 2 ? 'border-l' : 'max-md:pl-0'} ${index > 1 ? 'max-md:border-t' : ''} md:border-l md:[&:nth-child(3n+1)]:border-l-0 md:[&:nth-child(3n+1)]:pl-0 md:[&:nth-child(n+4)]:border-t xl:border-t-0! xl:border-l! xl:pl-5! xl:first:border-l-0! xl:first:pl-0!`}
          >
            <p className="text-sm text-ink-2">{measure.label}</p>
            {performance ? <Shown measure={measure} performance={performance} /> : <Waiting />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Waiting() {
  return (
    <>
      <Skeleton className="h-6 w-16 my-0.5" />
      <Skeleton className="h-4 w-24" />
    </>
  );
}

function Shown({
  measure,
  performance,
}: {
  readonly measure: Measure;
  readonly performance: Performance;
}) {
  const value = performance[measure.figure];
  return (
    <>
      <p className="text-measure font-semi tracking-[-0.01em]">
        <Explain figure={measure.figure}>
          {value === null ? (
            <span className="text-ink-3">n/a</span>
          ) : (
            <Percent value={measure.negative ? -value : value} sign={measure.sign ?? 'auto'} />
          )}
        </Explain>
      </p>
      <p className="text-sm text-ink-2 min-h-4">
        {value === null
          ? (performance.reasons[measure.figure] ?? 'Not enough is known')
          : measure.under(performance)}
      </p>
    </>
  );
}

function measures(locale: string): readonly Measure[] {
  const percent = (value: number | null | undefined) =>
    value === null || value === undefined ? null : formatPercent(value, locale, 'plus');
  return [
    {
      figure: 'twr',
      label: 'Return',
      sign: 'plus',
      under: ({ benchmark }) =>
        benchmark && percent(benchmark.twr)
          ? `${percent(benchmark.twr)} benchmark`
          : 'time-weighted',
    },
    { figure: 'twrAnnualised', label: 'Return a year', sign: 'plus', under: () => 'time-weighted' },
    {
      figure: 'xirr',
      label: 'Your return a year',
      sign: 'plus',
      under: ({ benchmark }) =>
        benchmark && percent(benchmark.xirr)
          ? `${percent(benchmark.xirr)} in the benchmark`
          : 'money-weighted',
    },
    {
      figure: 'simpleReturn',
      label: 'Simple return',
      sign: 'plus',
      under: () => 'gain on what was put in',
    },
    {
      figure: 'maxDrawdown',
      label: 'Worst fall',
      negative: true,
      under: ({ drawdown }) => {
        if (!drawdown) return 'from a peak';
        const from = `${formatMonth(drawdown.peak, locale)} to ${formatMonth(drawdown.trough, locale)}`;
        const back = drawdown.recovered
          ? `Back on ${formatDay(drawdown.recovered, locale)}`
          : 'Not made good yet';
        return <span title={back}>{from}</span>;
      },
    },
    { figure: 'volatility', label: 'Volatility', under: () => 'a year' },
  ];
}
