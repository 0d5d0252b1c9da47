import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, had, type TestEngine, testEngine } from '../testing/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine('2021-06-30T12:00:00.000Z');
}, 60_000);
afterAll(() => test.close());

const by = { actor: 'owner' };
const written = <T>(answer: Parameters<typeof had<{ value: T }>>[0]): T => had(answer).value;

/** A workspace with 10 Apple shares, bought in 2020. */
async function holder() {
  const { engine } = test;
  const workspace = await test.workspace();
  const account = written(
    await engine.createAccount(workspace, { name: 'Broker', currency: 'USD' }, by),
  );
  const apple = written(
    await engine.createInstrument(
      workspace,
      { kind: 'equity', name: 'Apple', symbol: 'AAPL', currency: 'USD' },
      by,
    ),
  );
  await engine.record(
    workspace,
    [
      {
        type: 'buy',
        accountId: account.id,
        instrumentId: apple.id,
        effectiveAt: '2020-01-02',
        quantity: '10',
        price: '300',
        currency: 'USD',
        fee: '0',
        tax: '0',
      },
    ],
    by,
  );
  const quantity = async () => {
    const portfolio = had(await engine.portfolios(workspace))[0]?.id ?? 'all';
    const view = had(await engine.holdings(workspace, { portfolio, lots: false }));
    return view.holdings.filter(({ kind }) => kind !== 'cash').map((one) => one.quantity);
  };
  return { workspace, account, apple, quantity };
}

const split = { kind: 'split', day: '2020-08-31', value: '4:1' } as const;
const dividend = {
  kind: 'dividend',
  day: '2020-11-06',
  payDay: '2020-11-12',
  value: '0.205',
  currency: 'USD',
} as const;

