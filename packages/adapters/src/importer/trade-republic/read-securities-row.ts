import { absolute, type Decimal, ok, one, type Price } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import { all, type Read, type Row } from '../../importer-kit/index.ts';
import { grossAmount } from '../../importer-kit/native/trade-amount.ts';
import { instrumentOf } from './instrument-of.ts';
import { headOf, type RowHead } from './row-head.ts';
import type { RowReading } from './row-reading.ts';

/** The instrument that a row must name. */
export function neededInstrument(row: Row): Read<InstrumentHint> {
  const code = row.required('symbol');
  if (!code.ok) return code;
  return ok(instrumentOf(code.value, row.text('name'), row.text('asset_class')) ?? {});
}

interface Facts {
  readonly head: RowHead;
  readonly instrument: InstrumentHint;
  /** Always positive. */
  readonly quantity: Decimal;
  readonly price: Price | undefined;
  /** Always positive; undefined where the row has none. */
  readonly amount: Decimal | undefined;
  /** Positive is paid. */
  readonly fee: Decimal;
  readonly tax: Decimal;
}

/** Reads a row of units: bought, sold, received or paid back. */
export function readSecuritiesRow(row: Row): Read<RowReading> {
  const facts = factsOf(row);
  switch (row.text('type')) {
    case 'BUY':
    case 'SELL':
      return facts.ok
        ? trade(row, facts.value, row.text('type') === 'BUY' ? 'buy' : 'sell')
        : facts;
    case 'FREE_RECEIPT':
      return facts.ok ? received(facts.value) : facts;
    case 'REDEMPTION':
    case 'FINAL_MATURITY':
      return facts.ok ? redeemed(facts.value) : facts;
  }
  return row.unknown('type');
}

function factsOf(row: Row): Read<Facts> {
  const read = all({
    head: headOf(row),
    instrument: neededInstrument(row),
    shares: row.decimal('shares'),
    price: row.optionalPrice('price'),
    amount: row.optionalDecimal('amount'),
    fee: row.decimalOrZero('fee'),
    tax: row.decimalOrZero('tax'),
  });
  if (!read.ok) return read;
  const { shares, amount, fee, tax, head, instrument, price } = read.value;
  if (shares === 0n) {
    return row.refuseCell('shares', {
      code: 'import.zero',
      reason: 'The row moves no units.',
      fix: 'Correct the shares, or leave the row out.',
    });
  }
  const quantity = absolute(shares);
  const sum = amount === undefined ? undefined : absolute(amount);
  return ok({ head, instrument, price, quantity, amount: sum, fee: -fee, tax: -tax });
}

/** The amount is gross, with fee and tax beside it; a few rows have them taken out of it already. */
function trade(row: Row, facts: Facts, type: 'buy' | 'sell'): Read<RowReading> {
  const { head, instrument, quantity, fee, tax } = facts;
  // Bonds are quoted in percent, so their price says nothing of the amount.
  const price = instrument.kind === 'bond' ? undefined : facts.price;
  const amount = grossAmount({
    side: type === 'buy' ? 1n : -1n,
    quantity,
    price,
    amount: facts.amount,
    fee,
    tax,
    accrued: 0n,
    multiplier: one,
    amountIs: undefined,
  });
  if (typeof amount !== 'bigint' || amount < 0n) {
    return row.refuseCell('amount', {
      code: 'import.amounts-disagree',
      reason: `The amount is more than 1 % away from shares × price, ${row.text('shares')} × ${row.text('price')}.`,
      fix: 'Export the file again, or correct the figures.',
    });
  }
  return ok({
    transactions: [
      {
        ...head,
        type,
        instrument: { ...instrument, currency: head.currency },
        quantity,
        ...(price === undefined ? {} : { price }),
        amount,
        fee,
        tax,
      },
    ],
  });
}

const received = ({ head, instrument, quantity, amount, fee, tax }: Facts): Read<RowReading> =>
  ok({
    transactions: [
      {
        ...head,
        type: 'delivery-in',
        instrument,
        quantity,
        ...(amount === undefined ? {} : { amount }),
        fee,
        tax,
      },
    ],
  });

const redeemed = ({ head, instrument, quantity, amount = 0n, fee, tax }: Facts): Read<RowReading> =>
  ok({ transactions: [{ ...head, type: 'redemption', instrument, quantity, amount, fee, tax }] });
