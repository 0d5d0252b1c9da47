import type { UploadedFile } from '../use-case.ts';
import { file } from './test-engine.ts';

/** One small, valid file of each family of formats, for tests that need no sample exports. */
export const inlineExports: readonly UploadedFile[] = [
  file(
    'native.csv',
    [
      'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note',
      '2024-01-02,deposit,,,,1000,,,EUR,,',
      '2024-01-03,buy,0700,10,"1,5",,0.5,0,EUR,,"two\nlines"',
      '2024-02-03,dividend,0700,,,3,,0.45,EUR,,',
      '2024-03-04,sell,0700,4,20,,0,0,EUR,,',
    ]
      .join('\n')
      .replace('"1,5"', '15'),
  ),
  file(
    'mapped.csv',
    'Datum;Wertpapier;Stück;Kurs;Vorgang\n01.02.2024;X;5;10,5;Kauf\n02.02.2024;X;1;11,5;Verkauf\n',
  ),
  file(
    'statement.ofx',
    `OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20240401<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>1<ACCTID>77<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20240101<DTEND>20240131
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20240105<TRNAMT>100.00<FITID>a<NAME>someone</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240120<TRNAMT>-30.00<FITID>b<NAME>someone &amp; co</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>70.00<DTASOF>20240131</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`,
  ),
  file(
    'flex.xml',
    `<FlexQueryResponse queryName="all" type="AF"><FlexStatements count="1"><FlexStatement accountId="U1" fromDate="20240101" toDate="20240331" currency="USD">
<Trades><Trade accountId="U1" currency="USD" fxRateToBase="0.9" assetCategory="STK" symbol="AAPL" description="APPLE INC" isin="US0378331005" tradeID="1" tradeDate="20240103" dateTime="20240103;100000" quantity="2" tradePrice="180" tradeMoney="360" proceeds="-360" taxes="0" ibCommission="-1" ibCommissionCurrency="USD" netCash="-361" buySell="BUY" levelOfDetail="EXECUTION" transactionType="ExchTrade" /></Trades>
<CashTransactions><CashTransaction accountId="U1" currency="USD" assetCategory="" symbol="" description="DEPOSIT" dateTime="20240102" settleDate="20240102" amount="500" type="Deposits/Withdrawals" transactionID="9" levelOfDetail="DETAIL" /></CashTransactions>
</FlexStatement></FlexStatements></FlexQueryResponse>
`,
  ),
  file(
    'ghostfolio.json',
    JSON.stringify({
      meta: { date: '2024-05-01T00:00:00.000Z', version: '2.70.0' },
      activities: [
        {
          accountId: 'a',
          comment: null,
          fee: 1,
          quantity: 3,
          type: 'BUY',
          unitPrice: 100.5,
          currency: 'USD',
          dataSource: 'YAHOO',
          date: '2024-01-03T00:00:00.000Z',
          symbol: 'MSFT',
        },
      ],
    }),
  ),
  file(
    'performance.csv',
    'Date;Type;Value;Transaction Currency;Gross Amount;Currency Gross Amount;Exchange Rate;Fees;Taxes;Shares;ISIN;WKN;Ticker Symbol;Security Name;Note\n2024-01-03T00:00;Buy;1,001.00;EUR;;;;1.00;0.00;10;DE0007164600;716460;SAP.DE;SAP SE;\n',
  ),
  file(
    'savings.qif',
    '!Type:Bank\nD1/25/2024\nT-12.50\nPsomeone\n^\nD2/26/2024\nT1,000.00\nPsomeone\n^\n',
  ),
];
