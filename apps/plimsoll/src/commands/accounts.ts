import { accountChange, newAccount } from '@plimsoll/contracts';
import type { AccountView } from '@plimsoll/engine';
import { checked } from '../cli/checked.ts';
import type { Call, Command } from '../cli/command.ts';
import { theAccount } from '../cli/look-up.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

export const command: Command = {
  summary: 'List, make or change accounts.',
  usage: [
    'accounts',
    'accounts add NAME --currency CUR [--lot-method fifo]',
    'accounts set NAME [--name NEW] [--lot-method average] [--cash tracked]',
  ],
  options: {
    name: { type: 'string', value: 'NEW', help: 'A new name.' },
    currency: { type: 'string', value: 'CUR', help: 'Base currency.' },
    'lot-method': {
      type: 'string',
      value: 'METHOD',
      help: 'fifo, lifo, hifo, lofo, average or specific; fifo if not given.',
    },
    cash: {
      type: 'string',
      value: 'HOW',
      help: 'tracked, untracked, or auto: tracked once cash movements are recorded.',
    },
    fees: { type: 'string', value: 'HOW', help: 'capitalised in cost and proceeds, or expensed.' },
    'allow-short': { type: 'boolean', help: 'More may be sold than is held.' },
    'no-short': { type: 'boolean', help: 'It may not.' },
  },
  run: async (call) => {
    const [action, name] = call.positionals;
    if (action === undefined) return list(call);
    if (action === 'add') return add(call, requireArgument(name, 'NAME'));
    if (action === 'set') return change(call, requireArgument(name, 'NAME'));
    throw new UsageRefusal(`There is no "accounts ${action}".`);
  },
};

async function list(call: Call): Promise<void> {
  const accounts = taken(await (await call.engine()).accounts(call.workspace));
  if (call.json) call.output.json(accounts);
  else if (accounts.length === 0) call.output.print('There are no accounts yet.');
  else call.output.print(table(columns, accounts.map(rowOf)));
}

const columns = ['Name', 'Currency', 'Lots', 'Cash', 'Fees', 'Short', 'Id'].map((title) => ({
  title,
}));

const rowOf = (one: AccountView): string[] => [
  plain(one.name),
  one.currency,
  one.lotMethod,
  one.cash,
  one.fees,
  one.allowShort ? 'allowed' : '',
  one.id,
];

const chosen = (call: Call) => ({
  lotMethod: call.text('lot-method'),
  cash: call.text('cash'),
  fees: call.text('fees'),
  allowShort: call.flag('allow-short') ? true : call.flag('no-short') ? false : undefined,
});

async function add(call: Call, name: string): Promise<void> {
  const currency = requireArgument(call.text('currency') ?? call.base, '--currency').toUpperCase();
  const account = checked(newAccount, { name, currency, ...chosen(call) });
  const engine = await call.engine();
  finish(call, written(await engine.createAccount(call.workspace, account, { actor: 'owner' })));
}

async function change(call: Call, name: string): Promise<void> {
  const changed = checked(accountChange, { name: call.text('name'), ...chosen(call) });
  const engine = await call.engine();
  const { id } = await theAccount(engine, call.workspace, name);
  finish(
    call,
    written(await engine.changeAccount(call.workspace, id, changed, { actor: 'owner' })),
  );
}

const finish = (call: Call, account: AccountView): void =>
  call.json ? call.output.json(account) : call.output.print(table(columns, [rowOf(account)]));