describe('corporate actions', { timeout: 60_000 }, () => {
  it('are offered with what they mean, and recorded only when confirmed', async () => {
    const { engine } = test;
    const { workspace, apple, quantity } = await holder();
    written(await engine.addAction(workspace, { instrument: apple.id, ...split }, by));
    written(await engine.addAction(workspace, { instrument: apple.id, ...dividend }, by));
    const open = had(await engine.proposals(workspace, false));
    expect(open.map(({ text }) => text)).toEqual([
      '40 AAPL × 0.205 USD = 8.2 USD.',
      '10 AAPL become 40, 4 for 1.',
    ]);
    expect(await quantity()).toEqual(['10']);
    const decisions = open.map(({ id }) => ({ id, decision: 'confirmed' as const }));
    const done = written(await engine.decideProposals(workspace, decisions, by));
    expect(done).toMatchObject({ confirmed: 2, declined: 0 });
    expect(done.transactionIds).toHaveLength(2);
    expect(await quantity()).toEqual(['40']);
    expect(had(await engine.proposals(workspace, false))).toEqual([]);
    const all = had(await engine.proposals(workspace, true));
    expect(all.map(({ state, decidedBy }) => [state, decidedBy])).toEqual([
      ['confirmed', 'owner'],
      ['confirmed', 'owner'],
    ]);
  });

  it('are open again once what they recorded is reversed', async () => {
    const { engine } = test;
    const { workspace, apple } = await holder();
    await engine.addAction(workspace, { instrument: apple.id, ...split }, by);
    const [one] = had(await engine.proposals(workspace, false));
    const decision = { id: one?.id ?? '', decision: 'confirmed' as const };
    const done = written(await engine.decideProposals(workspace, [decision], by));
    await engine.reverse(workspace, done.transactionIds[0] ?? '', 'not mine', by);
    expect(had(await engine.proposals(workspace, false))).toMatchObject([{ state: 'open' }]);
  });

  it('are not offered where a broker’s file has them already', async () => {
    const { engine } = test;
    const { workspace, account, apple } = await holder();
    await engine.record(
      workspace,
      [
        {
          type: 'dividend',
          accountId: account.id,
          instrumentId: apple.id,
          effectiveAt: '2020-11-13',
          amount: '2.05',
          currency: 'USD',
          fee: '0',
          tax: '0.31',
        },
      ],
      by,
    );
    await engine.addAction(workspace, { instrument: apple.id, ...dividend }, by);
    expect(had(await engine.proposals(workspace, false))).toEqual([]);
    expect(had(await engine.proposals(workspace, true))).toMatchObject([
      { state: 'settled', reason: 'The record has a dividend of 2020-11-13.' },
    ]);
  });

  it('stay declined until they are reopened or corrected', async () => {
    const { engine } = test;
    const { workspace, apple } = await holder();
    await engine.addAction(workspace, { instrument: apple.id, ...dividend }, by);
    const [one] = had(await engine.proposals(workspace, false));
    const decide = (decision: 'declined' | 'reopened' | 'confirmed') =>
      engine.decideProposals(workspace, [{ id: one?.id ?? '', decision }], by);
    written(await decide('declined'));
    expect(had(await engine.proposals(workspace, false))).toEqual([]);
    expect(await decide('confirmed')).toMatchObject({ fault: { code: 'action.decided' } });
    written(await decide('reopened'));
    expect(had(await engine.proposals(workspace, false))).toHaveLength(1);
    written(await decide('declined'));
    await engine.addAction(workspace, { instrument: apple.id, ...dividend, value: '0.21' }, by);
    expect(had(await engine.proposals(workspace, false))).toMatchObject([
      { text: '10 AAPL × 0.21 USD = 2.1 USD.' },
    ]);
  });

  it('take the figures of the broker', async () => {
    const { engine } = test;
    const { workspace, apple } = await holder();
    await engine.addAction(workspace, { instrument: apple.id, ...dividend }, by);
    const [one] = had(await engine.proposals(workspace, false));
    const said = { amount: '2.04', tax: '0.31', on: '2020-11-16' };
    const decision = { id: one?.id ?? '', decision: 'confirmed' as const, ...said };
    const done = written(await engine.decideProposals(workspace, [decision], by));
    const recorded = had(await engine.transaction(workspace, done.transactionIds[0] ?? ''));
    expect(recorded).toMatchObject({ amount: '2.04', tax: '0.31', effectiveAt: '2020-11-16' });
  });

  it('are taken without asking where a rule says so, before and after they come', async () => {
    const { engine } = test;
    const { workspace, apple, quantity } = await holder();
    await engine.addAction(workspace, { instrument: apple.id, ...split }, by);
    written(await engine.setActionRule(workspace, { kind: 'split', confirm: true }, by));
    expect(await quantity()).toEqual(['40']);
    const reverse = { kind: 'split', day: '2021-02-01', value: '1:2' } as const;
    await engine.addAction(workspace, { instrument: apple.id, ...reverse }, by);
    expect(await quantity()).toEqual(['20']);
    await engine.addAction(workspace, { instrument: apple.id, ...dividend }, by);
    expect(had(await engine.proposals(workspace, false))).toMatchObject([{ kind: 'dividend' }]);
  });

  it('make the child of a spin-off, once its share of the cost is known', async () => {
    const { engine } = test;
    const { workspace, apple } = await holder();
    const spin = { kind: 'spin-off', day: '2020-05-04', value: '0.5', other: 'KID' } as const;
    await engine.addAction(workspace, { instrument: apple.id, ...spin }, by);
    const [one] = had(await engine.proposals(workspace, false));
    expect(one?.needs).toEqual(['successor', 'costShare']);
    const decision = { id: one?.id ?? '', decision: 'confirmed' as const };
    expect(await engine.decideProposals(workspace, [decision], by)).toMatchObject({
      fault: { code: 'action.incomplete' },
    });
    expect(had(await engine.instruments(workspace, 'KID', 5))).toEqual([]);
    written(await engine.decideProposals(workspace, [{ ...decision, costShare: '0.2' }], by));
    const view = had(await engine.holdings(workspace, { portfolio: 'all', lots: false }));
    const kid = view.holdings.find(({ instrument }) => instrument === 'KID');
    expect(kid).toMatchObject({ quantity: '5', cost: '600' });
  });

  it('give an instrument its new symbol, and the old one is still known', async () => {
    const { engine } = test;
    const { workspace, apple } = await holder();
    const change = { kind: 'symbol-change', day: '2020-05-04', value: '1', other: 'APPL' } as const;
    await engine.addAction(workspace, { instrument: apple.id, ...change }, by);
    const [one] = had(await engine.proposals(workspace, false));
    const decision = { id: one?.id ?? '', decision: 'confirmed' as const };
    written(await engine.decideProposals(workspace, [decision], by));
    const [renamed] = had(await engine.instruments(workspace, 'APPL', 5));
    expect(renamed?.id).toBe(apple.id);
    expect(had(await engine.proposals(workspace, false))).toEqual([]);
  });

  it('of a public listing are entered once and offered to every holder', async () => {
    const { engine, store } = test;
    const [mine, theirs] = [await holder(), await holder()];
    await store.write('market', (unit) =>
      unit.catalogue.saveInstruments([
        {
          id: 'listing-aapl',
          kind: 'equity',
          name: 'Apple',
          symbol: 'AAPL',
          currency: 'USD',
          multiplier: 10n ** 18n,
          priceFactor: (10n ** 24n) as never,
          simulated: false,
        },
      ]),
    );
    for (const { workspace, apple } of [mine, theirs]) {
      const link = { instrumentId: apple.id, listingId: 'listing-aapl' };
      await store.write(workspace, ({ links }) =>
        links.link({ ...link, linkedBy: 'rule', evidence: 'symbol' }),
      );
    }
    const entered = written(
      await engine.addAction(mine.workspace, { instrument: mine.apple.id, ...split }, by),
    );
    expect(entered).toMatchObject({ shared: true, instrumentId: mine.apple.id });
    expect(had(await engine.proposals(theirs.workspace, false))).toMatchObject([
      { instrumentId: theirs.apple.id, text: '10 AAPL become 40, 4 for 1.' },
    ]);
    written(await engine.withdrawAction(theirs.workspace, entered.id, by));
    expect(had(await engine.proposals(mine.workspace, false))).toEqual([]);
  });

  it('give way to the broker’s own booking of the same, and stay once it is undone', async () => {
    const { engine } = test;
    const { workspace, apple, quantity } = await holder();
    await engine.addAction(workspace, { instrument: apple.id, ...split }, by);
    await engine.addAction(workspace, { instrument: apple.id, ...dividend }, by);
    const open = had(await engine.proposals(workspace, false));
    const decisions = open.map(({ id }) => ({ id, decision: 'confirmed' as const }));
    written(await engine.decideProposals(workspace, decisions, by));
    const csv =
      'date,type,symbol,quantity,price,amount,currency,fee,tax,ratio\n' +
      '2020-09-01,split,AAPL,,,,,,,4:1\n' +
      '2020-11-13,dividend,AAPL,,,8.21,USD,,1.23,\n';
    const request = { account: 'Broker', acceptValid: false };
    const preview = had(await engine.previewImport(workspace, [file('b.csv', csv)], request));
    expect(preview.rows.map(({ status, reason }) => [status, reason])).toEqual([
      ['add', 'Takes the place of what a confirmed corporate action recorded.'],
      ['add', 'Takes the place of what a confirmed corporate action recorded.'],
    ]);
    const done = written<{ importId: string | null; added: number }>(
      await engine.importFiles(workspace, [file('b.csv', csv)], request, by),
    );
    expect(done.added).toBe(2);
    expect(await quantity()).toEqual(['40']);
    const query = { portfolio: 'all', base: 'USD', to: '2021-06-30' };
    const performance = had(await engine.performance(workspace, query));
    expect(performance).toMatchObject({ income: '8.21' });
    expect(had(await engine.proposals(workspace, true)).map(({ state }) => state)).toEqual([
      'settled',
      'settled',
    ]);
    written(await engine.undoImport(workspace, done.importId ?? '', by));
    expect(had(await engine.proposals(workspace, false))).toHaveLength(2);
  });

  it('are for review once the record or the action they were confirmed by has changed', async () => {
    const { engine } = test;
    const { workspace, account, apple } = await holder();
    const entered = written<{ id: string }>(
      await engine.addAction(workspace, { instrument: apple.id, ...dividend }, by),
    );
    const [one] = had(await engine.proposals(workspace, false));
    const decision = { id: one?.id ?? '', decision: 'confirmed' as const };
    written(await engine.decideProposals(workspace, [decision], by));
    const review = async () =>
      had(await engine.proposals(workspace, true)).map((each) => [each.review, each.reason]);
    expect(await review()).toEqual([[false, '10 AAPL × 0.205 USD = 2.05 USD.']]);
    const before = {
      type: 'buy',
      accountId: account.id,
      instrumentId: apple.id,
      effectiveAt: '2020-02-03',
      quantity: '5',
      price: '300',
      currency: 'USD',
      fee: '0',
      tax: '0',
    };
    await engine.record(workspace, [before], by);
    expect(await review()).toEqual([[true, expect.stringContaining('10 AAPL × 0.205')]]);
    written(await engine.withdrawAction(workspace, entered.id, by));
    expect(await review()).toEqual([[true, expect.stringContaining('withdrawn')]]);
  });

  it('that make no sense are refused with what is wrong', async () => {
    const { engine } = test;
    const { workspace, apple } = await holder();
    const add = (fields: object) =>
      engine.addAction(workspace, { instrument: apple.id, ...dividend, ...fields }, by);
    expect(await add({ value: '0' })).toMatchObject({ fault: { code: 'request.invalid' } });
    expect(await add({ kind: 'split', value: '4 for 1' })).toMatchObject({
      fault: { detail: 'value: "4 for 1" is not a ratio like 4:1 or 1:20.' },
    });
    expect(await add({ instrument: 'nothing' })).toMatchObject({
      fault: { code: 'instrument.unknown' },
    });
    expect(await add({ kind: 'spin-off' })).toMatchObject({ fault: { code: 'request.invalid' } });
  });
});
