import type { Engine } from '@plimsoll/engine';
import type { Call, Command } from '../cli/command.ts';
import { dayOption } from '../cli/days.ts';
import { requireArgument, taken } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

type Derivation = Extract<Awaited<ReturnType<Engine['explain']>>, { ok: true }>['value'];

export const command: Command = {
  summary: 'Explain a figure: formula, inputs, sources, transactions.',
  usage: [
    'explain FIGURE [--from DATE] [--to DATE] [--portfolio NAME]',
    'explain holding:ACCOUNT:INSTRUMENT:FIELD [--at DATE]',
    'explain FIELD --account NAME --instrument NAME [--at DATE]',
  ],
  options: {
    from: { type: 'string', value: 'DATE', help: 'First day of the period.' },
    to: { type: 'string', value: 'DATE', help: 'Last day of the period; today if not given.' },
    at: { type: 'string', value: 'DATE', help: 'The day of a holding; today if not given.' },
    portfolio: {
      type: 'string',
      value: 'NAME',
      help: 'A portfolio or an account; everything if not given.',
    },
    benchmark: { type: 'string', value: 'NAME', help: 'The benchmark, for its figures.' },
    account: { type: 'string', value: 'NAME', help: 'For a field of a holding: the account.' },
    instrument: { type: 'string', value: 'NAME', help: 'And the instrument, or cash:CUR.' },
  },
  notes: [
    'FIGURE: value, gain, realised, unrealised, income, fees, taxes, fx, twr, xirr and others; an',
    'unknown one lists them. FIELD: quantity, cost, price, value or gain.',
  ],
  run: async (call) => {
    const [wanted] = call.positionals;
    const figure = figureOf(call, requireArgument(wanted, 'FIGURE'));
    const period = {
      from: dayOption(call, 'from'),
      to: dayOption(call, 'to'),
      at: dayOption(call, 'at'),
    };
    const engine = await call.engine();
    const view = taken(
      await engine.explain(call.workspace, {
        figure,
        ...period,
        portfolio: call.text('portfolio') ?? 'all',
        base: call.base,
        benchmark: call.text('benchmark'),
      }),
    );
    if (call.json) call.output.json(view);
    else printDerivation(call, view);
  },
};

function figureOf(call: Call, wanted: string): string {
  const [account, instrument] = [call.text('account'), call.text('instrument')];
  if (account === undefined && instrument === undefined) return wanted;
  return `holding:${requireArgument(account, '--account')}:${requireArgument(instrument, '--instrument')}:${wanted}`;
}

function printDerivation({ output }: Call, view: Derivation): void {
  const { title, value, unit, reason, formula, terms, conventions, transactions, leftOut } = view;
  output.print(`${plain(title)}: ${value ?? '–'} ${unit}`.trimEnd());
  if (reason !== null) output.print(`There is no figure: ${plain(reason)}`);
  output.print(`\n${plain(formula)}\n`);
  const rows = terms.map((term) => [
    term.sign,
    plain(term.label),
    term.value ?? '–',
    term.unit,
    term.day ?? '',
    plain([term.source, term.note].filter((text) => text !== null).join('; ')),
    term.figure ?? '',
  ]);
  if (rows.length > 0) output.print(table(columns, rows));
  printList(output, 'Conventions', conventions);
  printList(
    output,
    `Transactions: ${transactions.count}${transactions.items.length < transactions.count ? `, the first ${transactions.items.length}` : ''}`,
    transactions.items.map(({ text, source }) => (source === null ? text : `${text} (${source})`)),
  );
  printList(output, 'Left out or carried forward', leftOut);
}

const columns = [
  { title: '' },
  { title: 'Term' },
  { title: 'Value', right: true },
  { title: 'Unit' },
  { title: 'Day' },
  { title: 'Source' },
  { title: 'Explain' },
];

function printList(output: Call['output'], title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  output.print(`\n${title}`);
  for (const line of lines) output.print(`  ${plain(line)}`);
}
