import type { ColumnMapping } from '@plimsoll/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportRequest } from '../engine.ts';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';
import type { UploadedFile } from '../use-case.ts';

const by = { actor: 'test' };
const header = 'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note';
const csv = (...rows: string[]): string => [header, ...rows].join('\n');

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(() => test.close());

const take = async (
  workspace: string,
  files: readonly UploadedFile[],
  request: ImportRequest = into('Broker'),
) => had(await test.engine.importFiles(workspace, files, request, by)).value;

const namesOf = async (workspace: string): Promise<string[]> =>
  had(await test.engine.accounts(workspace)).map(({ name, currency }) => `${name} ${currency}`);

const two = csv(
  '2024-01-02,buy,X,1,100,,0,0,USD,Ann,',
  '2024-01-03,buy,X,2,100,,0,0,USD,Ann,',
  '2024-01-03,buy,Y,2,50,,0,0,EUR,Bob,',
);

const brokers: ColumnMapping = {
  name: 'brokers',
  columns: {
    date: 'Day',
    type: 'What',
    symbol: 'Share',
    quantity: 'Units',
    price: 'Price',
    currency: 'Money',
    account: 'Depot',
  },
  types: {},
  dateFormat: 'iso',
  decimal: '.',
};

describe('accounts of an import', () => {
  it('are those that a file of several names, and no empty one beside them', async () => {
    const w = await test.workspace();
    expect(await take(w, [file('a.csv', two)], into('Family'))).toMatchObject({ added: 3 });
    expect(await namesOf(w)).toEqual(['Ann USD', 'Bob EUR']);
    expect(await take(w, [file('a.csv', two)], into('Family'))).toMatchObject({ added: 0 });
    expect(await namesOf(w)).toEqual(['Ann USD', 'Bob EUR']);
    expect(had(await test.engine.imports(w))).toHaveLength(1);
  });

  it('are found by id, by name in any case, and by the name the user gives a file of one', async () => {
    const w = await test.workspace();
    const account = had(
      await test.engine.createAccount(w, { name: 'My Depot', currency: 'EUR' }, by),
    ).value;
    const one = 'Day,What,Share,Units,Price,Money,Depot\n2024-01-02,buy,X,1,100,USD,Konto 4711';
    await take(w, [file('a.csv', one)], into(account.id, { mapping: brokers }));
    expect(
      await take(w, [file('a.csv', one)], into('my depot', { mapping: brokers })),
    ).toMatchObject({ added: 0, skipped: 1 });
    expect(await namesOf(w)).toEqual(['My Depot EUR']);
  });

  it('are those that rows of the native CSV name, also where it is one', async () => {
    const w = await test.workspace();
    const one = csv('2024-01-02,buy,X,1,100,,0,0,USD,Ann,', '2024-01-03,buy,X,1,100,,0,0,EUR,,');
    await take(w, [file('a.csv', one)], into('Family'));
    expect((await namesOf(w)).toSorted()).toEqual(['Ann USD', 'Family USD']);
  });

  it('have the currency that most rows are in, or the one asked for', async () => {
    const w = await test.workspace();
    const dollars = csv(
      '2024-01-02,buy,X,1,100,,0,0,USD,,',
      '2024-01-03,buy,Y,1,9,,0,0,EUR,,',
      '2024-01-04,buy,X,1,100,,0,0,USD,,',
    );
    await take(w, [file('a.csv', dollars)], into('A'));
    await take(w, [file('a.csv', dollars)], into('B', { currency: 'CHF' }));
    expect(await namesOf(w)).toEqual(['A USD', 'B CHF']);
  });

  it('are not made by a refused or previewed file', async () => {
    const w = await test.workspace();
    had(await test.engine.previewImport(w, [file('a.csv', two)], into('Family')));
    const bad = csv('2024-01-02,sell,X,1,100,,0,0,USD,,');
    await test.engine.importFiles(w, [file('b.csv', bad)], into('Family'), by);
    expect(await namesOf(w)).toEqual([]);
    expect(had(await test.engine.instruments(w, '', 10))).toEqual([]);
  });
});

describe('what a statement says is left', () => {
  const ofx = (balance: string, ...movements: readonly string[]) => `OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20240401<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>1<ACCTID>77<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20240101<DTEND>20240131
${movements.join('\n')}
</BANKTRANLIST><LEDGERBAL><BALAMT>${balance}<DTASOF>20240131</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`;
  const movement = (day: string, amount: string, id: string) =>
    `<STMTTRN><TRNTYPE>${amount.startsWith('-') ? 'DEBIT' : 'CREDIT'}<DTPOSTED>${day}<TRNAMT>${amount}<FITID>${id}<NAME>someone</STMTTRN>`;
  const januaryRows = [movement('20240105', '100.00', 'a'), movement('20240120', '-30.00', 'b')];
  const cashCheck = (ours: string, stated: string) => [
    { what: 'EUR cash', stated, ours, agrees: stated === ours },
  ];

  it('is compared with the record of that day, whatever was imported since', async () => {
    const w = await test.workspace();
    const january = file('jan.ofx', ofx('70.00', ...januaryRows));
    const february = file('feb.ofx', ofx('75.00', movement('20240210', '5.00', 'c')));
    expect((await take(w, [january])).checks).toEqual(cashCheck('70', '70'));
    expect((await take(w, [february])).checks).toEqual(cashCheck('75', '75'));
    const again = await take(w, [january]);
    expect(again).toMatchObject({ added: 0, skipped: 2 });
    expect(again.checks).toEqual(cashCheck('70', '70'));
  });

  it('is compared with the account of the file alone, and file by file', async () => {
    const w = await test.workspace();
    const january = file('jan.ofx', ofx('70.00', ...januaryRows));
    const february = file('feb.ofx', ofx('75.00', movement('20240210', '5.00', 'c')));
    await take(w, [january], into('Other'));
    expect((await take(w, [february, january], into('Mine'))).checks).toEqual([
      ...cashCheck('75', '75'),
      ...cashCheck('70', '70'),
    ]);
  });
});
