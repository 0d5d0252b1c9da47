import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';

const by = { actor: 'test' };
const header = 'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note';
const bought = (unit: string, price: string) =>
  file('a.csv', `${header}\n2024-01-03,buy,VOD,100,${price},,,,${unit},,\n`);
const closes = (unit: string, close: string) =>
  file('VOD.csv', `date,close,currency\n2024-01-03,${close},${unit}\n`);
const plain = (close: string) => file('VOD.csv', `date,close\n2024-01-03,${close}\n`);

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(() => test.close());

const take = (w: string, csv: ReturnType<typeof bought>) =>
  test.engine.importFiles(w, [csv], into('Broker', { currency: 'GBP' }), by);
const price = (w: string, csv: ReturnType<typeof bought>) =>
  test.engine.importPrices(w, [csv], {}, by);
const held = async (w: string) =>
  had(
    await test.engine.holdings(w, { portfolio: 'all', lots: false, at: '2024-01-03' }),
  ).holdings.map((h) => `${h.quantity} at ${h.price} is ${h.value} ${h.currency}`);

describe('prices in pence', () => {
  it.each([
    ['bought in pence, priced in pence', bought('GBX', '250'), closes('GBX', '255.3')],
    ['bought in pence, priced without a unit', bought('GBX', '250'), plain('255.3')],
    ['bought in pence, priced in pounds', bought('GBp', '250'), closes('GBP', '2.553')],
    ['bought in pounds, priced in pence', bought('GBP', '2.5'), closes('GBp', '255.3')],
    ['bought in pounds, priced without a unit', bought('GBP', '2.5'), plain('2.553')],
  ])('are worth pounds: %s', async (_, trade, prices) => {
    const tradesFirst = await test.workspace();
    had(await take(tradesFirst, trade));
    had(await price(tradesFirst, prices));
    const pricesFirst = await test.workspace();
    had(await price(pricesFirst, prices));
    had(await take(pricesFirst, trade));
    const expected = ['100 at 2.553 is 255.3 GBP'];
    expect(await held(tradesFirst)).toEqual(expected);
    expect(await held(pricesFirst)).toEqual(expected);
  });
});

describe('an instrument that is priced in pence', () => {
  it('explains its price as it shows it', async () => {
    const w = await test.workspace();
    had(await take(w, bought('GBX', '250')));
    had(await price(w, plain('255.3')));
    const { value, terms } = had(
      await test.engine.explain(w, {
        portfolio: 'all',
        figure: 'holding:Broker:VOD:price',
        at: '2024-01-03',
      }),
    );
    expect(value).toBe('2.553');
    expect(terms.map((term) => [term.label, term.value])).toEqual([
      ['Price', '255.3'],
      ['Price factor', '0.01'],
    ]);
  });

  it('still is when its record was exported and read again', async () => {
    const from = await test.workspace();
    had(await take(from, bought('GBX', '250')));
    const again = await test.workspace();
    had(await take(again, file('export.csv', had(await test.engine.exportCsv(from)))));
    had(await price(again, plain('255.3')));
    expect(await held(again)).toEqual(['100 at 2.553 is 255.3 GBP']);
  });
});

describe('prices in another currency than their instrument', () => {
  it('are refused, naming both, and touch nothing', async () => {
    const w = await test.workspace();
    had(await take(w, bought('GBP', '2.5')));
    const answer = had(await price(w, closes('USD', '3.1'))).value;
    expect(answer.refused.map(({ reason }) => reason)).toEqual([
      'The prices are in USD, and VOD is priced in GBP.',
    ]);
    expect(answer.added).toBe(0);
    expect(await held(w)).toEqual(['100 at 2.5 is 250 GBP']);
  });
});
