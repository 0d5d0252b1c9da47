import { decimal, formatDecimal, price } from '@plimsoll/kernel';
import type { ImportedTransaction, ParsedFile } from '@plimsoll/ports';
import { describe, expect, test } from 'vitest';
import { accountingFaults, faultsUnderDamage } from '../../importer-kit/testing/accounting.ts';
import { haveSamples, sample, textFile } from '../../importer-kit/testing/shared-sample.ts';
import importer from './index.ts';

const parse = (text: string): ParsedFile => importer.parse(textFile(text), {});

const transactions = (parsed: ParsedFile) => parsed.rows.map((row) => row.transaction);

const flexHeader =
  '"CurrencyPrimary","AssetClass","Symbol","Description","ISIN","Multiplier","Strike","Expiry","Put/Call","UnderlyingSymbol","TradeID","DateTime","TransactionType","Quantity","TradePrice","TradeMoney","Proceeds","Taxes","IBCommission","IBCommissionCurrency","NetCash","Open/CloseIndicator","Notes/Codes","Buy/Sell","TransactionID","LevelOfDetail","OrigTradeID"';

const flexTrades = [
  flexHeader,
  'USD,STK,AAA,ALPHA INC,US0000000001,1,,,,,1,20240110;103000,ExchTrade,10,12.5,125,-125,-0.5,-1,USD,-126.5,O,P,BUY,901,EXECUTION,',
  'USD,CASH,EUR.USD,EUR.USD,,1,,,,,2,20240110;090000,ExchTrade,-1000,1.1,-1100,1100,0,-1.8,CHF,0,,,SELL,902,EXECUTION,',
  'GBX,STK,PNY,PENNY PLC,GB0000000002,1,,,,,3,20240111;103000,ExchTrade,100,250,25000,-25000,-125,-6,GBP,-25125,O,,BUY,903,EXECUTION,',
  'USD,OPT,AAA   240119P00012000,AAA 19JAN24 12 P,,100,12,20240119,P,AAA,4,20240112;100000,ExchTrade,-1,0.5,-50,50,0,-1,USD,49,O,,SELL,904,EXECUTION,',
  'USD,OPT,AAA   240119P00012000,AAA 19JAN24 12 P,,100,12,20240119,P,AAA,5,20240119;162000,BookTrade,1,0,0,0,0,0,USD,0,C,A,BUY,905,EXECUTION,',
  'USD,STK,AAA,ALPHA INC,US0000000001,1,,,,,6,20240119;162000,BookTrade,100,12,1200,-1200,0,0,USD,-1200,O,A,BUY,906,EXECUTION,',
  'USD,STK,BBB,BETA INC,US0000000003,1,,,,,7,20240122;100000,ExchTrade,-5,20,-100,100,0,-1,USD,99,O,,SELL,907,EXECUTION,',
  'USD,STK,BBB,BETA INC,US0000000003,1,,,,,8,20240123;100000,ExchTrade,5,19,95,-95,0,-1,USD,-96,C,,BUY,908,EXECUTION,',
  'USD,STK,CCC,GAMMA INC,US0000000004,1,,,,,9,20240124;100000,ExchTrade,7,10,70,-70,0,-1,USD,-71,O,,BUY,909,EXECUTION,',
  'USD,STK,CCC,GAMMA INC,US0000000004,1,,,,,,20240124;100000,TradeCancel,-7,10,-70,70,0,1,USD,71,,Ca,BUY (Ca.),910,EXECUTION,9',
  'USD,STK,AAA,ALPHA INC,US0000000001,1,,,,,,20240110;103000,,10,12.5,125,-125,-0.5,-1,USD,-126.5,,,BUY,,ORDER,',
].join('\n');

