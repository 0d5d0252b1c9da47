import type { Engine } from '@plimsoll/engine';
import type { Call, Command } from '../cli/command.ts';
import { dayOption } from '../cli/days.ts';
import { money, percent, short } from '../cli/numbers.ts';
import { taken } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

type HoldingsView = Extract<Awaited<ReturnType<Engine['holdings']>>, { ok: true }>['value'];
type Holding = HoldingsView['holdings'][number];

export const command: Command = {
  summary: 'Show what is held and what it is worth.',
  usage: ['holdings [--at DATE] [--lots] [--portfolio NAME] [--base CUR]'],
  options: {
    at: { type: 'string', value: 'DATE', help: 'As of the end of this day; today if not given.' },
    lots: { type: 'boolean', help: 'Show the open lots of each holding.' },
    portfolio: {
      type: 'string',
      value: 'NAME',
      help: 'A portfolio or an account; everything if not given.',
    },
  },
  notes: [
    'With --json: a list of objects with account, instrument, quantity, cost, price, value, gain',
    '(the unrealised one), currency and more; with --lots each has lots. Cash is a row of its own.',
  ],
  run: async (call) => {
    const at = dayOption(call, 'at');
    const engine = await call.engine();
    const view = taken(
      await engine.holdings(call.workspace, {
        portfolio: call.text('portfolio') ?? 'all',
        base: call.base,
        at,
        lots: call.flag('lots'),
      }),
    );
    if (call.json) call.output.json(view.holdings);
    else printHoldings(call, view);
  },
};

function printHoldings({ output }: Call, view: HoldingsView): void {
  if (view.holdings.length === 0) {
    output.print(`Nothing is held on ${view.at}.`);
    return;
  }
  const rows = view.holdings.flatMap((holding) => [rowOf(holding), ...lotRows(holding)]);
  const total = [
    'Total',
    '',
    '',
    '',
    '',
    money(view.value, view.baseCurrency),
    money(view.gain, view.baseCurrency),
    view.baseCurrency,
    '',
  ];
  output.print(table(columns, [...rows, total]));
  for (const note of notesOf(view)) output.print(note);
}

const columns = [
  { title: 'Instrument' },
  { title: 'Account' },
  { title: 'Quantity', right: true },
  { title: 'Cost', right: true },
  { title: 'Price', right: true },
  { title: 'Value', right: true },
  { title: 'Gain', right: true },
  { title: '' },
  { title: 'Weight', right: true },
];

/** Marks that the notes below the table explain. */
const marks: Readonly<Record<Holding['priceState'], string>> = {
  market: '',
  carried: '',
  cash: '',
  stale: ' *',
  trade: ' †',
  none: ' ?',
};

const rowOf = (holding: Holding): string[] => [
  plain(holding.instrument) + (holding.simulated ? ' (simulated)' : ''),
  plain(holding.account),
  short(holding.quantity),
  money(holding.cost, holding.currency),
  holding.priceState === 'cash' ? '' : short(holding.price) + marks[holding.priceState],
  money(holding.value, holding.currency),
  holding.priceState === 'cash' ? '' : money(holding.gain, holding.currency),
  holding.currency,
  percent(holding.weight),
];

const lotRows = ({ lots = [] }: Holding): string[][] =>
  lots.map((lot) => [
    `  ${lot.openedOn}`,
    '',
    short(lot.quantity),
    money(lot.cost, lot.currency),
    '',
    money(lot.value, lot.currency),
    money(lot.gain, lot.currency),
    lot.currency,
    '',
  ]);

function notesOf({ at, holdings, leftOut }: HoldingsView): string[] {
  const named = (state: Holding['priceState']): string[] =>
    holdings
      .filter(({ priceState }) => priceState === state)
      .map(({ instrument, pricedOn }) => plain(instrument) + (pricedOn ? ` (${pricedOn})` : ''));
  const note = (mark: string, words: string, list: string[]): string[] =>
    list.length === 0 ? [] : [`${mark} ${words}: ${[...new Set(list)].join(', ')}`];
  return [
    `As of ${at}.`,
    ...note('*', 'stale, no newer price', named('stale')),
    ...note('†', 'no market price, valued at the latest trade', named('trade')),
    ...note('?', 'no price known', named('none')),
    ...(leftOut.length === 0 ? [] : [`The total leaves out: ${leftOut.map(plain).join('; ')}`]),
  ];
}
