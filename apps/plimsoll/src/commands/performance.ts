import type { Engine } from '@plimsoll/engine';
import type { Call, Command } from '../cli/command.ts';
import { dayOption } from '../cli/days.ts';
import { MarkedReasons } from '../cli/marked-reasons.ts';
import { money, percent } from '../cli/numbers.ts';
import { taken } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

type Performance = Extract<Awaited<ReturnType<Engine['performance']>>, { ok: true }>['value'];

export const command: Command = {
  summary: 'Show what a period earned.',
  usage: ['performance [--from DATE] [--to DATE] [--benchmark NAME] [--portfolio NAME]'],
  options: {
    from: {
      type: 'string',
      value: 'DATE',
      help: 'First day; that of the first transaction if not given.',
    },
    to: { type: 'string', value: 'DATE', help: 'Last day; today if not given.' },
    benchmark: { type: 'string', value: 'NAME', help: 'An instrument to compare with, or none.' },
    portfolio: {
      type: 'string',
      value: 'NAME',
      help: 'A portfolio or an account; everything if not given.',
    },
    contributions: { type: 'boolean', help: 'Show what each holding contributed.' },
  },
  notes: [
    'With --json: an object with value, paidIn, gain, realised, unrealised, income, fees, taxes, fx as',
    'exact text, and twr, twrAnnualised, xirr, simpleReturn, maxDrawdown as numbers, or null with the',
    'reason under the same name in reasons.',
  ],
  run: async (call) => {
    const [from, to] = [dayOption(call, 'from'), dayOption(call, 'to')];
    const engine = await call.engine();
    const view = taken(
      await engine.performance(call.workspace, {
        portfolio: call.text('portfolio') ?? 'all',
        base: call.base,
        from,
        to,
        benchmark: call.text('benchmark'),
      }),
    );
    if (call.json) call.output.json(view);
    else printPerformance(call, view);
  },
};

const amounts = [
  ['Value', 'value'],
  ['Paid in', 'paidIn'],
  ['Gain', 'gain'],
  ['  realised', 'realised'],
  ['  unrealised', 'unrealised'],
  ['  income', 'income'],
  ['  fees', 'fees'],
  ['  taxes', 'taxes'],
  ['  of it by currencies', 'fx'],
] as const;

const rates = [
  ['Time-weighted return', 'twr'],
  ['  a year', 'twrAnnualised'],
  ['Money-weighted return (XIRR)', 'xirr'],
  ['Modified Dietz', 'modifiedDietz'],
  ['Simple return', 'simpleReturn'],
  ['Largest drawdown', 'maxDrawdown'],
] as const;

function printPerformance(call: Call, view: Performance): void {
  const { output } = call;
  const { currency, reasons } = view;
  const marked = new MarkedReasons();
  const why = (name: string): string => marked.markOf(reasons[name]);
  output.print(`${plain(view.portfolio)}, ${view.from ?? 'no transactions'} to ${view.to}`);
  const rows = [
    ...amounts.map(([title, name]) => [title, money(view[name], currency), currency, why(name)]),
    ...rates.map(([title, name]) => [title, percent(view[name]), '', why(name)]),
  ];
  printFigures(output, rows, marked);
  if (view.benchmark) printBenchmark(call, view.benchmark, currency);
  if (call.flag('contributions')) printContributions(call, view);
  for (const note of view.notes) output.print(plain(note));
  if (view.leftOut.length > 0) output.print(`Left out: ${view.leftOut.map(plain).join('; ')}`);
}

const columns = [
  { title: 'Figure' },
  { title: 'Amount', right: true },
  { title: '' },
  { title: '' },
];

function printFigures(
  output: Call['output'],
  rows: readonly (readonly string[])[],
  marked: MarkedReasons,
): void {
  output.print(table(columns, rows));
  for (const line of marked.lines()) output.print(line);
}

function printBenchmark(
  { output }: Call,
  benchmark: NonNullable<Performance['benchmark']>,
  currency: string,
): void {
  const { label, twr, xirr, value, gain, reasons } = benchmark;
  output.print(`\nThe same money in ${plain(label)}`);
  const marked = new MarkedReasons();
  const why = (name: string): string => marked.markOf(reasons[name]);
  const rows = [
    ['Value', money(value, currency), currency, why('value')],
    ['Gain', money(gain, currency), currency, why('gain')],
    ['Time-weighted return', percent(twr), '', why('twr')],
    ['Money-weighted return (XIRR)', percent(xirr), '', why('xirr')],
  ];
  printFigures(output, rows, marked);
}

function printContributions({ output }: Call, { contributions, currency }: Performance): void {
  const titles = ['Realised', 'Unrealised', 'Income', 'Gain', 'Contribution'];
  output.print('');
  output.print(
    table(
      [{ title: 'Instrument' }, ...titles.map((title) => ({ title, right: true }))],
      contributions.map((one) => [
        plain(one.instrument),
        money(one.realised, currency),
        money(one.unrealised, currency),
        money(one.income, currency),
        money(one.gain, currency),
        percent(one.contribution),
      ]),
    ),
  );
}
