import type { InstrumentHint } from '@plimsoll/ports';
import { quotedIn } from '../../importer-kit/index.ts';
import type { StatementRow } from './statement-row.ts';

const isin = /^[A-Z]{2}[A-Z0-9]{9}\d$/;

/** The instrument that a row names, priced in the unit; undefined where it names none. */
export function instrumentHint(of: StatementRow, unit?: string): InstrumentHint | undefined {
  const hint = {
    ...(isin.test(of.isin) ? { isin: of.isin } : {}),
    ...(of.product === '' ? {} : { name: of.product }),
  };
  if (Object.keys(hint).length === 0) return undefined;
  return { ...hint, ...(unit === undefined ? {} : quotedIn(unit)) };
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
