import { decimal, seededRandom } from '@plimsoll/kernel';
import type { ParsedFile } from '@plimsoll/ports';
import { describe, expect, test } from 'vitest';
import { textFile } from '../../importer-kit/testing/shared-sample.ts';
import { recordElements, repeatedElements } from './flex-sections.ts';
import importer from './index.ts';
import { readXml, type XmlElement } from './read-xml.ts';

const parse = (text: string): ParsedFile => importer.parse(textFile(text, 'flex.xml'), {});

const transactions = (parsed: ParsedFile) => parsed.rows.map((row) => row.transaction);

const stock = 'assetCategory="STK" symbol="AAA" isin="US0000000001"';
const trade = (rest: string) =>
  `<Trade accountId="U1" currency="USD" ${stock} description="ALPHA INC" multiplier="1" ibCommissionCurrency="USD" taxes="0" ${rest} />`;
const cash = (rest: string) => `<CashTransaction accountId="U1" currency="USD" ${rest} />`;
const action = (symbol: string, isin: string, rest: string) =>
  `<CorporateAction accountId="U1" currency="USD" assetCategory="STK" symbol="${symbol}" isin="${isin}" reportDate="20240306" dateTime="20240305;202500" ${rest} />`;

const document = (body: string, account = 'U1') => `<FlexQueryResponse queryName="Test" type="AF">
<FlexStatements count="1">
<FlexStatement accountId="${account}" fromDate="20240101" toDate="20241231" period="" whenGenerated="20250101;010000">
${body}
</FlexStatement>
</FlexStatements>
</FlexQueryResponse>
`;

const full = document(`<AccountInformation accountId="U1" currency="EUR" />
<CashReport>
<CashReportCurrency accountId="U1" currency="BASE_SUMMARY" endingCash="1" />
<CashReportCurrency accountId="U1" currency="USD" endingCash="873.5" />
</CashReport>
<OpenPositions>
<OpenPosition accountId="U1" symbol="AAA" isin="US0000000001" position="20" levelOfDetail="SUMMARY" />
<OpenPosition accountId="U1" symbol="AAA" isin="US0000000001" position="20" levelOfDetail="LOT" />
</OpenPositions>
<Trades>
${trade('transactionID="11" dateTime="20240110;103000" quantity="10" tradePrice="12.5" tradeMoney="125" proceeds="-125" ibCommission="-1" buySell="BUY" openCloseIndicator="O"')}
<Lot accountId="U1" symbol="AAA" quantity="10" levelOfDetail="CLOSED_LOT" />
</Trades>
<CashTransactions>
${cash('type="Deposits/Withdrawals" description="CASH RECEIPTS" dateTime="20240105" amount="1000" transactionID="12"')}
${cash(`type="Dividends" ${stock} description="AAA(US0000000001) CASH DIVIDEND USD 0.5 PER SHARE (Ordinary Dividend)" dateTime="20240701;202000" reportDate="20240701" amount="10" transactionID="13"`)}
${cash(`type="Withholding Tax" ${stock} description="AAA(US0000000001) CASH DIVIDEND USD 0.5 PER SHARE - US TAX" dateTime="20240701;202000" reportDate="20240701" amount="-1.5" transactionID="14"`)}
${cash(`type="Dividends" ${stock} description="AAA(US0000000001) CASH DIVIDEND USD 0.5 PER SHARE (Ordinary Dividend)" dateTime="20240701;202000" reportDate="20240901" amount="-10" transactionID="15"`)}
${cash('type="Broker Interest Received" description="USD CREDIT INT" dateTime="20240205" amount="1" transactionID="16"')}
</CashTransactions>
<CorporateActions>
${action('AAA', 'US0000000001', 'type="FS" actionDescription="AAA(US0000000001) SPLIT 2 FOR 1 (AAA, ALPHA INC, US0000000001)" quantity="10" proceeds="0"')}
</CorporateActions>
<ConversionRates>
<ConversionRate fromCurrency="USD" toCurrency="EUR" rate="0.9" />
</ConversionRates>`);

