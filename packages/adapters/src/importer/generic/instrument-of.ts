import type { InstrumentKind } from '@plimsoll/domain';
import { ok } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import type { Read, Row } from '../../importer-kit/index.ts';

const isinShape = /^[A-Z]{2}[A-Z0-9]{9}\d$/;

const kinds: Readonly<Record<string, InstrumentKind>> = {
  stock: 'equity',
  etf: 'etf',
  mutualfund: 'fund',
  bond: 'bond',
  cryptocurrency: 'crypto',
  preciousmetal: 'commodity',
  commodity: 'commodity',
};

/** The instrument of a row, whose symbol may be an ISIN. */
export function instrumentOf(row: Row): Read<InstrumentHint> {
  const symbol = row.required('Symbol');
  if (!symbol.ok) return symbol;
  const isin = row.text('ISIN');
  const name = row.text('Name');
  const kind = kinds[row.text('AssetSubClass').toLowerCase()];
  return ok({
    ...(isinShape.test(symbol.value) ? { isin: symbol.value } : { symbol: symbol.value }),
    ...(isin === '' ? {} : { isin }),
    ...(name === '' ? {} : { name }),
    ...(kind === undefined ? {} : { kind }),
  });
}
