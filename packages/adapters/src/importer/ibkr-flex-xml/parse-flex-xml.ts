// Fields as csingley/ibflex and Portfolio Performance's tests of its Flex reader have them
// (github.com/csingley/ibflex, github.com/portfolio-performance/portfolio; seen 2026-11-21).
import type { ParsedFile } from '@plimsoll/ports';
import { IbkrBook } from '../../importer-kit/ibkr/ibkr-book.ts';
import type { IbkrRecord } from '../../importer-kit/ibkr/ibkr-record.ts';
import { parseIbkrRecords } from '../../importer-kit/ibkr/parse-ibkr-records.ts';
import { wholeFileRefused } from '../../importer-kit/index.ts';
import { recordElements, repeatedElements } from './flex-sections.ts';
import { flexTotals } from './flex-totals.ts';
import { readXml, type XmlElement } from './read-xml.ts';

const attribute = (element: XmlElement, name: string): string => {
  const text = (element.attributes.get(name) ?? '').trim();
  return text === '--' || text === '-' ? '' : text;
};

function recordOf(element: XmlElement, account: string): IbkrRecord | undefined {
  const kind = recordElements[element.name] ?? (element.name === 'Order' ? 'trade' : undefined);
  if (kind === undefined) return undefined;
  return {
    kind,
    line: element.line,
    accountId: attribute(element, 'accountId') || account,
    text: (field) => attribute(element, field),
    title: (field) => field,
  };
}

/** All elements of a statement, without the sections around them. */
const flat = (elements: readonly XmlElement[]): readonly XmlElement[] =>
  elements.flatMap((element) => [element, ...flat(element.children)]);

/** Why an element is left out though it is one of those that tell what happened. */
function leftOut(element: XmlElement, names: ReadonlySet<string>): string | undefined {
  if (element.name === 'Order' && !names.has('Trade')) return undefined;
  if (element.name === 'CashTransaction' && attribute(element, 'levelOfDetail') === 'SUMMARY') {
    return names.has('detailed cash') ? 'A sum over rows that are given one by one.' : undefined;
  }
  return repeatedElements[element.name];
}

function namesIn(elements: readonly XmlElement[]): ReadonlySet<string> {
  const isDetail = (element: XmlElement): boolean =>
    element.name === 'CashTransaction' && attribute(element, 'levelOfDetail') !== 'SUMMARY';
  const names = new Set(elements.map((element) => element.name));
  return elements.some(isDetail) ? names.add('detailed cash') : names;
}

function recordsOf(statement: XmlElement, book: IbkrBook): readonly IbkrRecord[] {
  const elements = flat(statement.children);
  const names = namesIn(elements);
  const account = attribute(statement, 'accountId');
  const records: IbkrRecord[] = [];
  for (const element of elements) {
    const reason = leftOut(element, names);
    const record = reason === undefined ? recordOf(element, account) : undefined;
    if (reason !== undefined) book.ignore(element.line, reason);
    if (record) records.push(record);
  }
  return records;
}

function baseCurrency(elements: readonly XmlElement[]): string | undefined {
  const information = elements.filter((element) => element.name === 'AccountInformation');
  const currencies = new Set(information.map((element) => attribute(element, 'currency')));
  const [only] = currencies;
  return currencies.size === 1 && /^[A-Z]{3}$/.test(only ?? '') ? only : undefined;
}

/** Reads a Flex Query report in XML. */
export function parseFlexXml(text: string): ParsedFile {
  const xml = readXml(text);
  if (!xml.ok) {
    return wholeFileRefused({
      value: text.slice(0, 80),
      code: xml.fault.code,
      reason: xml.fault.detail,
      fix: 'Download the Flex report again; it was cut off or edited.',
    });
  }
  const elements = flat(xml.value);
  const statements = elements.filter((element) => element.name === 'FlexStatement');
  if (statements.length === 0) {
    return wholeFileRefused({
      value: elements[0]?.name ?? '',
      code: 'import.no-statement',
      reason: 'The file has no FlexStatement: it may be the answer to a query that failed.',
      fix: 'Run the Flex query again and download its result as XML.',
    });
  }
  const book = new IbkrBook();
  parseIbkrRecords(
    statements.flatMap((statement) => recordsOf(statement, book)),
    book,
  );
  const currency = baseCurrency(elements);
  const totals = flexTotals(statements);
  return book.finish({
    ...(currency === undefined ? {} : { currency }),
    ...(totals === undefined ? {} : { totals }),
  });
}
