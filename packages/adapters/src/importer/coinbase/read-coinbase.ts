import { absolute, type Decimal } from '@plimsoll/kernel';
import type { ParsedFile } from '@plimsoll/ports';
import { type CsvTable, Reading, type Row, rowsOf } from '../../importer-kit/index.ts';
import { readCoinbaseRow } from './read-coinbase-row.ts';
import { readConvert } from './read-convert.ts';

/** Reads a whole report. */
export function readCoinbase(table: CsvTable): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  const moved = stakingMoves(rows);
  const idOf = uniqueIds(rows);
  for (const row of rows) {
    if (moved.has(row.line)) {
      reading.ignore(row.line, 'Staked ETH (ETH2) and ETH are one coin; it moved between them.');
    } else if (row.text('Transaction Type') === 'Convert') {
      settleConvert(reading, row, idOf(row));
    } else {
      reading.settle([row.line], readCoinbaseRow(row, idOf(row)));
    }
  }
  return reading.finish();
}

function settleConvert(reading: Reading, row: Row, id: string | undefined): void {
  const converted = readConvert(row, id);
  if (!converted.ok) {
    reading.refuse(converted.fault);
  } else if (converted.value === 'same coin') {
    reading.ignore(row.line, 'Staked ETH (ETH2) and ETH are one coin; nothing was traded.');
  } else {
    for (const one of converted.value) reading.take(one);
  }
}

/** Ids that stand in one row only; reports that were put together by hand repeat them. */
function uniqueIds(rows: readonly Row[]): (row: Row) => string | undefined {
  const times = new Map<string, number>();
  for (const row of rows) times.set(row.text('ID'), (times.get(row.text('ID')) ?? 0) + 1);
  return (row) => {
    const id = row.text('ID');
    return id !== '' && times.get(id) === 1 ? id : undefined;
  };
}

const movingTypes: ReadonlySet<string> = new Set([
  'Retail Eth2 Deprecation',
  'Retail Unstaking Transfer',
  'Retail Staking Transfer',
  'Eth2 Deprecation',
  'Send',
  'Receive',
]);

/**
 * Lines of two rows that move the same quantity of ETH out of one balance and into another: by the
 * retail staking types on the same day, by send and receive of ETH2 and ETH at the same instant.
 */
function stakingMoves(rows: readonly Row[]): ReadonlySet<number> {
  const waiting = new Map<string, Row[]>();
  const moved = new Set<number>();
  for (const row of rows) {
    const move = moveOf(row);
    if (!move) continue;
    const opposite = waiting.get(move.oppositeKey);
    const partner = opposite?.pop();
    if (partner) {
      moved.add(partner.line).add(row.line);
    } else {
      const others = waiting.get(move.key);
      if (others) others.push(row);
      else waiting.set(move.key, [row]);
    }
  }
  return moved;
}

function moveOf(row: Row): { readonly key: string; readonly oppositeKey: string } | undefined {
  const type = row.text('Transaction Type');
  const asset = row.text('Asset');
  if (!movingTypes.has(type) || (asset !== 'ETH' && asset !== 'ETH2')) return undefined;
  const quantity = row.decimal('Quantity Transacted');
  if (!quantity.ok || quantity.value === 0n) return undefined;
  const retail = type !== 'Send' && type !== 'Receive';
  const outwards = quantity.value < 0n;
  const move = {
    type: retail ? type : 'Send',
    when: retail ? row.text('Timestamp').slice(0, 10) : row.text('Timestamp'),
    quantity: quantity.value,
    from: retail ? '' : coinSent(asset, outwards),
  };
  return {
    key: moveKey({ ...move, out: outwards }),
    oppositeKey: moveKey({ ...move, out: !outwards }),
  };
}

/** The name of the coin that was sent, as the row of either side shows it. */
const coinSent = (asset: string, outwards: boolean): string =>
  outwards === (asset === 'ETH') ? 'ETH' : 'ETH2';

const moveKey = (move: {
  readonly type: string;
  readonly when: string;
  readonly quantity: Decimal;
  readonly out: boolean;
  readonly from: string;
}): string =>
  [move.type, move.when, absolute(move.quantity), move.out ? 'out' : 'in', move.from].join('|');
