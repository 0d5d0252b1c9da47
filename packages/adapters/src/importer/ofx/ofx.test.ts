import { decimal, formatDecimal, price, seededRandom } from '@plimsoll/kernel';
import type { ImportOptions, ParsedFile } from '@plimsoll/ports';
import { describe, expect, test } from 'vitest';
import { haveSamples, sample, textFile } from '../../importer-kit/testing/shared-sample.ts';
import importer from './index.ts';
import { investmentReaders } from './read-investment-row.ts';
import { elementsNamed, readOfxTree } from './read-ofx-tree.ts';

const parse = (text: string, options: ImportOptions = {}): ParsedFile =>
  importer.parse(textFile(text, 'statement.ofx'), options);

const transactions = (parsed: ParsedFile) => parsed.rows.map((row) => row.transaction);

const header = 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n';

const bank = (rows: string, currency = 'USD') => `${header}<OFX>
<BANKMSGSRSV1><STMTTRNRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS><CURDEF>${currency}
<BANKACCTFROM><BANKID>1<ACCTID>42<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20240101<DTEND>20240201
${rows}
</BANKTRANLIST>
<LEDGERBAL><BALAMT>90.5<DTASOF>20240201</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1>
</OFX>
`;

const moved = (type: string, amount: string, id: string, rest = '') =>
  `<STMTTRN><TRNTYPE>${type}<DTPOSTED>20240110120000[-5:EST]<TRNAMT>${amount}<FITID>${id}${rest}</STMTTRN>`;

describe('a bank statement', () => {
  const parsed = parse(
    bank(
      [
        moved('CREDIT', '+00000100.00', 'a', '<NAME>Salary'),
        moved('DEBIT', '-10,50', 'b', '<NAME>Shop &amp; Co<MEMO>Shop &amp; Co, London'),
        moved('INT', '1.00', 'c'),
        moved('INT', '-2.00', 'd'),
        moved('SRVCHG', '-3', 'e'),
        moved('CREDIT', '5', 'f', '<NAME>Interest Paid'),
        moved('HOLD', '-7', 'g'),
        moved('XFER', '0.00', 'h'),
        moved('FEE', '0.00', 'i'),
      ].join('\n'),
    ),
  );

  test('is read by type, and by name where the type says only which way money went', () => {
    expect(parsed.refused).toEqual([]);
    const seen = transactions(parsed).map((each) =>
      'amount' in each ? `${each.type} ${formatDecimal(each.amount ?? 0n)}` : each.type,
    );
    expect(seen.toSorted()).toEqual(
      [
        'deposit 100',
        'withdrawal 10.5',
        'interest 1',
        'margin-interest 2',
        'fee 3',
        'interest 5',
      ].toSorted(),
    );
    expect(parsed.ignored.map((row) => row.line)).toEqual([18, 19, 20]);
  });

  test('keeps the bank’s ids and texts, and states its balance', () => {
    const shop = parsed.rows.find((row) => row.externalId === 'b');
    expect(shop?.transaction.note).toBe('Shop & Co');
    expect(shop?.line).toBe(13);
    expect(parsed.totals).toEqual({ cash: { USD: decimal('90.5') } });
    expect(parsed.currency).toBe('USD');
  });

  test('drops an id that the bank gives twice', () => {
    const twice = parse(bank(`${moved('CREDIT', '1', 'x')}\n${moved('CREDIT', '2', 'x')}`));
    expect(twice.rows.map((row) => row.externalId)).toEqual([undefined, undefined]);
  });

  test('a correction replaces the row it names; one that names none in the file is refused', () => {
    const corrected = parse(
      bank(
        `${moved('CREDIT', '1', 'x')}\n${moved('CREDIT', '2', 'y', '<CORRECTFITID>x<CORRECTACTION>REPLACE')}`,
      ),
    );
    expect(transactions(corrected)).toMatchObject([{ type: 'deposit', amount: decimal('2') }]);
    expect(corrected.ignored).toHaveLength(1);
    const unknown = parse(bank(moved('CREDIT', '2', 'y', '<CORRECTFITID>zz<CORRECTACTION>DELETE')));
    expect(unknown.refused).toMatchObject([{ line: 12, code: 'import.cancels-unknown' }]);
  });

  test.each`
    what                 | row                                                                        | column        | code
    ${'a broken amount'} | ${moved('CREDIT', '12abc', 'a')}                                           | ${'TRNAMT'}   | ${'import.not-a-number'}
    ${'a broken day'}    | ${'<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20241350<TRNAMT>1<FITID>a</STMTTRN>'} | ${'DTPOSTED'} | ${'import.not-a-day'}
    ${'a missing day'}   | ${'<STMTTRN><TRNTYPE>CREDIT<TRNAMT>1<FITID>a</STMTTRN>'}                   | ${'DTPOSTED'} | ${'import.missing'}
    ${'an unknown type'} | ${moved('GIFT', '1', 'a')}                                                 | ${'TRNTYPE'}  | ${'import.unknown-kind'}
    ${'an unknown row'}  | ${'<CRYPTOTRN><FITID>1</CRYPTOTRN>'}                                       | ${null}       | ${'import.unknown-kind'}
  `('refuses $what by line and tag', ({ row, column, code }) => {
    expect(parse(bank(row))).toMatchObject({ rows: [], refused: [{ line: 12, column, code }] });
  });

  test('without a currency takes the one given on import, and else is refused', () => {
    const text = bank(moved('CREDIT', '1', 'a'), '');
    expect(parse(text).refused).toMatchObject([{ code: 'import.missing-currency' }]);
    expect(transactions(parse(text, { currency: 'AUD' }))).toMatchObject([{ currency: 'AUD' }]);
  });
});

