import { type BarColumns, gateBars, noFacts, type PriceAction } from '@plimsoll/domain';
import { seededRandom } from '@plimsoll/kernel';
import { line, median, megabytes, ms, title } from '../report.ts';

/** A series of `length` days that pays every 63 of them, splits once, and moves by `spread` a day. */
function series(length: number, spread: number, seed: number) {
  const { normal } = seededRandom(seed);
  let price = 50;
  const close = Float64Array.from({ length }, () => {
    price *= Math.exp(spread * normal());
    return price;
  });
  const days = Int32Array.from(close, (_, i) => i - length / 2);
  const bars: BarColumns = {
    days,
    open: close,
    high: close.map((value) => value * 1.01),
    low: close.map((value) => value * 0.99),
    close,
    adjustedClose: close,
    volume: close.map(() => Math.round(1e6 * Math.exp(0.4 * normal()))),
  };
  const actions: PriceAction[] = [
    { kind: 'split', day: days[length >> 1] ?? 0, ratio: 2 },
    ...Array.from({ length: Math.floor(length / 63) }, (_, i): PriceAction => {
      const place = 63 * i + 40;
      return { kind: 'dividend', day: days[place] ?? 0, amount: 0.01 * (close[place] ?? 0) };
    }),
  ];
  return { bars, actions };
}

/** The quality gate over a shelf of symbols, and over one series that is very long or all over the place. */
export async function run(): Promise<void> {
  title(
    'Quality gate of daily bars; 1 M rows < 2 s. Reading each column once at 10 GB/s is the limit',
  );
  line('work', 'time', 'rows/s', 'bars', 'times the limit');
  for (const [name, symbols, length, spread] of [
    ['250 symbols × 10 years', 250, 2520, 0.015],
    ['one series of 1 M rows', 1, 1_000_000, 0.005],
    ['one of 1 M rows, all over the place', 1, 1_000_000, 3],
  ] as const) {
    const shelf = Array.from({ length: symbols }, (_, i) => series(length, spread, i + 1));
    const taken = await median(3, () => {
      for (const { bars, actions } of shelf) gateBars(bars, actions, noFacts);
    });
    const rows = symbols * length;
    const bytes = rows * (4 + 6 * 8);
    const rate = `${((rows / taken.wallMs) * 1e-3).toFixed(2)} M`;
    const limitMs = bytes / 1e7;
    line(name, ms(taken.wallMs), rate, megabytes(bytes), `${(taken.wallMs / limitMs).toFixed(0)}`);
  }
}
