import { newInstrument } from '@plimsoll/contracts';
import type { InstrumentView, NewInstrument } from '@plimsoll/engine';
import { checked } from '../cli/checked.ts';
import type { Call, Command } from '../cli/command.ts';
import {
  findInstruments,
  fundConstituents,
  importReference,
  indexMembers,
  instrumentNames,
} from '../cli/instrument-verbs.ts';
import { theInstrument } from '../cli/look-up.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

export const command: Command = {
  summary: 'Find, make or change instruments.',
  usage: [
    'instruments [TEXT]',
    'instruments add NAME --currency CUR [--symbol S] [--isin I] [--kind etf]',
    'instruments set INSTRUMENT [--name NEW] [--symbol S] …',
    'instruments find TEXT [--on DAY] [--online]',
    'instruments names INSTRUMENT [SYMBOL [--from DAY] [--until DAY]]',
    'instruments import FILE… [--index INDEX]',
    'instruments members [INDEX] [--on DAY]',
    'instruments constituents FUND [--import FILE] [--on DAY]',
  ],
  options: {
    name: { type: 'string', value: 'NEW', help: 'A new name.' },
    currency: { type: 'string', value: 'CUR', help: 'Prices are in it.' },
    kind: { type: 'string', value: 'KIND', help: 'equity, etf, fund, bond, option, crypto …' },
    symbol: { type: 'string', value: 'S', help: "The venue's symbol." },
    mic: { type: 'string', value: 'MIC', help: 'The venue, by its ISO 10383 code.' },
    isin: { type: 'string', value: 'ISIN', help: 'International number.' },
    figi: { type: 'string', value: 'FIGI', help: 'Financial instrument global identifier.' },
    cusip: { type: 'string', value: 'CUSIP', help: 'North American number.' },
    multiplier: {
      type: 'string',
      value: 'N',
      help: 'Units of the underlying per unit; 1 if not given.',
    },
    'price-factor': {
      type: 'string',
      value: 'N',
      help: 'Currency per price unit: 0.01 for pence.',
    },
    sector: { type: 'string', value: 'TEXT', help: 'The sector.' },
    country: { type: 'string', value: 'TEXT', help: 'The country.' },
    'asset-class': { type: 'string', value: 'CLASS', help: 'equity, fixed-income, commodity …' },
    on: { type: 'string', value: 'DAY', help: 'As it was on that day.' },
    online: { type: 'boolean', help: 'Asks the providers that are turned on as well.' },
    from: { type: 'string', value: 'DAY', help: 'The first day of a name.' },
    until: { type: 'string', value: 'DAY', help: 'The first day on which it is not called so.' },
    import: {
      type: 'string',
      value: 'FILE',
      help: 'What a fund holds, as its house publishes it.',
    },
    index: { type: 'string', value: 'INDEX', help: 'The index whose members a file lists: ^GSPC.' },
  },
  run: async (call) => {
    const [action, name, ...rest] = call.positionals;
    const verb = verbs[action ?? ''];
    if (verb) return verb(call, name === undefined ? [] : [name, ...rest]);
    if (action === 'add') return add(call, requireArgument(name, 'NAME'));
    if (action === 'set') return change(call, requireArgument(name, 'INSTRUMENT'));
    if (call.positionals.length > 1) throw new UsageRefusal('Put TEXT in quotation marks.');
    return list(call, action ?? '');
  },
};

const verbs: Readonly<Record<string, (call: Call, rest: readonly string[]) => Promise<void>>> = {
  find: findInstruments,
  names: instrumentNames,
  import: importReference,
  members: indexMembers,
  constituents: fundConstituents,
};

async function list(call: Call, text: string): Promise<void> {
  const engine = await call.engine();
  const instruments = taken(await engine.instruments(call.workspace, text, 1000));
  if (call.json) call.output.json(instruments);
  else if (instruments.length === 0) call.output.print('There are no such instruments.');
  else call.output.print(table(columns, instruments.map(rowOf)));
}

const columns = ['Label', 'Name', 'Kind', 'Currency', 'ISIN', 'Symbol', '', 'Id'].map((title) => ({
  title,
}));

const rowOf = (one: InstrumentView): string[] => [
  plain(one.label),
  plain(one.name),
  one.kind,
  one.currency,
  one.isin ?? '',
  plain(one.symbol ?? ''),
  one.simulated ? 'simulated' : '',
  one.id,
];

const identifiers = [
  'symbol',
  'mic',
  'isin',
  'figi',
  'cusip',
  'sector',
  'country',
  'kind',
  'multiplier',
];

/** Only what was given. */
function given(call: Call): Record<string, string> {
  const texts = [
    ...identifiers.map((name) => [name, call.text(name)] as const),
    ['priceFactor', call.text('price-factor')] as const,
    ['assetClass', call.text('asset-class')] as const,
    ['currency', (call.text('currency') ?? call.base)?.toUpperCase()] as const,
  ];
  return Object.fromEntries(
    texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])),
  );
}

async function add(call: Call, name: string): Promise<void> {
  const entered = given(call);
  requireArgument(entered['currency'], '--currency');
  const instrument = checked(newInstrument, { ...entered, name });
  const engine = await call.engine();
  const made = await engine.createInstrument(call.workspace, instrument, { actor: 'owner' });
  finish(call, written(made));
}

async function change(call: Call, wanted: string): Promise<void> {
  const entered = given(call);
  const name = call.text('name');
  const change = { ...entered, ...(name === undefined ? {} : { name }) };
  // Checked as a whole instrument, so that each member is; only what was entered is changed.
  const whole = checked(newInstrument, { name: 'unchanged', currency: 'EUR', ...change });
  const changed = Object.fromEntries(Object.entries(whole).filter(([member]) => member in change));
  const engine = await call.engine();
  const { id } = await theInstrument(engine, call.workspace, wanted);
  finish(
    call,
    written(
      await engine.changeInstrument(call.workspace, id, changed as Partial<NewInstrument>, {
        actor: 'owner',
      }),
    ),
  );
}

const finish = (call: Call, instrument: InstrumentView): void =>
  call.json ? call.output.json(instrument) : call.output.print(table(columns, [rowOf(instrument)]));