const tran = (id: string, day = '20240115') =>
  `<INVTRAN><FITID>${id}</FITID><DTTRADE>${day}</DTTRADE></INVTRAN>`;
const security = (id: string, type = 'CUSIP') =>
  `<SECID><UNIQUEID>${id}</UNIQUEID><UNIQUEIDTYPE>${type}</UNIQUEIDTYPE></SECID>`;
const invBuy = (id: string, sec: string, rest: string) =>
  `<INVBUY>${tran(id)}${security(sec)}${rest}</INVBUY>`;
const invSell = (id: string, sec: string, rest: string) =>
  `<INVSELL>${tran(id)}${security(sec)}${rest}</INVSELL>`;

const rows = [
  `<SELLSTOCK>${invSell('s1', '000000001', '<UNITS>-4</UNITS><UNITPRICE>12</UNITPRICE><COMMISSION>1</COMMISSION><WITHHOLDING>2</WITHHOLDING><TOTAL>45</TOTAL>')}<SELLTYPE>SELL</SELLTYPE></SELLSTOCK>`,
  `<BUYSTOCK>${invBuy('b1', '000000001', '<UNITS>10</UNITS><UNITPRICE>10</UNITPRICE><COMMISSION>1.5</COMMISSION><FEES>0.5</FEES><TOTAL>-102</TOTAL>')}<BUYTYPE>BUY</BUYTYPE></BUYSTOCK>`,
  `<SELLSTOCK>${invSell('s2', '000000001', '<UNITS>-3</UNITS><UNITPRICE>12</UNITPRICE><TOTAL>36</TOTAL>')}<SELLTYPE>SELLSHORT</SELLTYPE></SELLSTOCK>`,
  `<BUYDEBT>${invBuy('d1', '000000002', '<UNITS>1000</UNITS><UNITPRICE>98</UNITPRICE><TOTAL>-985</TOTAL>')}<ACCRDINT>5</ACCRDINT></BUYDEBT>`,
  `<SELLDEBT>${invSell('d2', '000000002', '<UNITS>-1000</UNITS><UNITPRICE>100</UNITPRICE><TOTAL>1000</TOTAL>')}<SELLREASON>MATURITY</SELLREASON></SELLDEBT>`,
  `<SELLOPT>${invSell('o1', '000000003', '<UNITS>-2</UNITS><UNITPRICE>1.5</UNITPRICE><TOTAL>300</TOTAL>')}<OPTSELLTYPE>SELLTOOPEN</OPTSELLTYPE><SHPERCTRCT>100</SHPERCTRCT></SELLOPT>`,
  `<CLOSUREOPT>${tran('o2')}${security('000000003')}<OPTACTION>ASSIGN</OPTACTION><UNITS>1</UNITS><SHPERCTRCT>100</SHPERCTRCT><RELFITID>b2</RELFITID></CLOSUREOPT>`,
  `<BUYSTOCK>${invBuy('b2', '000000001', '<UNITS>100</UNITS><UNITPRICE>9</UNITPRICE><TOTAL>-900</TOTAL>')}<BUYTYPE>BUY</BUYTYPE></BUYSTOCK>`,
  `<CLOSUREOPT>${tran('o3')}${security('000000003')}<OPTACTION>EXPIRE</OPTACTION><UNITS>1</UNITS><SHPERCTRCT>100</SHPERCTRCT></CLOSUREOPT>`,
  `<INCOME>${tran('i1')}${security('000000001')}<INCOMETYPE>DIV</INCOMETYPE><TOTAL>20</TOTAL><WITHHOLDING>3</WITHHOLDING></INCOME>`,
  `<INCOME>${tran('i2')}${security('000000002')}<INCOMETYPE>INTEREST</INCOMETYPE><TOTAL>8</TOTAL></INCOME>`,
  `<REINVEST>${tran('r1')}${security('000000001')}<INCOMETYPE>DIV</INCOMETYPE><TOTAL>-30</TOTAL><UNITS>3</UNITS><UNITPRICE>10</UNITPRICE></REINVEST>`,
  `<INVEXPENSE>${tran('x1')}${security('000000001')}<TOTAL>-4</TOTAL></INVEXPENSE>`,
  `<MARGININTEREST>${tran('m1')}<TOTAL>-6</TOTAL></MARGININTEREST>`,
  `<RETOFCAP>${tran('c1')}${security('000000001')}<TOTAL>7</TOTAL></RETOFCAP>`,
  `<SPLIT>${tran('p1')}${security('000000001')}<OLDUNITS>10</OLDUNITS><NEWUNITS>30</NEWUNITS><NUMERATOR>3</NUMERATOR><DENOMINATOR>1</DENOMINATOR><FRACCASH>0.5</FRACCASH></SPLIT>`,
  `<TRANSFER>${tran('t1')}${security('US0000000009', 'ISIN')}<UNITS>5</UNITS><TFERACTION>IN</TFERACTION><POSTYPE>LONG</POSTYPE><AVGCOSTBASIS>8</AVGCOSTBASIS><UNITPRICE>11</UNITPRICE><DTPURCHASE>20200102</DTPURCHASE></TRANSFER>`,
  `<JRNLFUND>${tran('j1')}<SUBACCTTO>CASH</SUBACCTTO><SUBACCTFROM>MARGIN</SUBACCTFROM><TOTAL>9</TOTAL></JRNLFUND>`,
  '<INVBANKTRAN><STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20240102</DTPOSTED><TRNAMT>500</TRNAMT><FITID>k1</FITID></STMTTRN><SUBACCTFUND>CASH</SUBACCTFUND></INVBANKTRAN>',
];

