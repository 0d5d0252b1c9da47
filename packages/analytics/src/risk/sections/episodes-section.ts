import type { PanelInput, SeriesInput } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { cell } from '../../analysis/cells.ts';
import type { Cell, Chart, ReportTable } from '../../analysis/report.ts';
import { alignedReturns, type Book } from '../book.ts';
import { type Episode, episodes } from '../episodes.ts';
import { type Levels, levelsOf, replay } from '../replay.ts';
import { betasTo } from '../stress.ts';
import { type Section, section } from './section.ts';

/** Beta of each holding to the benchmark, over the days that both have. */
export interface MarketBetas {
  readonly name: string;
  /** By instrument; empty where there is no benchmark, or it cannot be laid beside the prices. */
  readonly byName: ReadonlyMap<string, number>;
  /** The benchmark's own levels, for episodes that it reaches back to. */
  readonly levels: Levels | undefined;
  readonly why: string | undefined;
}

/** Betas to a benchmark series; none, with the reason, where that cannot be. */
export function marketBetas(book: Book, benchmark: SeriesInput | undefined): MarketBetas {
  const none = (why: string): MarketBetas => ({
    name: benchmark?.name ?? 'the benchmark',
    byName: new Map(),
    levels: undefined,
    why,
  });
  if (!benchmark) return none('no benchmark was given');
  const aligned = alignedReturns(benchmark, book.days);
  if (!aligned.ok) return none(asReason(aligned.fault.detail));
  const rows = Array.from(aligned.value.keys()).filter((t) => !Number.isNaN(aligned.value[t]));
  if (rows.length < 20) {
    return none(`the benchmark has only ${rows.length} days in common with the instruments`);
  }
  const { columns, data } = book.instruments;
  const common = matrix(
    rows.length,
    columns,
    Float64Array.from(
      { length: rows.length * columns },
      (_, at) => data[rows[Math.floor(at / columns)] * columns + (at % columns)],
    ),
  );
  const betas = betasTo(
    common,
    Float64Array.from(rows, (t) => aligned.value[t]),
  );
  if (!betas.ok) return none(asReason(betas.fault.detail));
  return {
    name: benchmark.name ?? 'the benchmark',
    byName: new Map(book.names.map((name, i) => [name, betas.value[i]])),
    levels: levelsOf({
      ...benchmark,
      names: [benchmark.name ?? 'the benchmark'],
      values: benchmark.values.map((value) => [value]),
    }),
    why: undefined,
  };
}

/** A sentence as a reason after a colon: in lower case, without its full stop. */
const asReason = (detail: string): string =>
  detail.charAt(0).toLowerCase() + detail.slice(1).replace(/\.$/, '');

/**
 * Named falls of markets, replayed on the holdings of today. An instrument without prices then
 * counts with its beta times what the benchmark did then, or the S&P 500 where the
 * benchmark does not reach back either.
 */
export function episodesSection(
  book: Book,
  prices: PanelInput,
  { byName, why, name: index, levels: market }: MarketBetas,
  which: readonly Episode[] = episodes,
): Section {
  const levels = held(levelsOf(prices), book.names);
  const notes: string[] = [];
  let anyProxy = false;
  const rows: Cell[][] = [];
  for (const episode of which) {
    const own = market ? replay(market, Float64Array.of(1), episode).portfolio : null;
    const fell = own ?? episode.index;
    const standIn = (name: string): number | null => {
      const beta = byName.get(name);
      return beta === undefined ? null : Math.max(-1, beta * fell);
    };
    const found = replay(levels, book.weights, episode, standIn);
    if (found.portfolio === null) continue;
    anyProxy ||= found.proxied.length > 0;
    rows.push(rowOf(episode, book, found));
  }
  if (levels.days.length === 0) {
    notes.push('Prices without days cannot be replayed over episodes of the past.');
  } else if (anyProxy) {
    notes.push(
      `Where an instrument has no prices in an episode, its beta to ${index} (over the days given) times the return of that index then, or of the S&P 500 where it has none, stands for it.`,
    );
  } else if (why !== undefined && rows.length < which.length) {
    notes.push(`Episodes before the prices begin are left out: ${why}.`);
  }
  return section({
    tables: [tableOf(rows)],
    charts: rows.length > 0 ? [chartOf(rows)] : [],
    notes,
  });
}

function held(levels: Levels, names: readonly string[]): Levels {
  const places = names.map((name) => levels.names.indexOf(name));
  return {
    days: levels.days,
    names,
    values: Float64Array.from(
      { length: levels.days.length * names.length },
      (_, at) =>
        levels.values[
          Math.floor(at / names.length) * levels.names.length + places[at % names.length]
        ],
    ),
  };
}

function rowOf(
  { title, from, to, index }: Episode,
  { names, weights }: Book,
  { portfolio, returns, proxied, unknown }: ReturnType<typeof replay>,
): Cell[] {
  const worst = returns.reduce<number>((found, each, j) => {
    const loss = weights[j] * (each ?? 0);
    return loss < weights[found] * (returns[found] ?? 0) ? j : found;
  }, 0);
  const stoodIn = proxied.reduce((sum, name) => sum + Math.abs(weights[names.indexOf(name)]), 0);
  return [
    title,
    from,
    to,
    cell(portfolio),
    index,
    names[worst],
    cell(weights[worst] * (returns[worst] ?? 0)),
    stoodIn,
    unknown.length === 0 ? '' : unknown.join(', '),
  ];
}

const tableOf = (rows: readonly (readonly Cell[])[]): ReportTable => ({
  id: 'episodes',
  title: 'Falls of the past on the holdings of today',
  columns: [
    { id: 'episode', title: 'Episode' },
    { id: 'from', title: 'From the close of' },
    { id: 'to', title: 'To the close of' },
    { id: 'portfolio', title: 'Portfolio', unit: 'fraction' },
    { id: 'index', title: 'S&P 500', unit: 'fraction' },
    { id: 'worst', title: 'Worst holding' },
    { id: 'worst-part', title: 'Its part', unit: 'fraction' },
    { id: 'stood-in', title: 'Weight by beta', unit: 'fraction' },
    { id: 'unknown', title: 'Not known' },
  ],
  rows,
});

const chartOf = (rows: readonly (readonly Cell[])[]): Chart => ({
  id: 'episodes',
  title: 'Falls of the past',
  kind: 'bars',
  x: rows.map((row) => String(row[0])),
  lines: [
    { name: 'portfolio', values: rows.map((row) => Number(row[3])) },
    { name: 'S&P 500', values: rows.map((row) => Number(row[4])) },
  ],
  unit: 'fraction',
});
