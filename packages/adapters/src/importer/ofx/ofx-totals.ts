import type { Currency } from '@plimsoll/domain';
import { type Decimal, zero } from '@plimsoll/kernel';
import type { StatedTotals } from '@plimsoll/ports';
import { readNumber } from '../../importer-kit/index.ts';
import type { OfxSecurities } from './ofx-securities.ts';
import { childOf, elementsNamed, type OfxElement, valueAt } from './read-ofx-tree.ts';

const positionNames = new Set(['INVPOS']);

function add(sums: Map<string, Decimal>, key: string, value: Decimal | undefined): void {
  if (key !== '' && value !== undefined) sums.set(key, (sums.get(key) ?? zero) + value);
}

function numberAt(element: OfxElement | undefined, name: string): Decimal | undefined {
  const value = element && readNumber(valueAt(element, name), { decimal: '.' });
  return value?.ok ? value.value : undefined;
}

/** Short positions are negative, however the bank writes their units. */
function unitsOf(position: OfxElement): Decimal | undefined {
  const units = numberAt(position, 'UNITS');
  const isShort = valueAt(position, 'POSTYPE').toUpperCase() === 'SHORT';
  return units !== undefined && isShort && units > zero ? -units : units;
}

const currencyNames = new Set(['CURRENCY']);

/** Balances of an account in several currencies are one sum, which no single one can be held to. */
const hasOtherCurrency = (statement: OfxElement, currency: string): boolean =>
  elementsNamed(statement.children, currencyNames).some(
    (stated) => valueAt(stated, 'CURSYM').trim() !== currency,
  );

/** Cash and units that the statements of a file say are there at their end. */
export function ofxTotals(
  statements: readonly OfxElement[],
  securities: OfxSecurities,
  fallbackCurrency: Currency | undefined,
): StatedTotals | undefined {
  const cash = new Map<Currency, Decimal>();
  const holdings = new Map<string, Decimal>();
  for (const statement of statements) {
    const currency = valueAt(statement, 'CURDEF') || fallbackCurrency || '';
    if (!hasOtherCurrency(statement, currency)) {
      add(cash, currency, numberAt(childOf(statement, 'LEDGERBAL'), 'BALAMT'));
      add(cash, currency, numberAt(childOf(statement, 'INVBAL'), 'AVAILCASH'));
    }
    for (const position of elementsNamed(statement.children, positionNames)) {
      add(holdings, securities.nameOf(position), unitsOf(position));
    }
  }
  if (cash.size === 0 && holdings.size === 0) return undefined;
  return {
    ...(cash.size > 0 ? { cash: Object.fromEntries(cash) } : {}),
    ...(holdings.size > 0 ? { holdings: Object.fromEntries(holdings) } : {}),
  };
}