describe('a Flex report in XML', () => {
  const parsed = parse(full);

  test('is read whole, oldest first, with line numbers and the broker’s ids', () => {
    expect(parsed.refused).toEqual([]);
    expect(parsed.currency).toBe('EUR');
    expect(parsed.rows.map((row) => [row.transaction.type, row.externalId, row.line])).toEqual([
      ['deposit', '12', 18],
      ['buy', '11', 14],
      ['interest', '16', 22],
      ['split', undefined, 25],
      ['dividend', '13', 19],
      ['dividend', '15', 21],
    ]);
    expect(parsed.rows[4]?.lines).toEqual([19, 20]);
    expect(parsed.ignored).toMatchObject([{ line: 15 }]);
  });

  test('states the cash and units at its end', () => {
    expect(parsed.totals).toEqual({
      cash: { USD: decimal('873.5') },
      holdings: { US0000000001: decimal('20') },
    });
  });

  test('books a reversal as a negative dividend on the day it was reported', () => {
    expect(transactions(parsed)[5]).toMatchObject({
      type: 'dividend',
      effectiveAt: '2024-09-01',
      amount: decimal('-10'),
      tax: 0n,
    });
  });

  test('names accounts only where it has several', () => {
    expect(parsed.rows.every((row) => row.account === undefined)).toBe(true);
    const two = full.replace(
      '</FlexStatements>',
      '<FlexStatement accountId="U2"><CashTransactions><CashTransaction accountId="U2" currency="EUR" type="Deposits/Withdrawals" dateTime="20240105" amount="5" /></CashTransactions></FlexStatement></FlexStatements>',
    );
    expect(new Set(parse(two).rows.map((row) => row.account))).toEqual(new Set(['U1', 'U2']));
  });
});

const actions = (...rows: readonly string[]) =>
  parse(document(`<CorporateActions>\n${rows.join('\n')}\n</CorporateActions>`));

describe('corporate actions', () => {
  const text = (what: string, own: string) =>
    `actionDescription="AAA(US0000000001) ${what} (${own})"`;

  test('a reverse split under a new ISIN exchanges one for the other', () => {
    const parsed = actions(
      action(
        'AAA',
        'US0000000009',
        `type="RS" ${text('SPLIT 1 FOR 25', 'AAA, ALPHA, US0000000009')} quantity="4" proceeds="0"`,
      ),
      action(
        'AAA.OLD',
        'US0000000001',
        `type="RS" ${text('SPLIT 1 FOR 25', 'AAA.OLD, ALPHA, US0000000001')} quantity="-100" proceeds="0"`,
      ),
    );
    expect(transactions(parsed)).toMatchObject([
      {
        type: 'symbol-change',
        effectiveAt: '2024-03-06',
        instrument: { isin: 'US0000000001' },
        into: { isin: 'US0000000009' },
        ratio: { new: decimal('4'), old: decimal('100') },
      },
    ]);
  });

  test('a merger for shares and cash has the cash as boot', () => {
    const what = 'CASH and STOCK MERGER (Acquisition) BBB 1 FOR 2 AND USD 3.00';
    const parsed = actions(
      action(
        'AAA',
        'US0000000001',
        `type="TC" ${text(what, 'AAA, ALPHA, US0000000001')} quantity="-100" proceeds="300"`,
      ),
      action(
        'BBB',
        'US0000000002',
        `type="TC" ${text(what, 'BBB, BETA, US0000000002')} quantity="50" proceeds="0"`,
      ),
    );
    expect(transactions(parsed)).toMatchObject([
      {
        type: 'merger',
        ratio: { new: decimal('50'), old: decimal('100') },
        boot: { amount: decimal('300'), currency: 'USD' },
      },
    ]);
  });

  test('a merger for cash alone is a sale, a matured bill a redemption, a delisting worth nothing', () => {
    const parsed = actions(
      action(
        'AAA',
        'US0000000001',
        `type="TC" ${text('MERGED(Acquisition) FOR USD 5 PER SHARE', 'AAA, ALPHA, US0000000001')} quantity="-10" proceeds="50"`,
      ),
      action(
        'TB',
        'US0000000005',
        'type="TM" actionDescription="(US0000000005) TBILL MATURITY (TB, T-BILL, US0000000005)" quantity="-1000" proceeds="1000"',
      ),
      action(
        'ZZZ',
        'US0000000006',
        'type="DW" actionDescription="ZZZ(US0000000006) DELISTED (ZZZ, ZETA, US0000000006)" quantity="-7" proceeds="0"',
      ),
    );
    expect(transactions(parsed).map((each) => each.type)).toEqual([
      'sell',
      'redemption',
      'delisting',
    ]);
  });

  test('a spin-off names parent and child, and says that the cost share is not stated', () => {
    const [spun] = transactions(
      actions(
        action(
          'BBB',
          'US0000000002',
          `type="SO" ${text('SPINOFF  1 FOR 5', 'BBB, BETA, US0000000002')} quantity="2" proceeds="0" value="40"`,
        ),
      ),
    );
    expect(spun).toMatchObject({
      type: 'spin-off',
      instrument: { isin: 'US0000000001' },
      child: { isin: 'US0000000002' },
      quantity: decimal('2'),
      costShare: 0n,
    });
    expect(spun?.note).toContain('not stated');
  });

  test('what was booked, cancelled and booked again counts once', () => {
    const row = (quantity: string) =>
      action(
        'AAA',
        'US0000000001',
        `type="SD" ${text('STOCK DIVIDEND 1 FOR 10', 'AAA, ALPHA, US0000000001')} quantity="${quantity}" proceeds="0"`,
      );
    const parsed = actions(row('3'), row('-3'), row('4'));
    expect(transactions(parsed)).toMatchObject([{ type: 'stock-dividend', added: decimal('4') }]);
    expect(parsed.rows[0]?.lines).toHaveLength(3);
  });

  test('units that vanish for nothing known are refused', () => {
    const parsed = actions(
      action(
        'AAA',
        'US0000000001',
        `type="TO" ${text('TENDERED', 'AAA, ALPHA, US0000000001')} quantity="-10" proceeds="0"`,
      ),
    );
    expect(parsed.refused).toMatchObject([{ line: 5, code: 'import.corporate-action' }]);
  });
});