describe('a Flex report in CSV', () => {
  const parsed = parse(flexTrades);

  test('books trades gross, with fee and tax beside them', () => {
    expect(parsed.refused).toEqual([]);
    expect(transactions(parsed)[1]).toEqual({
      type: 'buy',
      effectiveAt: '2024-01-10',
      time: '10:30:00',
      instrument: { isin: 'US0000000001', symbol: 'AAA', name: 'ALPHA INC', currency: 'USD' },
      quantity: decimal('10'),
      price: price('12.5'),
      amount: decimal('125'),
      currency: 'USD',
      fee: decimal('1'),
      tax: decimal('0.5'),
    });
  });

  test('books a conversion with the fee in the currency it was taken in', () => {
    expect(transactions(parsed)[0]).toMatchObject({
      type: 'fx',
      sold: { currency: 'EUR', amount: decimal('1000') },
      bought: { currency: 'USD', amount: decimal('1100') },
      fee: decimal('1.8'),
      currency: 'CHF',
    });
  });

  test('brings pence to pounds, but not a fee that is in pounds', () => {
    expect(transactions(parsed)[2]).toMatchObject({
      instrument: { symbol: 'PNY', currency: 'GBP', priceFactor: price('0.01') },
      currency: 'GBP',
      amount: decimal('250'),
      price: price('2.5'),
      tax: decimal('1.25'),
      fee: decimal('6'),
    });
  });

  test('joins an assignment with the delivery of the underlying', () => {
    const assigned = parsed.rows.find((row) => row.transaction.type === 'option-assignment');
    expect(assigned?.lines).toEqual([6, 7]);
    expect(assigned?.transaction).toMatchObject({
      quantity: decimal('1'),
      instrument: {
        kind: 'option',
        multiplier: decimal('100'),
        option: {
          right: 'put',
          strike: decimal('12'),
          expiresOn: '2024-01-19',
          underlying: { symbol: 'AAA' },
        },
      },
    });
  });

  test('knows a short sale and its cover', () => {
    const types = transactions(parsed).map((transaction) => transaction.type);
    expect(types).toEqual(['fx', 'buy', 'buy', 'short', 'option-assignment', 'short', 'cover']);
  });

  test('leaves out a cancelled trade with its cancellation, and sums over executions', () => {
    const reasons = parsed.ignored.map(({ line, reason }) => `${line}: ${reason}`);
    expect(reasons).toContain('10: Cancelled on line 11.');
    expect(reasons).toContain('11: Cancels line 10.');
    expect(reasons).toContain('12: A sum over rows that are given one by one.');
    expect(accountingFaults(flexTrades, parsed)).toEqual([]);
  });

  test('refuses a conversion that does not name the other currency', () => {
    const header =
      '"Buy/Sell","TradeDate","ISIN","Quantity","TradePrice","TradeMoney","CurrencyPrimary","IBCommission","IBCommissionCurrency"';
    const { refused, rows } = parse(
      `${header}\n"SELL","20240110","","-800","1.1","-880","USD","-2","CHF"`,
    );
    expect(rows).toEqual([]);
    expect(refused).toMatchObject([{ line: 2, code: 'import.unknown-currency-pair' }]);
    expect(refused[0]?.fix).toContain('EUR.USD');
  });

  test.each`
    what                          | cells                                                                                                          | code
    ${'a number that is none'}    | ${'USD,STK,AAA,,US0000000001,1,,,,,1,20240110,ExchTrade,12abc,1,12,-12,0,0,USD,0,,,BUY,1,EXECUTION,'}          | ${'import.unreadable'}
    ${'a day with slashes'}       | ${'USD,STK,AAA,,US0000000001,1,,,,,1,01/02/2024,ExchTrade,12,1,12,-12,0,0,USD,0,,,BUY,1,EXECUTION,'}           | ${'import.unreadable'}
    ${'a contract on difference'} | ${'USD,CFD,AAA,,US0000000001,1,,,,,1,20240110,ExchTrade,12,1,12,-12,0,0,USD,0,,,BUY,1,EXECUTION,'}             | ${'import.margin-product'}
    ${'no instrument'}            | ${'USD,STK,,,,1,,,,,1,20240110,ExchTrade,12,1,12,-12,0,0,USD,0,,,BUY,1,EXECUTION,'}                            | ${'import.missing-instrument'}
    ${'an unknown cancellation'}  | ${'USD,STK,AAA,,US0000000001,1,,,,,,20240110,TradeCancel,-12,1,-12,12,0,0,USD,0,,Ca,BUY (Ca.),1,EXECUTION,77'} | ${'import.cancels-unknown'}
  `('refuses $what by line', ({ cells, code }) => {
    const { refused, rows } = parse(`${flexHeader}\n${cells}`);
    expect(rows).toEqual([]);
    expect(refused).toMatchObject([{ line: 2, code }]);
  });

  test('survives damage with every row accounted for', () => {
    expect(faultsUnderDamage(importer, flexTrades, { runs: 200 })).toEqual([]);
  });
});