const broker = `<?xml version="1.0"?>
<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE"?>
<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD</CURDEF><INVACCTFROM><BROKERID>b</BROKERID><ACCTID>7</ACCTID></INVACCTFROM><INVTRANLIST>
${rows.join('\n')}
</INVTRANLIST>
<INVPOSLIST><POSSTOCK><INVPOS>${security('000000001')}<POSTYPE>LONG</POSTYPE><UNITS>109</UNITS></INVPOS></POSSTOCK><POSOPT><INVPOS>${security('000000003')}<POSTYPE>SHORT</POSTYPE><UNITS>2</UNITS></INVPOS></POSOPT></INVPOSLIST>
<INVBAL><AVAILCASH>12.5</AVAILCASH></INVBAL>
</INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>
<SECLISTMSGSRSV1><SECLIST>
<STOCKINFO><SECINFO>${security('000000001')}<SECNAME><![CDATA[Alpha & Co]]></SECNAME><TICKER>AAA</TICKER></SECINFO></STOCKINFO>
<DEBTINFO><SECINFO>${security('000000002')}<SECNAME>Bond 5%</SECNAME></SECINFO></DEBTINFO>
<OPTINFO><SECINFO>${security('000000003')}<SECNAME>AAA Put</SECNAME><TICKER>AAA240119P9</TICKER></SECINFO><OPTTYPE>PUT</OPTTYPE><STRIKEPRICE>9</STRIKEPRICE><DTEXPIRE>20240119</DTEXPIRE><SHPERCTRCT>100</SHPERCTRCT>${security('000000001')}</OPTINFO>
</SECLIST></SECLISTMSGSRSV1></OFX>
`;

