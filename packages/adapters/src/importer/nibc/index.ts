import { absolute, ok } from '@plimsoll/kernel';
import {
  all,
  defineImporter,
  headerMissing,
  headHasHeader,
  type Outcome,
  type Read,
  Reading,
  type Row,
  readCsv,
  rowsOf,
  whenFields,
} from '../../importer-kit/index.ts';

const shape = {
  delimiter: ';',
  headerHas: [
    'Nr v/d verrichting',
    'Boekhdk. datum',
    'Beschrijving',
    'Bedrag v/d verrichting',
    'Munt',
    'Valutadatum',
  ],
} as const;

/** NIBC's statement of a savings account. */
export default defineImporter({
  id: 'nibc',
  title: 'NIBC savings account (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse: (file) => {
    const table = readCsv(file.text, shape);
    if (!table) return headerMissing(file.text, shape.headerHas);
    const { rows, refused } = rowsOf(table, { decimal: ',', days: 'dmy' });
    const reading = new Reading(refused);
    for (const row of rows) reading.settle([row.line], readMovement(row));
    return reading.finish();
  },
});

const meanings: ReadonlyMap<string, 'flow' | 'interest'> = new Map([
  ['Inkomende overboeking', 'flow'],
  ['Uitgaande overboeking', 'flow'],
  ['Renteuitkering', 'interest'],
  ['Bonusrente', 'interest'],
]);

function readMovement(row: Row): Read<Outcome> {
  const meaning = meanings.get(row.text('Beschrijving'));
  if (!meaning) return row.unknown('Beschrijving');
  const read = all({
    when: row.when('Boekhdk. datum'),
    amount: row.decimal('Bedrag v/d verrichting'),
    currency: row.currency('Munt'),
  });
  if (!read.ok) return read;
  const { when, amount, currency } = read.value;
  if (amount === 0n) return ok({ ignored: 'The row moves nothing: its amount is 0.' });
  const note = row.text('Mededeling 1 :');
  const head = { ...whenFields(when), ...(note === '' ? {} : { note }), currency };
  if (meaning === 'flow') {
    const type = amount > 0n ? 'deposit' : 'withdrawal';
    return ok({
      row: { line: row.line, transaction: { ...head, type, amount: absolute(amount) } },
    });
  }
  const charges = { fee: 0n, tax: 0n };
  const transaction = {
    ...head,
    type: 'interest',
    instrument: undefined,
    amount,
    ...charges,
  } as const;
  return ok({ row: { line: row.line, transaction } });
}