const dividends = `"Type","SettleDate","ISIN","Description","Amount","CurrencyPrimary"
"Withholding Tax","20240315","US0000000001","AAA(US0000000001) CASH DIVIDEND USD 0.24 PER SHARE - US TAX","-3.6","USD"
"Dividends","20240315","US0000000001","AAA(US0000000001) CASH DIVIDEND USD 0.24 PER SHARE (Ordinary Dividend)","24","USD"
"Dividends","20240320","US0000000001","AAA(US0000000001) CASH DIVIDEND USD 0.24 PER SHARE (Ordinary Dividend)","-24","USD"
"Withholding Tax","20240320","US0000000001","AAA(US0000000001) CASH DIVIDEND USD 0.24 PER SHARE - US TAX","3.6","USD"
"Dividends","20240320","US0000000001","AAA(US0000000001) CASH DIVIDEND USD 0.24 PER SHARE (Ordinary Dividend)","20","USD"
"Withholding Tax","20240320","US0000000001","AAA(US0000000001) CASH DIVIDEND USD 0.24 PER SHARE - US TAX","-3","USD"
"Dividends","20240320","US0000000001","AAA(US0000000001) CASH DIVIDEND USD 0.04 PER SHARE (Return of Capital)","4","USD"
"Withholding Tax","20240401","US0000000005","EEE(US0000000005) CASH DIVIDEND USD 1 PER SHARE - US TAX","-1","USD"
"Rebate","20240401","","Something new","1","USD"
"Other Fees","20240401","","Nothing","0","USD"
`;

describe('dividends', () => {
  const parsed = parse(dividends);

  test('stand with their tax; a reversal is negative and takes its refund along', () => {
    const figures = transactions(parsed).map((each) =>
      each.type === 'dividend' ? [formatDecimal(each.amount), formatDecimal(each.tax)] : each.type,
    );
    expect(figures).toEqual([
      ['24', '3.6'],
      ['-24', '-3.6'],
      ['20', '3'],
      'return-of-capital',
      'tax',
    ]);
    expect(parsed.rows.map((row) => row.lines)).toEqual([
      [2, 3],
      [4, 5],
      [6, 7],
      undefined,
      undefined,
    ]);
  });

  test('of nothing are left out', () => {
    expect(parsed.ignored.map((row) => row.line)).toEqual([1, 11]);
  });

  test('of an unknown kind are refused by name', () => {
    expect(parsed.refused).toMatchObject([
      { line: 10, column: 'Type', value: 'Rebate', code: 'import.unknown-kind' },
    ]);
  });
});

