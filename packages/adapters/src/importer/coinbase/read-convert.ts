import { type Decimal, least, ok } from '@plimsoll/kernel';
import type { ImportedRow } from '@plimsoll/ports';
import { type Read, type Row, readNumber, whenFields } from '../../importer-kit/index.ts';
import { coin, plainAsset } from './coin.ts';
import { rowFacts } from './row-facts.ts';

const note = /^Converted ([\d.,eE+-]+) (\S+) to ([\d.,eE+-]+) (\S+)$/;

/**
 * Reads a conversion of one coin to another as a sale and a buy worth the same money. The total is
 * what the coin given was worth, the subtotal what the coin received is worth; what lies between
 * them is the fee or spread, paid with the buy.
 */
export function readConvert(
  row: Row,
  id: string | undefined,
): Read<readonly ImportedRow[] | 'same coin'> {
  const facts = rowFacts(row);
  if (!facts.ok) return facts;
  const [, , given = '', receivedText = '', received = ''] = note.exec(row.text('Notes')) ?? [];
  const quantity = readNumber(receivedText, { decimal: '.' });
  const { asset, currency, when } = facts.value;
  if (given !== asset || !quantity.ok || quantity.value <= 0n || facts.value.quantity === 0n) {
    return row.refuseCell('Notes', {
      code: 'import.unreadable-note',
      reason: `The note does not say what the ${asset} was converted to.`,
      fix: 'It should read like "Converted 0.5 ETH to 900 USDC"; export the report in English.',
    });
  }
  if (plainAsset(given) === plainAsset(received)) return ok('same coin');
  const worth = worths(facts.value);
  const line = { line: row.line };
  const trade = { ...whenFields(when), currency, tax: 0n };
  return ok([
    {
      ...line,
      ...(id === undefined ? {} : { externalId: `${id}/sold` }),
      transaction: {
        ...trade,
        type: 'sell',
        instrument: { ...coin(asset), currency },
        quantity: facts.value.quantity,
        amount: worth.given,
        fee: 0n,
      },
    },
    {
      ...line,
      ...(id === undefined ? {} : { externalId: `${id}/bought` }),
      transaction: {
        ...trade,
        type: 'buy',
        instrument: { ...coin(received), currency },
        quantity: quantity.value,
        amount: worth.received,
        fee: worth.given - worth.received,
      },
    },
  ]);
}

/** The total may fall short of the subtotal by a rounding; then nothing was paid for it. */
function worths(facts: { readonly subtotal: Decimal; readonly total: Decimal }) {
  const { subtotal, total } = facts;
  return { given: total, received: least(subtotal, total) };
}