describe('a broker’s statement', () => {
  const parsed = parse(broker);
  const of = (id: string) => parsed.rows.find((row) => row.externalId === id)?.transaction;

  test('takes charges out of the total to find what the units were worth', () => {
    expect(parsed.refused).toEqual([]);
    expect(of('b1')).toEqual({
      type: 'buy',
      effectiveAt: '2024-01-15',
      instrument: { cusip: '000000001', symbol: 'AAA', name: 'Alpha & Co' },
      quantity: decimal('10'),
      price: price('10'),
      amount: decimal('100'),
      currency: 'USD',
      fee: decimal('2'),
      tax: 0n,
    });
    expect(of('s1')).toMatchObject({
      type: 'sell',
      amount: decimal('48'),
      fee: decimal('1'),
      tax: decimal('2'),
    });
    expect(of('s2')).toMatchObject({ type: 'short', amount: decimal('36') });
  });

  test('separates accrued interest from a bond’s price, and books its maturity as redemption', () => {
    expect(of('d1')).toMatchObject({
      amount: decimal('980'),
      accrued: decimal('5'),
      price: price('0.98'),
    });
    expect(of('d2')).toMatchObject({ type: 'redemption', amount: decimal('1000') });
    expect(of('i2')).toMatchObject({ type: 'coupon', amount: decimal('8') });
  });

  test('knows options, and joins an assignment with the trade it names', () => {
    expect(of('o1')).toMatchObject({
      type: 'short',
      amount: decimal('300'),
      instrument: {
        kind: 'option',
        multiplier: decimal('100'),
        option: {
          right: 'put',
          strike: decimal('9'),
          expiresOn: '2024-01-19',
          underlying: { symbol: 'AAA' },
        },
      },
    });
    expect(of('o2')).toMatchObject({ type: 'option-assignment', quantity: decimal('1') });
    expect(parsed.rows.find((row) => row.externalId === 'o2')?.lines).toEqual([10, 11]);
    expect(of('b2')).toBeUndefined();
    expect(of('o3')).toMatchObject({ type: 'option-expiry' });
  });

  test('books income, reinvestment, expenses, splits and deliveries', () => {
    expect(of('i1')).toMatchObject({ type: 'dividend', amount: decimal('20'), tax: decimal('3') });
    expect(of('r1')).toMatchObject({
      type: 'dividend',
      amount: decimal('30'),
      reinvested: { quantity: decimal('3') },
    });
    expect(of('x1')).toMatchObject({ type: 'fee', amount: decimal('4') });
    expect(of('m1')).toMatchObject({ type: 'margin-interest', amount: decimal('6') });
    expect(of('c1')).toMatchObject({ type: 'return-of-capital', amount: decimal('7') });
    expect(of('p1')).toMatchObject({
      ratio: { new: decimal('3'), old: decimal('1') },
      cashInLieu: { amount: decimal('0.5') },
    });
    expect(of('t1')).toMatchObject({
      type: 'delivery-in',
      instrument: { isin: 'US0000000009' },
      amount: decimal('55'),
      cost: decimal('40'),
      openedOn: '2020-01-02',
    });
    expect(parsed.ignored).toMatchObject([{ line: 21 }]);
  });

  test('puts openings before closings within a day, and states positions and cash', () => {
    const order = parsed.rows.map((row) => row.externalId);
    expect(order[0]).toBe('k1');
    expect(order.indexOf('b1')).toBeLessThan(order.indexOf('s1'));
    expect(parsed.totals).toEqual({
      cash: { USD: decimal('12.5') },
      holdings: { AAA: decimal('109'), AAA240119P9: decimal('-2') },
    });
  });

  test('a row that takes back another strikes out both', () => {
    const reversed = broker.replace(
      '<FITID>s2</FITID>',
      '<FITID>s2</FITID><REVERSALFITID>s1</REVERSALFITID>',
    );
    const ids = parse(reversed).rows.map((row) => row.externalId);
    expect(ids).not.toContain('s1');
    expect(ids).not.toContain('s2');
  });
});

