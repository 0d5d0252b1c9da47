import { transactionTypes } from '@plimsoll/domain';
import type { Engine } from '@plimsoll/engine';
import type { Call, Command } from '../cli/command.ts';
import { dayOption } from '../cli/days.ts';
import { theInstrument } from '../cli/look-up.ts';
import { money, short } from '../cli/numbers.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

type Page = Extract<Awaited<ReturnType<Engine['transactions']>>, { ok: true }>['value'];

export const command: Command = {
  summary: 'List transactions, or reverse one.',
  usage: [
    'transactions [--account NAME] [--instrument NAME] [--type TYPE] [--from DATE] [--to DATE]',
    'transactions reverse ID --reason TEXT',
    'transactions postings ID',
  ],
  options: {
    account: { type: 'string', value: 'NAME', help: 'Only of this account.' },
    portfolio: { type: 'string', value: 'NAME', help: 'Only of this portfolio.' },
    instrument: { type: 'string', value: 'NAME', help: 'Only of this instrument.' },
    type: { type: 'string', value: 'TYPE', help: 'Only of this type: buy, sell, dividend …' },
    from: { type: 'string', value: 'DATE', help: 'From this day on.' },
    to: { type: 'string', value: 'DATE', help: 'Up to and including this day.' },
    import: { type: 'string', value: 'ID', help: 'Only of this import.' },
    text: { type: 'string', value: 'TEXT', help: 'Only where note, symbol or name contain it.' },
    reversed: { type: 'boolean', help: 'Show reversed ones too.' },
    limit: { type: 'string', value: 'N', help: 'At most so many; 50 if not given, 1000 at most.' },
    cursor: { type: 'string', value: 'TEXT', help: 'Go on where a page ended.' },
    reason: { type: 'string', value: 'TEXT', help: 'Why a transaction is reversed.' },
  },
  notes: [
    'With --json: an object with items, next (the cursor of the next page, or null) and total.',
  ],
  run: async (call) => {
    const [action, id] = call.positionals;
    if (action === 'reverse') return reverse(call, requireArgument(id, 'ID'));
    if (action === 'postings') return showPostings(call, requireArgument(id, 'ID'));
    if (action !== undefined) throw new UsageRefusal(`There is no "transactions ${action}".`);
    const page = await pageOf(call);
    if (call.json) call.output.json(page);
    else printPage(call, page);
  },
};

async function pageOf(call: Call): Promise<Page> {
  const limit = Number(call.text('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new UsageRefusal('--limit is a whole number from 1 to 1000.');
  }
  const [from, to, type] = [dayOption(call, 'from'), dayOption(call, 'to'), typeOf(call)];
  const engine = await call.engine();
  const named = call.text('instrument');
  const instrument =
    named === undefined ? undefined : (await theInstrument(engine, call.workspace, named)).id;
  const [account, portfolio, text] = [
    call.text('account'),
    call.text('portfolio'),
    call.text('text'),
  ];
  return taken(
    await engine.transactions(call.workspace, {
      account,
      portfolio,
      instrument,
      type,
      from,
      to,
      import: call.text('import'),
      text,
      reversed: call.flag('reversed'),
      cursor: call.text('cursor'),
      limit,
    }),
  );
}

function typeOf(call: Call) {
  const wanted = call.text('type');
  if (wanted === undefined) return undefined;
  const type = transactionTypes.find((one) => one === wanted);
  if (type) return type;
  throw new UsageRefusal(`--type "${wanted}" is none of ${transactionTypes.join(', ')}.`);
}

function printPage({ output }: Call, { items, next, total }: Page): void {
  if (items.length === 0) {
    output.print('There are no such transactions.');
    return;
  }
  const rows = items.map((row) => [
    row.effectiveAt,
    row.type,
    plain(row.instrument ?? ''),
    row.quantity === null ? '' : short(row.quantity),
    row.price === null ? '' : short(row.price),
    row.amount === null ? '' : money(row.amount, row.currency ?? ''),
    nonZero(row.fee, row.currency),
    nonZero(row.tax, row.currency),
    row.currency ?? '',
    plain(row.account),
    row.reversedBy === null ? '' : 'reversed',
    row.id,
  ]);
  output.print(table(columns, rows));
  output.print(`${items.length} of ${total}.${next === null ? '' : ` More: --cursor ${next}`}`);
}

const nonZero = (text: string | null, currency: string | null): string =>
  text === null || /^-?0*(?:\.0*)?$/.test(text) ? '' : money(text, currency ?? '');

const columns = [
  { title: 'Day' },
  { title: 'Type' },
  { title: 'Instrument' },
  { title: 'Quantity', right: true },
  { title: 'Price', right: true },
  { title: 'Amount', right: true },
  { title: 'Fee', right: true },
  { title: 'Tax', right: true },
  { title: '' },
  { title: 'Account' },
  { title: '' },
  { title: 'Id' },
];

async function reverse(call: Call, id: string): Promise<void> {
  const reason = requireArgument(call.text('reason'), '--reason');
  const engine = await call.engine();
  const done = written(await engine.reverse(call.workspace, id, reason, { actor: 'owner' }));
  if (call.json) call.output.json(done);
  else call.output.print(`Reversed by ${done.ids.join(', ')}.`);
}

async function showPostings(call: Call, id: string): Promise<void> {
  const engine = await call.engine();
  const postings = taken(await engine.postings(call.workspace, id));
  if (call.json) return call.output.json(postings);
  const rows = postings.map(({ account, commodity, quantity, weight, currency }) => [
    plain(account),
    plain(commodity),
    short(quantity),
    short(weight),
    currency,
  ]);
  const titles = [{ title: 'Account' }, { title: 'What' }, { title: 'Quantity', right: true }];
  call.output.print(table([...titles, { title: 'Weight', right: true }, { title: '' }], rows));
}
