import type { InstrumentHint } from '@plimsoll/ports';
import type { StatementRow } from './statement-row.ts';

const isin = /^[A-Z]{2}[A-Z0-9]{9}\d$/;

/** The instrument that a row names; undefined where it names none. */
export function instrumentHint(of: StatementRow, currency?: string): InstrumentHint | undefined {
  const hint = {
    ...(isin.test(of.isin) ? { isin: of.isin } : {}),
    ...(of.product === '' ? {} : { name: of.product }),
  };
  if (Object.keys(hint).length === 0) return undefined;
  return { ...hint, ...(currency === undefined ? {} : { currency }) };
}

/** The refusal of a row that must name an instrument and does not. */
export const instrumentMissing = (of: StatementRow) =>
  of.row.refuse({
    column: null,
    value: of.description,
    code: 'import.no-instrument',
    reason: 'The row names neither a product nor an ISIN.',
    fix: 'Export the statement again with all of its columns.',
  });