const statement = `Statement,Header,Field Name,Field Value
Statement,Data,BrokerName,Interactive Brokers
Account Information,Header,Field Name,Field Value
Account Information,Data,Account,U7000001
Account Information,Data,Base Currency,EUR
Cash Report,Header,Currency Summary,Currency,Total,Securities,Futures,
Cash Report,Data,Ending Cash,Base Currency Summary,0,0,0,
Cash Report,Data,Ending Cash,EUR,8990.4,8990.4,0,
Cash Report,Data,Ending Cash,USD,872.1,872.1,0,
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code
Open Positions,Data,Summary,Stocks,USD,AAA,"2,000",1,5.0005,10001,6,12000,1999,
Open Positions,Total,,Stocks,USD,,,,,10001,,12000,1999,
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code
Trades,Data,Order,Stocks,USD,AAA,"2024-01-10, 10:30:00","1,000",10,10.1,"-10,000",-1,10001,0,100,O;P
Trades,Data,Trade,Stocks,USD,AAA,"2024-01-10, 10:30:00","1,000",10,10.1,"-10,000",-1,10001,0,100,O;P
Trades,SubTotal,,Stocks,USD,AAA,,1000,,,-10000,-1,10001,0,100,
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,,Proceeds,Comm in EUR,,,MTM in EUR,Code
Trades,Data,Order,Forex,USD,EUR.USD,"2024-01-10, 09:00:00","-10,000",1.05,,10500,-1.8,,,2,
Corporate Actions,Header,Asset Category,Currency,Report Date,Date/Time,Description,Quantity,Proceeds,Value,Realized P/L,Code
Corporate Actions,Data,Stocks,USD,2024-02-05,"2024-02-02, 20:25:00","AAA(US0000000001) Split 2 for 1 (AAA, ALPHA, INC, US0000000001)",1000,0,0,0,
Corporate Actions,Data,Stocks,USD,2024-03-05,"2024-03-04, 20:25:00","AAA(US0000000001) Spinoff  1 for 10 (BBB, BETA, US0000000002)",200,0,500,0,
Deposits & Withdrawals,Header,Currency,Settle Date,Description,Amount
Deposits & Withdrawals,Data,EUR,2024-01-05,Electronic Fund Transfer,19000
Deposits & Withdrawals,Data,EUR,2024-01-25,Disbursement,-10
Deposits & Withdrawals,Data,Total,,,18990
Fees,Header,Subtitle,Currency,Date,Description,Amount
Fees,Data,Other Fees,USD,2024-01-04,Market data,-4.5
Fees,Data,Total,,,,-4.5
Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,USD,2024-03-15,AAA(US0000000001) Cash Dividend USD 0.24 per Share (Ordinary Dividend),480
Dividends,Data,Total,,,480
Withholding Tax,Header,Currency,Date,Description,Amount,Code
Withholding Tax,Data,USD,2024-03-15,AAA(US0000000001) Cash Dividend USD 0.24 per Share - US Tax,-100,
Interest,Header,Currency,Date,Description,Amount
Interest,Data,USD,2024-02-05,USD Debit Interest for Jan-2024,-2.4
Interest,Data,EUR,2024-02-05,EUR Credit Interest for Jan-2024,2.2
Financial Instrument Information,Header,Asset Category,Symbol,Description,Conid,Security ID,Underlying,Listing Exch,Multiplier,Type,Code
Financial Instrument Information,Data,Stocks,AAA,"ALPHA, INC",111,US0000000001,,NASDAQ,1,COMMON,
`;

const outgoing = new Set(['buy', 'cover', 'withdrawal', 'fee', 'tax', 'margin-interest']);

/** What one transaction does to cash: currency and signed amount. */
function movements(each: ImportedTransaction): readonly (readonly [string, bigint])[] {
  const charges: readonly (readonly [string, bigint])[] =
    'fee' in each
      ? [
          [each.feeCurrency ?? each.currency, -each.fee],
          [each.taxCurrency ?? each.currency, -each.tax],
        ]
      : [];
  if (each.type === 'fx') {
    const { sold, bought } = each;
    return [...charges, [sold.currency, -sold.amount], [bought.currency, bought.amount]];
  }
  if (!('amount' in each)) return charges;
  return [...charges, [each.currency, (each.amount ?? 0n) * (outgoing.has(each.type) ? -1n : 1n)]];
}