test('a transfer between two accounts of the file is one; with others it is a delivery', () => {
  const transfer = (own: string, rest: string) =>
    `<Transfer accountId="${own}" currency="USD" ${stock} date="20240401" quantity="5" positionAmount="60" cashTransfer="0" ${rest} />`;
  const parsed = parse(
    document(`<Transfers>
${transfer('U1', 'type="INTERNAL" direction="OUT" account="U2"')}
${transfer('U2', 'type="INTERNAL" direction="IN" account="U1"')}
${transfer('U1', 'type="ACATS" direction="IN" account="99"')}
</Transfers>`),
  );
  expect(transactions(parsed)).toMatchObject([
    { type: 'transfer', toAccount: 'U2', quantity: decimal('5'), worth: decimal('60') },
    { type: 'delivery-in', quantity: decimal('5'), amount: decimal('60') },
  ]);
});

test('detection knows a report, and the answer to a query that failed', () => {
  expect(importer.detect(textFile(full))).toBe(1);
  expect(
    importer.detect(
      textFile('<FlexStatementResponse><Status>Fail</Status></FlexStatementResponse>'),
    ),
  ).toBe(1);
  expect(importer.detect(textFile('<OFX></OFX>'))).toBe(0);
});

describe('what cannot be read', () => {
  test.each`
    what                         | text                                                                                    | code
    ${'a cut file'}              | ${full.slice(0, 900)}                                                                   | ${'import.broken-xml'}
    ${'entities'}                | ${`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${full}`}                      | ${'import.broken-xml'}
    ${'deep nesting'}            | ${`<FlexQueryResponse>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</FlexQueryResponse>`} | ${'import.broken-xml'}
    ${'a reply without reports'} | ${'<FlexQueryResponse><ErrorCode>1019</ErrorCode></FlexQueryResponse>'}                 | ${'import.no-statement'}
  `('$what is refused as a whole', ({ text, code }) => {
    expect(parse(text)).toMatchObject({ rows: [], refused: [{ line: 1, code }] });
  });

  const listed = (elements: readonly XmlElement[]): readonly number[] =>
    elements.flatMap((element) => [
      ...(element.name in recordElements || element.name in repeatedElements ? [element.line] : []),
      ...listed(element.children),
    ]);

  test('damage never throws, and every element is accounted for on its line', () => {
    const random = seededRandom(3);
    for (let run = 0; run < 250; run++) {
      const at = Math.floor(random.next() * full.length);
      const until = at + Math.floor(random.next() * 12);
      const junk = ['', '"', '<', '&', '\n', 'x', '-', '9e99', '\u0000'][
        Math.floor(random.next() * 9)
      ];
      const text = `${full.slice(0, at)}${junk}${full.slice(until)}`;
      const parsed = parse(text);
      const xml = readXml(text);
      if (!xml.ok || parsed.refused[0]?.line === 1) continue;
      const lines = [
        ...parsed.rows.flatMap((row) => row.lines ?? [row.line]),
        ...parsed.refused.map((row) => row.line),
        ...parsed.ignored.map((row) => row.line),
      ];
      expect(lines.toSorted((a, b) => a - b)).toEqual(listed(xml.value).toSorted((a, b) => a - b));
    }
  });
});
