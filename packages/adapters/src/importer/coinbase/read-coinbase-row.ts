import type { IncomeType } from '@plimsoll/domain';
import { absolute, type Decimal, decimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { isFiat, type Outcome, type Read, type Row, whenFields } from '../../importer-kit/index.ts';
import { coin } from './coin.ts';
import { type RowFacts, rowFacts } from './row-facts.ts';

type Meaning =
  | { readonly does: 'trade'; readonly type: 'buy' | 'sell' }
  | { readonly does: 'move'; readonly inwards: boolean }
  | { readonly does: 'earn'; readonly type: IncomeType };

const buys: Meaning = { does: 'trade', type: 'buy' };
const sells: Meaning = { does: 'trade', type: 'sell' };
const comesIn: Meaning = { does: 'move', inwards: true };
const goesOut: Meaning = { does: 'move', inwards: false };
const stakes: Meaning = { does: 'earn', type: 'staking' };
const earns: Meaning = { does: 'earn', type: 'other-income' };

const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['Buy', buys],
  ['Advance Trade Buy', buys],
  ['Advanced Trade Buy', buys],
  ['Sell', sells],
  ['Advance Trade Sell', sells],
  ['Advanced Trade Sell', sells],
  ['Receive', comesIn],
  ['Deposit', comesIn],
  ['Pro Withdrawal', comesIn],
  ['Exchange Withdrawal', comesIn],
  ['Send', goesOut],
  ['Withdrawal', goesOut],
  ['Pro Deposit', goesOut],
  ['Exchange Deposit', goesOut],
  ['Staking Income', stakes],
  ['Rewards Income', stakes],
  ['Inflation Reward', stakes],
  ['Learning Reward', earns],
  ['Coinbase Earn', earns],
  ['Reward Income', earns],
  ['Incentives Rewards Payout', earns],
]);

/** Reads a row of any type but a conversion. */
export function readCoinbaseRow(row: Row, id: string | undefined): Read<Outcome> {
  const meaning = meanings.get(row.text('Transaction Type'));
  if (!meaning) return row.unknown('Transaction Type');
  const facts = rowFacts(row);
  if (!facts.ok) return facts;
  if (facts.value.quantity === 0n) {
    return row.refuseCell('Quantity Transacted', {
      code: 'import.zero',
      reason: 'The row moves a quantity of 0.',
      fix: 'Correct the quantity, or leave the row out.',
    });
  }
  if (meaning.does === 'trade') return readTrade(row, id, { ...facts.value, type: meaning.type });
  const transaction =
    meaning.does === 'move'
      ? movement(facts.value, meaning.inwards)
      : income(facts.value, meaning.type);
  return taken(row, id, transaction);
}

const taken = (row: Row, id: string | undefined, transaction: ImportedTransaction): Read<Outcome> =>
  ok({ row: { line: row.line, ...(id === undefined ? {} : { externalId: id }), transaction } });

function readTrade(
  row: Row,
  id: string | undefined,
  facts: RowFacts & { readonly type: 'buy' | 'sell' },
): Read<Outcome> {
  const { type, asset, quantity, currency, price, subtotal, fee } = facts;
  const net = type === 'buy' ? subtotal + fee : subtotal - fee;
  if (!agree(net, facts.total)) {
    return row.refuseCell('Total (inclusive of fees and/or spread)', {
      code: 'import.amounts-disagree',
      reason: `The total is not the subtotal ${row.text('Subtotal')} ${type === 'buy' ? 'plus' : 'less'} the fees ${row.text('Fees and/or Spread') || '0'}.`,
      fix: 'Export the report again, or correct the figures.',
    });
  }
  return taken(row, id, {
    ...whenFields(facts.when),
    type,
    instrument: { ...coin(asset), currency },
    quantity,
    ...(price === undefined ? {} : { price }),
    amount: subtotal,
    currency,
    fee,
    tax: 0n,
  });
}

const cents = decimal('0.02');

/** Coinbase rounds each figure by itself: to within two cents, or 1 %. */
const agree = (a: Decimal, b: Decimal): boolean =>
  absolute(a - b) <= cents || absolute(a - b) * 100n <= absolute(b);

function movement(facts: RowFacts, inwards: boolean): ImportedTransaction {
  const { asset, quantity, currency, subtotal, total } = facts;
  if (isFiat(asset)) {
    const type = inwards ? 'deposit' : 'withdrawal';
    return { ...whenFields(facts.when), type, amount: quantity, currency: asset };
  }
  return {
    ...whenFields(facts.when),
    type: inwards ? 'delivery-in' : 'delivery-out',
    instrument: coin(asset),
    quantity,
    // The quantity sent includes the network's fee, which the total counts in.
    amount: inwards ? subtotal : total,
    currency,
    fee: 0n,
    tax: 0n,
  };
}

function income(facts: RowFacts, type: IncomeType): ImportedTransaction {
  const { asset, quantity, currency, subtotal } = facts;
  const plain = { ...whenFields(facts.when), type, fee: 0n, tax: 0n };
  if (isFiat(asset)) return { ...plain, instrument: undefined, amount: quantity, currency: asset };
  const instrument = coin(asset);
  return { ...plain, instrument, amount: subtotal, currency, reinvested: { instrument, quantity } };
}