/** Cash by currency that the transactions leave. */
function cashOf(parsed: ParsedFile): Readonly<Record<string, string>> {
  const cash = new Map<string, bigint>();
  for (const [currency, amount] of transactions(parsed).flatMap(movements)) {
    cash.set(currency, (cash.get(currency) ?? 0n) + amount);
  }
  return Object.fromEntries([...cash].map(([code, amount]) => [code, formatDecimal(amount)]));
}

describe('an activity statement', () => {
  const parsed = parse(statement);

  test('comes to the cash and units that it states', () => {
    expect(parsed.refused).toEqual([]);
    expect(parsed.currency).toBe('EUR');
    expect(parsed.totals).toEqual({
      cash: { EUR: decimal('8990.4'), USD: decimal('872.1') },
      holdings: { US0000000001: decimal('2000') },
    });
    expect(cashOf(parsed)).toEqual({ EUR: '8990.4', USD: '872.1' });
  });

  test('lets a corporate action take effect on the day after its close', () => {
    expect(transactions(parsed).find((each) => each.type === 'split')).toMatchObject({
      effectiveAt: '2024-02-05',
      added: decimal('1000'),
      instrument: { symbol: 'AAA', isin: 'US0000000001', name: 'ALPHA, INC' },
    });
    expect(transactions(parsed).find((each) => each.type === 'spin-off')).toMatchObject({
      instrument: { isin: 'US0000000001' },
      child: { isin: 'US0000000002', symbol: 'BBB' },
      quantity: decimal('200'),
    });
  });

  test('takes what a trade does not say from the section on instruments', () => {
    expect(transactions(parsed).find((each) => each.type === 'buy')).toMatchObject({
      instrument: { isin: 'US0000000001', kind: 'equity', exchange: 'NASDAQ' },
    });
  });

  test('accounts for every line, damaged or not', () => {
    expect(accountingFaults(statement, parsed)).toEqual([]);
    expect(faultsUnderDamage(importer, statement, { runs: 200, seed: 7 })).toEqual([]);
  });
});

describe('detection', () => {
  test('knows both kinds of report and no other file', () => {
    expect(importer.detect(textFile(flexTrades))).toBe(1);
    expect(importer.detect(textFile(dividends))).toBe(1);
    expect(importer.detect(textFile(statement))).toBe(1);
    expect(importer.detect(textFile('date,type,amount\n2024-01-01,buy,1'))).toBe(0);
  });
});

describe.skipIf(!haveSamples)(
  'the sample exports (skipped where the shared samples are absent)',
  () => {
    test('trades: eight purchases, and three conversions refused for want of a pair', () => {
      const parsed = importer.parse(sample('export-samples/ibkr-trades-export.csv'), {});
      expect(parsed.rows).toHaveLength(8);
      expect(parsed.refused.map((row) => [row.line, row.code])).toEqual([
        [10, 'import.unknown-currency-pair'],
        [11, 'import.unknown-currency-pair'],
        [12, 'import.unknown-currency-pair'],
      ]);
      const vt = transactions(parsed).filter(
        (each) => each.type === 'buy' && each.instrument.isin === 'US9220427424',
      );
      const units = vt.reduce((sum, each) => sum + (each.type === 'buy' ? each.quantity : 0n), 0n);
      expect(formatDecimal(units)).toBe('323');
    });

    test('dividends: each with its tax', () => {
      const parsed = importer.parse(sample('export-samples/ibkr-dividends-export.csv'), {});
      expect(parsed.refused).toEqual([]);
      expect(parsed.rows.map((row) => row.lines ?? [row.line])).toEqual([
        [2, 4],
        [3, 8],
        [7],
        [5, 9],
        [6, 10],
        [11],
        [12],
      ]);
      expect(cashOf(parsed)).toEqual({ USD: '334.61', CHF: '32.08', JPY: '455' });
    });
  },
);
