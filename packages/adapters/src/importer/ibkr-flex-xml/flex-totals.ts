import type { Currency } from '@plimsoll/domain';
import { type Decimal, zero } from '@plimsoll/kernel';
import type { StatedTotals } from '@plimsoll/ports';
import { isIsin } from '../../importer-kit/ibkr/ibkr-instrument.ts';
import { readNumber } from '../../importer-kit/index.ts';
import type { XmlElement } from './read-xml.ts';

const attribute = (element: XmlElement, name: string): string =>
  (element.attributes.get(name) ?? '').trim();

function numberIn(element: XmlElement, name: string): Decimal | undefined {
  const value = readNumber(attribute(element, name), { decimal: '.' });
  return value.ok ? value.value : undefined;
}

function elementsNamed(elements: readonly XmlElement[], name: string): readonly XmlElement[] {
  return elements.flatMap((element) => [
    ...(element.name === name ? [element] : []),
    ...elementsNamed(element.children, name),
  ]);
}

function add(sums: Map<string, Decimal>, key: string, value: Decimal | undefined): void {
  if (value !== undefined && key !== '') sums.set(key, (sums.get(key) ?? zero) + value);
}

/** Each account's last statement: a query broken out by day has one for each day. */
function lastStatements(statements: readonly XmlElement[]): readonly XmlElement[] {
  const last = new Map<string, XmlElement>();
  for (const statement of statements) {
    const account = attribute(statement, 'accountId');
    const before = last.get(account);
    if (!before || attribute(statement, 'toDate') >= attribute(before, 'toDate')) {
      last.set(account, statement);
    }
  }
  return [...last.values()];
}

function holdingsOf(statement: XmlElement): readonly XmlElement[] {
  const positions = elementsNamed(statement.children, 'OpenPosition');
  const sums = positions.filter((each) => attribute(each, 'levelOfDetail') === 'SUMMARY');
  return sums.length > 0 ? sums : positions;
}

/** The cash and units that the report itself says are there at its end. */
export function flexTotals(statements: readonly XmlElement[]): StatedTotals | undefined {
  const cash = new Map<Currency, Decimal>();
  const holdings = new Map<string, Decimal>();
  for (const statement of lastStatements(statements)) {
    for (const row of elementsNamed(statement.children, 'CashReportCurrency')) {
      const currency = attribute(row, 'currency');
      if (/^[A-Z]{3}$/.test(currency)) add(cash, currency, numberIn(row, 'endingCash'));
    }
    for (const row of holdingsOf(statement)) {
      const isin = attribute(row, 'isin');
      add(holdings, isIsin(isin) ? isin : attribute(row, 'symbol'), numberIn(row, 'position'));
    }
  }
  if (cash.size === 0 && holdings.size === 0) return undefined;
  return {
    ...(cash.size > 0 ? { cash: Object.fromEntries(cash) } : {}),
    ...(holdings.size > 0 ? { holdings: Object.fromEntries(holdings) } : {}),
  };
}
