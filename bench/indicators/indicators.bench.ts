import {
  type Indicator,
  type IndicatorColumns,
  type IndicatorParameters,
  indicatorById,
  runIndicator,
  streamIndicator,
} from '@plimsoll/analytics/indicators';
import { present, seededRandom } from '@plimsoll/kernel';
import { line, megabytes, ms, take } from '../report.ts';

const bars = 1_000_000;

/** The fourteen that peers are measured with, at their usual periods. */
const measured: readonly (readonly [id: string, params: IndicatorParameters])[] = [
  ['sma', { period: 20 }],
  ['ema', { period: 20 }],
  ['wma', { period: 20 }],
  ['rsi', { period: 14 }],
  ['macd', {}],
  ['bollinger', { period: 20 }],
  ['atr', { period: 14 }],
  ['stochastic', { period: 14 }],
  ['adx', { period: 14 }],
  ['obv', {}],
  ['cci', { period: 20 }],
  ['williams-r', { period: 14 }],
  ['money-flow-index', { period: 14 }],
  ['roc', { period: 10 }],
];

function walk(n: number): Required<Pick<IndicatorColumns, 'high' | 'low' | 'close' | 'volume'>> {
  const random = seededRandom(1);
  const close = new Float64Array(n);
  let price = 100;
  for (let i = 0; i < n; i++) {
    price *= Math.exp(0.0005 * random.normal());
    close[i] = price;
  }
  const high = close.map((x) => x * (1 + 0.0004 * random.next()));
  const low = close.map((x) => x * (1 - 0.0004 * random.next()));
  return { high, low, close, volume: close.map(() => random.integer(10_000)) };
}

/** The least CPU time of several runs: what the work takes undisturbed. */
async function leastCpu(work: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < 7; k++) least = Math.min(least, (await take(work)).cpuMs);
  return least;
}

const perBar = (milliseconds: number): string => ((milliseconds * 1e6) / bars).toFixed(1);

const found = (id: string): Indicator => present(indicatorById(id), `indicator ${id}`);

/** Fourteen indicators over a million bars, in one thread, and one of them bar by bar. */
export async function run(): Promise<void> {
  const columns = walk(bars);
  const all = measured.map(([id, params]) => ({ id, params, indicator: found(id) }));
  const pass = (): void => {
    for (const { indicator, params } of all) runIndicator(indicator, params, columns);
  };

  line(`${bars.toLocaleString('en')} bars`, 'CPU', 'ns a bar', 'columns');
  for (const { id, indicator, params } of all) {
    const time = await leastCpu(() => runIndicator(indicator, params, columns));
    const touched = indicator.needs.length + indicator.outputs.length;
    line(id, ms(time), perBar(time), String(touched));
  }

  const kept = all.map(({ indicator }) => indicator.outputs.map(() => new Float64Array(bars)));
  const again = (): void => {
    all.forEach(({ indicator, params }, k) => {
      runIndicator(indicator, params, columns, kept[k]);
    });
  };
  const fresh = await leastCpu(pass);
  const inPlace = await leastCpu(again);
  line('all fourteen, CPU, fresh columns', ms(fresh), perBar(fresh));
  line('all fourteen, CPU, into columns given', ms(inPlace), perBar(inPlace));

  const bytes = all.reduce(
    (sum, { indicator }) => sum + 8 * bars * (indicator.needs.length + indicator.outputs.length),
    0,
  );
  const to = new Float64Array(bars);
  const copy = await leastCpu(() => to.set(columns.close));
  const floor = (copy * bytes) / (2 * 8 * bars);
  line('memory floor: columns read and written', ms(floor), perBar(floor), megabytes(bytes));
  line('distance from it', `${(inPlace / floor).toFixed(1)}×`);
  line('memory of the process', megabytes(process.memoryUsage.rss()));

  const { indicator, params } = present(all[3], 'rsi');
  const streamed = await take(() => {
    const stream = streamIndicator(indicator, params);
    for (let i = 0; i < bars; i++) stream.push({ close: columns.close[i] ?? Number.NaN });
    return stream.latest();
  });
  line('rsi bar by bar', ms(streamed.cpuMs), perBar(streamed.cpuMs));
}
