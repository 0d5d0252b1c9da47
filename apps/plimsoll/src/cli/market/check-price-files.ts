import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Gated, gateBars, noFacts, type PriceAction, type PriceFacts } from '@plimsoll/domain';
import { dayFromNumber, dayNumber } from '@plimsoll/kernel';
import type { DailyHistory, PriceFileReader, PriceFileSeries } from '@plimsoll/ports';
import { loadPriceReaders } from '../../compose.ts';
import type { Call } from '../command.ts';
import { priceFilesIn, readGiven } from '../read-files.ts';
import { CommandRefusal, UsageRefusal } from '../refusals.ts';
import { plain, table } from '../table.ts';

/** A series of a file as the quality gate sees it. */
interface Checked {
  readonly file: string;
  readonly symbol: string;
  readonly history: DailyHistory;
  readonly gated: Gated;
}

/**
 * What the quality gate makes of price files: what it mends, keeps back or finds odd. Nothing is
 * imported. With `--write`, the mended series are written as CSV files to a folder.
 */
export async function checkPriceFiles(call: Call, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) throw new UsageRefusal('PATH is missing.');
  const readers = await loadPriceReaders();
  const facts: PriceFacts = {
    ...noFacts,
    prices: call.flag('as-traded') ? 'as-traded' : 'split-adjusted',
  };
  const checked: Checked[] = [];
  const refused: string[] = [];
  for (const path of await priceFilesIn(paths)) {
    const { name, bytes } = await readGiven(path);
    const read = readWith(readers, name, bytes);
    if (read === null) refused.push(`${basename(name)} holds no daily prices.`);
    else checked.push(...read.map((series) => check(basename(name), series, facts)));
  }
  if (checked.length === 0) {
    throw new CommandRefusal({ code: 'prices.refused', detail: 'No prices were read.' }, refused);
  }
  const folder = call.text('write');
  if (folder !== undefined) for (const one of checked) writeMended(folder, one);
  if (call.json) call.output.json(checked.map(asJson));
  else print(call, checked);
  for (const line of refused) call.output.note(plain(line));
}

function readWith(
  readers: readonly PriceFileReader[],
  name: string,
  bytes: Uint8Array,
): readonly PriceFileSeries[] | null {
  for (const reader of readers) {
    const answer = reader.read(name, bytes);
    if (answer.ok && answer.value.length > 0) return answer.value;
  }
  return null;
}

function check(file: string, { symbol, history }: PriceFileSeries, facts: PriceFacts): Checked {
  const actions = history.actions.flatMap(({ kind, day, value }): PriceAction[] => {
    const on = dayNumber(day);
    if (kind === 'split') return [{ kind: 'split', day: on, ratio: value }];
    return kind === 'dividend' ? [{ kind: 'dividend', day: on, amount: value }] : [];
  });
  const gated = gateBars(history.bars, actions, { ...facts, currency: history.currency });
  return { file, symbol, history, gated };
}

const asJson = ({ file, symbol, history, gated }: Checked) => ({
  file,
  symbol,
  days: gated.accepted.days.length,
  repairs: gated.repairs.map((one) => ({
    ...one,
    day: dayFromNumber(one.day),
    from: dayFromNumber(one.from),
    until: dayFromNumber(one.until),
    before: finite(one.before),
    after: finite(one.after),
    factor: finite(one.factor),
    certainty: finite(one.certainty),
  })),
  keptBack: [
    ...history.rejected.map(({ day, reason }) => ({ day, reason })),
    ...gated.quarantined.map(({ day, reason }) => ({ day: dayFromNumber(day), reason })),
  ],
  notes: gated.notes.map(({ day, kind, detail }) => ({ day: dayFromNumber(day), kind, detail })),
});

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function print(call: Call, checked: readonly Checked[]): void {
  const rows = checked.flatMap((one) => {
    const { repairs, keptBack, notes } = asJson(one);
    return [
      ...repairs.map(({ day, code, why }) => [one.symbol, day, `mended: ${code}`, why]),
      ...keptBack.map(({ day, reason }) => [one.symbol, day, 'kept back', reason]),
      ...notes.map(({ day, kind, detail }) => [one.symbol, day, `odd: ${kind}`, detail]),
    ].map((row) => row.map(plain));
  });
  if (rows.length > 0) call.output.print(table(columns, rows));
  const count = (of: (one: Checked) => number) => checked.reduce((sum, one) => sum + of(one), 0);
  call.output.print(
    `${checked.length} series, ${count(({ gated }) => gated.accepted.days.length)} days: ` +
      `${count(({ gated }) => gated.repairs.length)} mended, ` +
      `${count(({ gated, history }) => gated.quarantined.length + history.rejected.length)} kept back, ` +
      `${count(({ gated }) => gated.notes.length)} odd.`,
  );
}

const columns = ['Symbol', 'Day', 'What', 'Why'].map((title) => ({ title }));

/** The series as the gate lets it through, oldest first, in the usual columns. */
function writeMended(folder: string, { symbol, gated }: Checked): void {
  const { accepted, actions } = gated;
  const dividends = new Map<number, number>();
  const splits = new Map<number, number>();
  for (const action of actions) {
    if (action.kind === 'split') splits.set(action.day, action.ratio);
    else dividends.set(action.day, (dividends.get(action.day) ?? 0) + action.amount);
  }
  const cell = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '' : String(value);
  const lines = [...accepted.days].map((day, row) =>
    [
      dayFromNumber(day),
      cell(accepted.open[row]),
      cell(accepted.high[row]),
      cell(accepted.low[row]),
      cell(accepted.close[row]),
      cell(accepted.adjustedClose[row]),
      cell(accepted.volume[row]),
      cell(dividends.get(day) ?? 0),
      cell(splits.get(day) ?? 0),
    ].join(','),
  );
  const header = 'Date,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits';
  const name = `${symbol.replaceAll(/[^\w.-]/g, '_')}.csv`;
  writeFileSync(join(folder, name), `${[header, ...lines].join('\n')}\n`);
}
