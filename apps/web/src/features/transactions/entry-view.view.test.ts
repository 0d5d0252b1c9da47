import type { Problem } from '@plimsoll/contracts';
import { newTransaction } from '@plimsoll/contracts';
import { expect, test } from 'vitest';
import { type Draft, faultsOfProblem, readDraft, startDraft } from './entry-view.ts';
import { readNumber } from './read-number.ts';
import { commonFields, entryForms, entryTypes, type FieldSpec } from './transaction-forms.ts';

const sample: Record<FieldSpec['kind'], string> = {
  instrument: 'ins-1',
  account: 'acc-1',
  exact: '2',
  currency: 'EUR',
  day: '2026-03-31',
  text: 'counted again',
};
const filled = (fields: readonly FieldSpec[]): Draft =>
  Object.fromEntries(fields.map(({ name, kind }) => [name, sample[kind]]));

test('every form, filled in wholly or only where it must be, fits the contract', () => {
  for (const type of entryTypes) {
    const fields = [...commonFields, ...entryForms[type].fields];
    for (const some of [fields, fields.filter((each) => !each.optional)]) {
      const { transaction, faults } = readDraft(type, filled(some), 'en-IE');
      expect(faults, type).toBeNull();
      const parsed = newTransaction.safeParse(transaction);
      expect(parsed.error?.issues ?? [], type).toEqual([]);
    }
  }
});

test('every type of the contract has a form', () => {
  const types = newTransaction.options.flatMap((option) => {
    const type = option.shape.type.def;
    return 'entries' in type ? Object.values(type.entries) : type.values;
  });
  expect([...entryTypes].sort()).toEqual([...types].sort());
});

test('what is missing or no number is said at its field', () => {
  const { faults } = readDraft('buy', { quantity: '4,5,1', effectiveAt: '2026-02-30' }, 'en-IE');
  expect(faults).toMatchObject({
    accountId: 'Account is missing',
    instrumentId: 'Instrument is missing',
    quantity: '“4,5,1” is not a number. Write it like 1234.56',
    effectiveAt: '“2026-02-30” is not a day',
  });
});

test('a currency alone does not make a settlement', () => {
  const draft = { ...filled([...commonFields, ...entryForms.buy.fields]), 'settlement.amount': '' };
  expect(readDraft('buy', draft, 'en-IE').transaction).not.toHaveProperty('settlement');
});

test('numbers are read as they are written where the writer lives', () => {
  expect(readNumber('1,234.56', 'en-IE')).toBe('1234.56');
  expect(readNumber('1.234,56', 'en-IE')).toBe('1234.56');
  expect(readNumber('1.234', 'de-DE')).toBe('1234');
  expect(readNumber('1.234', 'en-IE')).toBe('1.234');
  expect(readNumber('0,125', 'en-IE')).toBe('0.125');
  expect(readNumber('1 234 567', 'fr-FR')).toBe('1234567');
  expect(readNumber('−5', 'en-IE')).toBe('-5');
  expect(readNumber('.5', 'en-IE')).toBe('0.5');
  expect(readNumber('1e5', 'en-IE')).toBeNull();
  expect(readNumber('1.2.3,4,5', 'en-IE')).toBeNull();
});

test('the server’s refusal stands at the field it names', () => {
  const problem = (more: object) =>
    ({
      type: 'x',
      title: 'x',
      status: 422,
      code: 'transaction.invalid',
      detail: 'No.',
      ...more,
    }) as Problem;
  const names = ['quantity', 'settlement.amount'];
  expect(
    faultsOfProblem(
      problem({ errors: [{ path: ['transactions', 0, 'quantity'], message: 'Too much' }] }),
      names,
    ),
  ).toEqual({
    faults: { quantity: 'Too much' },
    rest: null,
  });
  expect(
    faultsOfProblem(
      problem({ errors: [{ pointer: '#/transactions/0/settlement', detail: 'Odd' }] }),
      names,
    ).faults,
  ).toEqual({
    'settlement.amount': 'Odd',
  });
  expect(faultsOfProblem(problem({ field: 'quantity' }), names)).toEqual({
    faults: { quantity: 'No.' },
    rest: null,
  });
  expect(faultsOfProblem(problem({}), names)).toEqual({ faults: {}, rest: 'No.' });
});

test('a draft starts where the reader is', () => {
  expect(
    startDraft({ today: '2026-11-20', accountId: 'a', currency: 'EUR', instrumentId: undefined }),
  ).toEqual({
    effectiveAt: '2026-11-20',
    accountId: 'a',
    currency: 'EUR',
    'sold.currency': 'EUR',
  });
});
