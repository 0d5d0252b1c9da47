import { newCorporateAction } from '@plimsoll/contracts';
import type { ActionView, DecidedView, Engine, ProposalView } from '@plimsoll/engine';
import { checked } from '../cli/checked.ts';
import type { Call, Command } from '../cli/command.ts';
import { theInstrument } from '../cli/look-up.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

const owner = { actor: 'owner' } as const;

export const command: Command = {
  summary: 'Splits, dividends and other corporate actions: see, enter, confirm or decline them.',
  usage: [
    'actions [--all]',
    'actions known [INSTRUMENT]',
    'actions confirm ID… [--amount N] [--tax N] [--on DAY] [--cost-share N] [--successor NAME]',
    'actions confirm --all',
    'actions decline ID…',
    'actions reopen ID…',
    'actions add INSTRUMENT KIND VALUE DAY [--pay DAY] [--currency CUR] [--other SYMBOL] [--second N]',
    'actions withdraw ACTION',
    'actions rules',
    'actions rule KIND confirm|ask',
  ],
  options: {
    all: { type: 'boolean', help: 'Show or confirm all of them.' },
    amount: { type: 'string', value: 'N', help: 'Gross cash as your broker booked it.' },
    tax: { type: 'string', value: 'N', help: 'Tax withheld.' },
    on: { type: 'string', value: 'DAY', help: 'Day on which it was booked.' },
    'cost-share': { type: 'string', value: 'N', help: "The child's share of the cost, 0 to 1." },
    successor: { type: 'string', value: 'NAME', help: 'The instrument that takes its place.' },
    pay: { type: 'string', value: 'DAY', help: 'Day of payment.' },
    currency: { type: 'string', value: 'CUR', help: 'Currency of the cash.' },
    other: { type: 'string', value: 'SYMBOL', help: 'Symbol of the child, successor or new name.' },
    second: {
      type: 'string',
      value: 'N',
      help: 'Cash beside the units of a merger, or the share of the cost of a spin-off.',
    },
  },
  notes: [
    'Without more it lists what is open: what actions mean for your accounts by what each held on the',
    'day before. Nothing is recorded until you confirm it, or have set a rule. KIND is split (VALUE',
    '4:1), dividend, special-dividend, return-of-capital (cash per unit), stock-dividend, spin-off,',
    'merger (units per unit), symbol-change (1) or delisting (cash per unit).',
  ],
  run: async (call) => {
    const [action = 'list', ...rest] = call.positionals;
    const run = verbs[action];
    if (!run) throw new UsageRefusal(`There is no "actions ${action}".`);
    return run(call, rest);
  },
};

const verbs: Readonly<Record<string, (call: Call, rest: readonly string[]) => Promise<void>>> = {
  list: listProposals,
  known: listKnown,
  confirm: (call, ids) => decide(call, ids, 'confirmed'),
  decline: (call, ids) => decide(call, ids, 'declined'),
  reopen: (call, ids) => decide(call, ids, 'reopened'),
  add,
  withdraw,
  rules: listRules,
  rule: setRule,
};

async function listProposals(call: Call): Promise<void> {
  const engine = await call.engine();
  const all = call.flag('all');
  const found = taken(await engine.proposals(call.workspace, true));
  const proposals = found.filter(({ state, review }) => all || state === 'open' || review);
  if (call.json) return call.output.json(proposals);
  if (proposals.length === 0) {
    return call.output.print(all ? 'There are no corporate actions yet.' : 'Nothing is open.');
  }
  call.output.print(table(proposalColumns, proposals.map(proposalRow)));
  for (const { id, needs, reason } of proposals.filter(
    ({ state, review }) => state === 'open' || review,
  )) {
    if (needs.includes('costShare')) call.output.note(`${id} needs --cost-share.`);
    if (needs.includes('successor'))
      call.output.note(`${id} makes the other instrument, or name it with --successor.`);
    if (reason) call.output.note(`${id}: ${plain(reason)}`);
  }
}

const proposalColumns = ['Id', 'Day', 'Kind', 'Account', 'What it means', 'State'].map((title) => ({
  title,
}));

const proposalRow = (one: ProposalView): string[] => [
  one.id,
  one.day,
  one.kind,
  plain(one.account),
  plain(one.text),
  one.state,
];