describe('what cannot be read', () => {
  test.each`
    what                | text                            | code
    ${'no statement'}   | ${`${header}<OFX></OFX>`}       | ${'import.no-statement'}
    ${'another format'} | ${'!Type:Bank\nD01/02/2024\n^'} | ${'import.not-ofx'}
    ${'QuickBooks IIF'} | ${'!TRNS\tTRNSTYPE\tDATE'}      | ${'import.not-ofx'}
  `('$what is refused as a whole', ({ text, code }) => {
    expect(parse(text)).toMatchObject({ rows: [], refused: [{ line: 1, code }] });
  });

  test('a bank’s error is told with its words', () => {
    const text = `${header}<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password</STATUS></SONRS></SIGNONMSGSRSV1></OFX>`;
    const { refused } = parse(text);
    expect(refused).toMatchObject([{ line: 7, code: 'import.bank-error', value: '15500' }]);
    expect(refused[0]?.reason).toContain('Wrong password');
  });

  test('a file that was cut off says so beside what it still has', () => {
    const cut = parse(broker.slice(0, broker.indexOf('<SELLOPT>')));
    expect(cut.rows.length).toBeGreaterThan(3);
    expect(cut.refused).toMatchObject([{ code: 'import.cut-off' }]);
  });

  test('deep nesting and a million entities are refused at once', () => {
    const started = performance.now();
    expect(parse(`<OFX>${'<A>'.repeat(200_000)}`).refused).toMatchObject([
      { code: 'import.too-deep' },
    ]);
    parse(
      `<!DOCTYPE x [<!ENTITY a "b">]>${bank(moved('CREDIT', '1', 'a', `<MEMO>${'&a;'.repeat(300_000)}`))}`,
    );
    expect(performance.now() - started).toBeLessThan(2000);
  });

  const rowNames = new Set(['STMTTRN', 'CLOSUREOPT', ...Object.keys(investmentReaders)]);

  test('damage never throws, and every transaction is accounted for on its line', () => {
    const random = seededRandom(5);
    const junk = ['', '<', '>', '</', '\n', '&', 'x', '-', '9e99', '\u0000', '<A>', '</OFX>'];
    for (let run = 0; run < 300; run++) {
      const whole = run % 2 === 0 ? broker : bank(moved('CREDIT', '1', 'a'));
      const at = Math.floor(random.next() * whole.length);
      const until = at + Math.floor(random.next() * 15);
      const text = `${whole.slice(0, at)}${junk[Math.floor(random.next() * junk.length)]}${whole.slice(until)}`;
      const parsed = parse(text);
      if (parsed.refused[0]?.line === 1) continue;
      const lines = [
        ...parsed.rows.flatMap((row) => row.lines ?? [row.line]),
        ...parsed.refused.map((row) => row.line),
        ...parsed.ignored.map((row) => row.line),
      ];
      const statements = elementsNamed(readOfxTree(text).roots, new Set(['STMTRS', 'INVSTMTRS']));
      for (const { line } of elementsNamed(statements, rowNames)) expect(lines).toContain(line);
    }
  });
});

test('detection goes by the tags, not by the file’s name', () => {
  expect(importer.detect(textFile(broker, 'x.txt'))).toBe(1);
  expect(importer.detect(textFile('Date,Amount\n2024-01-01,1', 'x.ofx'))).toBe(0);
});

describe.skipIf(!haveSamples)(
  'the sample statements (skipped where the shared samples are absent)',
  () => {
    test.each`
      name                             | rows  | refused
      ${'account_listing_aggregation'} | ${0}  | ${'import.no-statement'}
      ${'anzcc'}                       | ${1}  | ${undefined}
      ${'bank_medium'}                 | ${3}  | ${undefined}
      ${'bank_small'}                  | ${0}  | ${'import.no-statement'}
      ${'checking'}                    | ${3}  | ${undefined}
      ${'error_message'}               | ${0}  | ${'import.bank-error'}
      ${'fidelity-savings'}            | ${4}  | ${undefined}
      ${'fidelity'}                    | ${17} | ${undefined}
      ${'investment_401k'}             | ${3}  | ${undefined}
      ${'investment_medium'}           | ${3}  | ${undefined}
      ${'multiple_accounts'}           | ${0}  | ${undefined}
      ${'ofx-v102-empty-tags'}         | ${1}  | ${undefined}
      ${'sample'}                      | ${3}  | ${undefined}
      ${'signon_fail'}                 | ${0}  | ${'import.bank-error'}
      ${'signon_success'}              | ${0}  | ${'import.no-statement'}
      ${'suncorp'}                     | ${1}  | ${undefined}
      ${'vanguard'}                    | ${1}  | ${undefined}
      ${'vanguard401k'}                | ${5}  | ${undefined}
    `('$name has $rows transactions', ({ name, rows: count, refused }) => {
      const parsed = importer.parse(sample(`ofx/${name}.ofx`), {});
      expect(parsed.rows).toHaveLength(count);
      expect(parsed.refused[0]?.code).toBe(refused);
    });

    test('fidelity.ofx: what was bought in the file is what the positions say is held', () => {
      const parsed = importer.parse(sample('ofx/fidelity.ofx'), {});
      const units = new Map<string, bigint>();
      for (const each of transactions(parsed)) {
        if (each.type !== 'buy') continue;
        const symbol = each.instrument.symbol ?? '';
        units.set(symbol, (units.get(symbol) ?? 0n) + each.quantity);
      }
      for (const [symbol, quantity] of units) {
        expect(formatDecimal(quantity)).toBe(
          formatDecimal(parsed.totals?.holdings?.[symbol] ?? 0n),
        );
      }
      expect(units.size).toBe(5);
    });
  },
);
