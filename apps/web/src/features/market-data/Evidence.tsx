import type { QualityItem } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { barsAroundQuery } from '../../data/market-queries.ts';
import { useLocale } from '../../data/prefs.ts';
import { useScope } from '../../data/scope.ts';
import { formatDay, isDay } from '../../format/days.ts';
import { describe, Skeleton } from '../../ui/states.tsx';
import { NeighbourChart } from './NeighbourChart.tsx';
import { dayAfter, neighbourhoodOf } from './neighbourhood.ts';
import { oddClose, repairFigures, rowFigures } from './quality-words.ts';

interface EvidenceProps {
  readonly item: QualityItem;
  readonly instrument: string;
}

/** The figures of a finding, and the prices around its day. */
export function Evidence({ item, instrument }: EvidenceProps) {
  return (
    <div className="mt-2 grid gap-x-10 gap-y-4 lg:grid-cols-[minmax(0,320px)_minmax(0,420px)]">
      {item.kind === 'row' && <RowTable evidence={item.evidence} />}
      {item.kind === 'repair' && <RepairTable evidence={item.evidence} />}
      {isDay(item.day) && <Around item={item} instrument={instrument} />}
    </div>
  );
}

const numberText = (value: number, locale: string) =>
  new Intl.NumberFormat(locale, { maximumSignificantDigits: 10 }).format(value);

function Terms({ terms }: { readonly terms: readonly (readonly [string, string])[] }) {
  return (
    <dl className="self-start">
      {terms.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-6 py-1 border-b border-line">
          <dt className="text-ink-2">{name}</dt>
          <dd className="text-right break-words min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function RowTable({ evidence }: Pick<QualityItem, 'evidence'>) {
  const locale = useLocale();
  const figures = rowFigures(evidence);
  if (figures.length === 0)
    return <p className="text-ink-2">The row came without figures that could be kept.</p>;
  return (
    <Terms
      terms={figures.map(({ name, value }) => {
        const number = Number(value);
        return [name, Number.isFinite(number) ? numberText(number, locale) : value];
      })}
    />
  );
}

function RepairTable({ evidence }: Pick<QualityItem, 'evidence'>) {
  const locale = useLocale();
  const figures = repairFigures(evidence);
  if (figures === null) return <p className="text-ink-2">The evidence of it was not kept.</p>;
  const { before, after, factor, from, until, rows, fields, certainty } = figures;
  const value = (number: number | null) =>
    number === null ? 'unknown' : numberText(number, locale);
  const on = (day: string) => (isDay(day) ? formatDay(day, locale) : day);
  return (
    <Terms
      terms={[
        ['Before → after', `${value(before)} → ${value(after)}`],
        ...(factor === null || factor === 1
          ? []
          : [['Factor', numberText(factor, locale)] as const]),
        ['Days', from === until ? on(from) : `${on(from)} to ${on(until)}`],
        ['Rows', String(rows)],
        ...(fields === '' ? [] : [['Figures', fields] as const]),
        ...(certainty === null ? [] : [['Certainty', certainty.toFixed(1)] as const]),
      ]}
    />
  );
}

const daysAround = 45;
const box = { width: 420, height: 120 } as const;

function Around({ item, instrument }: EvidenceProps) {
  const { day } = item;
  const bars = useQuery(
    barsAroundQuery(useScope(), {
      instrument,
      from: dayAfter(day, -daysAround),
      until: dayAfter(day, daysAround),
    }),
  );
  if (bars.isPending) return <Skeleton className="h-[150px] w-full" />;
  if (bars.isError) return <p className="text-ink-2">{describe(bars.error)}</p>;
  const around = neighbourhoodOf(bars.data, { day, close: oddClose(item) }, box);
  if (around === null) return <p className="text-ink-2">There are no prices around that day.</p>;
  return <NeighbourChart around={around} box={box} day={day} kind={item.kind} />;
}
