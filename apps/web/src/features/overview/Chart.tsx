import type { Performance, PerformanceSeries } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CalendarDays } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocale, usePrefs } from '../../data/prefs.ts';
import { coverageQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { formatDay, formatMonth, formatShortDay } from '../../format/days.ts';
import { formatCompact, formatMoney, formatPercent } from '../../format/numbers.ts';
import { hiddenAmount } from '../../ui/Amount.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { type Line, LineChart } from '../../viz/LineChart.tsx';
import { type ChartView, type OverviewSearch, type Range, rangeOf, ranges } from './search.ts';

interface ChartProps {
  readonly performance: Performance | undefined;
  readonly series: PerformanceSeries | undefined;
  readonly search: OverviewSearch;
}

const height = 296;

/** Value against what was paid in and against the same money in the benchmark. */
export function Chart({ performance, series, search }: ChartProps) {
  const navigate = useNavigate({ from: '/overview' });
  const change = (
    next: Partial<{ [Key in keyof OverviewSearch]: OverviewSearch[Key] | undefined }>,
  ) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const view = search.view ?? 'value';
  return (
    <section aria-label="Chart" className="mt-6">
      <div className="flex flex-wrap gap-3 justify-between mb-3">
        <Segmented
          label="What the chart shows"
          value={view}
          options={[
            { value: 'value', label: 'Value' },
            {
              value: 'return',
              label: 'Return',
              hint: 'Time-weighted: as if nothing was paid in or out',
            },
            { value: 'fall', label: 'Falls', hint: 'How far below its highest point' },
          ]}
          onChange={(next: ChartView) => change({ view: next === 'value' ? undefined : next })}
        />
        <div className="flex gap-1 items-center w-full sm:w-auto">
          <Segmented
            label="Period"
            stretch
            value={rangeOf(search)}
            options={ranges.map((value) => ({ value, label: value === 'MAX' ? 'Max' : value }))}
            onChange={(range: Range) =>
              change({ range: range === 'MAX' ? undefined : range, from: undefined, to: undefined })
            }
          />
          <OwnDays search={search} onChange={change} performance={performance} />
        </div>
      </div>
      <div className="min-h-[452px] sm:min-h-[340px]">
        <Plot
          performance={performance}
          series={series}
          view={view}
          footer={
            <Benchmark
              value={search.bench ?? ''}
              onChange={(bench) => change({ bench: bench || undefined })}
              performance={performance}
            />
          }
        />
      </div>
    </section>
  );
}

interface PlotProps {
  readonly performance: Performance | undefined;
  readonly series: PerformanceSeries | undefined;
  readonly view: ChartView;
  readonly footer: ReactNode;
}

function Plot({ performance, series, view, footer }: PlotProps) {
  const locale = useLocale();
  const hidden = usePrefs((prefs) => prefs.hideAmounts);
  if (!series) {
    return (
      <div role="status" aria-label="Fetching the chart">
        <Skeleton className="w-full h-[296px]" />
        <div className="h-9 mt-1" />
      </div>
    );
  }
  if (series.days.length < 2) {
    return (
      <div
        className="grid place-items-center border border-dashed border-line-strong rounded-lg text-ink-2"
        style={{ height: height + 36 }}
      >
        <p>
          A line needs two days. There is {series.days.length === 1 ? 'one' : 'none'} in this
          period.
        </p>
      </div>
    );
  }
  const money = view === 'value';
  const { currency } = series;
  const percent = (value: number) =>
    formatPercent(value, locale, view === 'return' ? 'plus' : 'auto');
  const label = performance?.benchmark
    ? `Same money in ${performance.benchmark.label}`
    : 'Benchmark';
  const lines = linesOf(series, view, label);
  const hiddenOr = (text: string) => (hidden ? hiddenAmount : text);
  return (
    <LineChart
      name={`plimsoll-${view}`}
      footer={footer}
      days={series.days}
      lines={lines}
      height={height}
      includeZero={money}
      summary={summaryOf(series, view, locale, hidden)}
      axisText={(value) =>
        money ? hiddenOr(formatCompact(value, locale, currency)) : percent(value)
      }
      exactText={(value) =>
        money
          ? hiddenOr(formatMoney(value.toFixed(2), { locale, currency }))
          : formatPercent(value, locale, view === 'return' ? 'plus' : 'auto', 2)
      }
      dayText={(day) => formatDay(day, locale)}
      tickText={(day, unit) =>
        unit === 'year'
          ? day.slice(0, 4)
          : unit === 'month'
            ? formatMonth(day, locale)
            : formatShortDay(day, locale)
      }
    />
  );
}

function linesOf(series: PerformanceSeries, view: ChartView, benchmark: string): Line[] {
  if (view === 'return') return [{ key: 'twr', label: 'Return', look: 'main', values: series.twr }];
  if (view === 'fall') {
    const values = series.drawdown.map((fall) => (fall === null ? null : -fall));
    return [{ key: 'drawdown', label: 'Below the peak', look: 'loss', values }];
  }
  const compared = series.benchmark;
  return [
    { key: 'value', label: 'Portfolio', look: 'main', values: series.value },
    ...(compared
      ? [
          {
            key: 'benchmark',
            label: benchmark.replace('Same money in ', 'In '),
            look: 'benchmark',
            values: compared,
          } as const,
        ]
      : []),
    { key: 'paid_in', label: 'Paid in', look: 'paid', values: series.paidIn },
  ];
}

function summaryOf(
  series: PerformanceSeries,
  view: ChartView,
  locale: string,
  hidden: boolean,
): string {
  const first = formatDay(series.days[0] ?? '', locale);
  const last = formatDay(series.days.at(-1) ?? '', locale);
  const between = `from ${first} to ${last}`;
  if (view === 'return') return `Time-weighted return ${between}.`;
  if (view === 'fall') return `Fall below the highest point ${between}.`;
  const end = series.value.findLast((value) => value !== null);
  const worth =
    end === undefined || end === null || hidden
      ? ''
      : `, ending at ${formatMoney(end.toFixed(2), { locale, currency: series.currency })}`;
  return `Value against what was paid in, ${between}${worth}.`;
}

interface OwnDaysProps {
  readonly search: OverviewSearch;
  readonly performance: Performance | undefined;
  readonly onChange: (days: {
    from?: string | undefined;
    to?: string | undefined;
    range?: undefined;
  }) => void;
}

function OwnDays({ search, performance, onChange }: OwnDaysProps) {
  const own = Boolean(search.from || search.to);
  return (
    <Disclosure
      label={
        own
          ? `Days of your own: ${search.from ?? 'the start'} to ${search.to ?? 'today'}`
          : 'Choose days of your own'
      }
      buttonClass={`grid place-items-center size-8 pointer-coarse:size-11 rounded-md hover:bg-hover ${own ? 'bg-panel text-accent-ink shadow-[0_0_0_1px_var(--line-strong)]' : 'text-ink-2'}`}
      panelClass="right-0 w-64"
      button={<CalendarDays size={16} aria-hidden />}
    >
      {() => (
        <div className="p-2 space-y-3">
          <Field label="From" hint="The value at the end of this day is where it starts.">
            {(control) => (
              <input
                {...control}
                type="date"
                className="control"
                value={search.from ?? ''}
                max={search.to}
                onChange={(event) =>
                  onChange({ from: event.target.value || undefined, range: undefined })
                }
              />
            )}
          </Field>
          <Field label="To">
            {(control) => (
              <input
                {...control}
                type="date"
                className="control"
                value={search.to ?? ''}
                min={search.from}
                max={performance?.to}
                onChange={(event) =>
                  onChange({ to: event.target.value || undefined, range: undefined })
                }
              />
            )}
          </Field>
        </div>
      )}
    </Disclosure>
  );
}

interface BenchmarkProps {
  readonly value: string;
  readonly performance: Performance | undefined;
  readonly onChange: (value: string) => void;
}

function Benchmark({ value, performance, onChange }: BenchmarkProps) {
  const scope = useScope();
  const locale = useLocale();
  const coverage = useQuery(coverageQuery(scope));
  const compared = performance?.benchmark;
  const known = coverage.data ?? [];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-ink-2">
      <label htmlFor="benchmark">Compared with</label>
      <select
        id="benchmark"
        className="control w-auto! max-w-60"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">
          {compared && value === '' ? `${compared.label}, its benchmark` : 'Its own benchmark'}
        </option>
        <option value="none">Nothing</option>
        {known.map((each) => (
          <option key={each.instrumentId} value={each.instrumentId}>
            {each.label}
          </option>
        ))}
      </select>
      <p className="text-sm min-h-4">
        {compared?.twr !== null &&
          compared?.twr !== undefined &&
          `${compared.label} returned ${formatPercent(compared.twr, locale, 'plus')} over the same days`}
        {compared?.value === null &&
          (compared.reasons['value'] ?? 'It has no prices over these days')}
        {performance && !compared && value !== 'none' && 'No benchmark is chosen'}
      </p>
    </div>
  );
}
