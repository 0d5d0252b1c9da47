import type { InstrumentKind } from '@plimsoll/domain';
import { ok } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import { quotedIn, type Read, type Row } from '../../importer-kit/index.ts';

const kinds: ReadonlyMap<string, InstrumentKind> = new Map([
  ['stocks', 'equity'],
  ['stock', 'equity'],
  ['etf', 'etf'],
  ['etfs', 'etf'],
  ['crypto', 'crypto'],
]);

const pair = /^([^/\s]+)\/([A-Za-z]{3})(?:\s|$)/;

/** The instrument of a row: `NKE/USD` is NKE, priced in dollars. A CFD is refused. */
export function assetOf(row: Row): Read<InstrumentHint> {
  const type = row.text('Asset type');
  if (type === 'CFD') return refuseCfd(row);
  const kind = kinds.get(type.toLowerCase());
  if (kind === undefined && type !== '') return row.unknown('Asset type');
  const [, symbol, unit] = pair.exec(row.text('Details')) ?? [];
  if (symbol === undefined || unit === undefined) {
    return row.refuseCell('Details', {
      code: 'import.unreadable-instrument',
      reason: 'The details do not name an instrument and its currency.',
      fix: 'They should read like NKE/USD; export the statement again, in English.',
    });
  }
  return ok({ symbol, ...quotedIn(unit), ...(kind === undefined ? {} : { kind }) });
}

const refuseCfd = (row: Row) =>
  row.refuseCell('Asset type', {
    code: 'import.cfd',
    reason:
      'A CFD is a contract on margin, of which the statement tells neither direction nor leverage, so it cannot be kept as a holding.',
    fix: 'Import the other rows with "accept valid", and record the result of the closed contract as other income or as an adjustment.',
  });