async function listKnown(call: Call, [name]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const instrument =
    name === undefined ? null : (await theInstrument(engine, call.workspace, name)).id;
  const known = taken(await engine.actions(call.workspace, instrument));
  if (call.json) return call.output.json(known);
  if (known.length === 0) return call.output.print('There are no corporate actions yet.');
  call.output.print(table(actionColumns, known.map(actionRow)));
}

const actionColumns = [
  { title: 'Day' },
  { title: 'Instrument' },
  { title: 'Kind' },
  { title: 'Value', right: true },
  { title: 'Currency' },
  { title: 'Source' },
  { title: 'Id' },
];

const actionRow = (one: ActionView): string[] => [
  one.day,
  plain(one.instrument),
  one.kind,
  one.value,
  one.currency ?? '',
  plain(one.source),
  one.id,
];

type Decision = 'confirmed' | 'declined' | 'reopened';

async function decide(call: Call, ids: readonly string[], decision: Decision): Promise<void> {
  const engine = await call.engine();
  const wanted = call.flag('all') ? await ready(call, engine) : ids;
  if (wanted.length === 0) {
    if (call.flag('all')) return call.output.print('Nothing is open.');
    throw new UsageRefusal('ID is missing.');
  }
  const said = await details(call, engine);
  if (wanted.length > 1 && Object.keys(said).length > 0) {
    throw new UsageRefusal('Figures are for one proposal: name one ID.');
  }
  const decisions = wanted.map((id) => ({ id, decision, ...said }));
  const done = written(await engine.decideProposals(call.workspace, decisions, owner));
  if (call.json) call.output.json(done);
  else call.output.print(summary(done));
}

/** All that can be confirmed without saying more. */
async function ready(call: Call, engine: Engine): Promise<string[]> {
  const open = taken(await engine.proposals(call.workspace, false));
  return open.filter(({ needs }) => needs.length === 0).map(({ id }) => id);
}

async function details(call: Call, engine: Engine) {
  const successor = call.text('successor');
  const given = {
    amount: call.text('amount'),
    tax: call.text('tax'),
    on: call.text('on'),
    costShare: call.text('cost-share'),
    successor: successor && (await theInstrument(engine, call.workspace, successor)).id,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const summary = ({ confirmed, declined, reopened, transactionIds }: DecidedView): string =>
  `${confirmed} confirmed (${transactionIds.length} transactions recorded), ${declined} declined, ${reopened} reopened.`;

async function add(call: Call, [name, kind, value, day]: readonly string[]): Promise<void> {
  const wanted = requireArgument(name, 'INSTRUMENT');
  requireArgument(kind, 'KIND');
  requireArgument(value, 'VALUE');
  requireArgument(day, 'DAY');
  const engine = await call.engine();
  const { id } = await theInstrument(engine, call.workspace, wanted);
  const action = checked(newCorporateAction, {
    instrument: id,
    kind,
    value,
    day,
    payDay: call.text('pay'),
    currency: call.text('currency')?.toUpperCase(),
    other: call.text('other'),
    second: call.text('second'),
  });
  finish(call, written(await engine.addAction(call.workspace, action, owner)));
}

async function withdraw(call: Call, [id]: readonly string[]): Promise<void> {
  const wanted = requireArgument(id, 'ACTION');
  const engine = await call.engine();
  finish(call, written(await engine.withdrawAction(call.workspace, wanted, owner)));
}

function finish(call: Call, action: ActionView): void {
  if (call.json) call.output.json(action);
  else call.output.print(table(actionColumns, [actionRow(action)]));
}

async function listRules(call: Call): Promise<void> {
  const engine = await call.engine();
  const rules = taken(await engine.actionRules(call.workspace));
  if (call.json) return call.output.json(rules);
  const taking = rules.filter(({ confirm }) => confirm).map(({ kind }) => kind);
  call.output.print(
    taking.length === 0 ? 'Every action is asked about.' : `Without asking: ${taking.join(', ')}.`,
  );
}

async function setRule(call: Call, [kind, answer]: readonly string[]): Promise<void> {
  requireArgument(kind, 'KIND');
  if (answer !== 'confirm' && answer !== 'ask') throw new UsageRefusal('Say confirm or ask.');
  const { kind: known } = checked(newCorporateAction.pick({ kind: true }), { kind });
  const rule = { kind: known, confirm: answer === 'confirm' };
  const engine = await call.engine();
  const set = written(await engine.setActionRule(call.workspace, rule, owner));
  if (call.json) call.output.json(set);
  else call.output.print(`${set.kind}: ${set.confirm ? 'taken without asking' : 'asked about'}.`);
}
