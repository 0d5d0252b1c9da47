import { ReturnSample } from '@plimsoll/analytics/statistics';
import type { Day } from '@plimsoll/kernel';
import type { Facts } from '../../case-facts.ts';
import { type Columns, select } from '../../golden-data.ts';
import type { Surroundings } from '../../runner.ts';

/** The numbers of a case as a sample. Rates of its input are taken unless another is given. */
export function sampleOf(
  input: Facts,
  { data }: Surroundings,
  free: 'none' | 'given' = 'none',
): ReturnSample {
  const perYear = Number(input['periods_per_year'] ?? input['scale'] ?? 252);
  const range = (input['price_range'] ?? input['range']) as [string, string] | undefined;
  const column = (file: string, name: string | undefined): Columns =>
    select(data.columns(file), {
      ...(name === undefined ? {} : { names: [name] }),
      ...(range ? { range } : {}),
    });
  const own = column(String(input['file']), textOf(input['column']));
  const [benchmarkFile, benchmarkName] = String(input['benchmark'] ?? '').split(':');
  const other = benchmarkFile ? column(benchmarkFile, benchmarkName) : undefined;
  const prices = monthEnds(joined(own, other), input['resample'] ?? input['frequency']);
  const returns = (of: readonly number[]): Float64Array =>
    Float64Array.from(of.slice(1), (price, i) => price / (of[i] ?? Number.NaN) - 1);
  return new ReturnSample({
    returns: returns(prices.map(({ price }) => price)),
    ...(other ? { benchmark: returns(prices.map(({ benchmark }) => benchmark)) } : {}),
    days: prices.slice(1).map(({ day }) => day),
    start: prices[0]?.day ?? null,
    perYear,
    riskFree: free === 'none' ? 0 : freeOf(input, perYear),
  });
}

/** `Rf` is per period, as R has it; `rf_annual` is compounded. */
function freeOf(input: Facts, perYear: number): number {
  if (typeof input['Rf'] === 'number') return input['Rf'];
  return (1 + Number(input['rf_annual'] ?? 0)) ** (1 / perYear) - 1;
}

interface Priced {
  readonly day: Day;
  readonly price: number;
  readonly benchmark: number;
}

/** The days on which both have a price. */
function joined(own: Columns, other: Columns | undefined): Priced[] {
  const others = new Map(other?.days.map((day, i) => [day, other.values[i] ?? Number.NaN]));
  return own.days.flatMap((day, i) => {
    const price = own.values[i * own.names.length] ?? Number.NaN;
    const benchmark = other ? (others.get(day) ?? Number.NaN) : 1;
    return Number.isFinite(price) && Number.isFinite(benchmark)
      ? [{ day: day as Day, price, benchmark }]
      : [];
  });
}

/** The last row of each month, where the case says that its prices are monthly. */
function monthEnds(prices: readonly Priced[], frequency: unknown): readonly Priced[] {
  if (!/^m/i.test(textOf(frequency) ?? '')) return prices;
  return prices.filter(({ day }, i) => prices[i + 1]?.day.slice(0, 7) !== day.slice(0, 7));
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
