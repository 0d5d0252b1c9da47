import { newPortfolio } from '@plimsoll/contracts';
import type { Engine, PortfolioView } from '@plimsoll/engine';
import { checked } from '../cli/checked.ts';
import type { Call, Command } from '../cli/command.ts';
import { theAccount, theInstrument, thePortfolio } from '../cli/look-up.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

export const command: Command = {
  summary: 'List, make, change or remove portfolios.',
  usage: [
    'portfolios',
    'portfolios add NAME --currency CUR --account NAME… [--benchmark NAME]',
    'portfolios set NAME [--name NEW] [--currency CUR] [--account NAME…] [--benchmark NAME|none]',
    'portfolios remove NAME',
  ],
  options: {
    name: { type: 'string', value: 'NEW', help: 'A new name.' },
    currency: { type: 'string', value: 'CUR', help: 'Currency it is seen in.' },
    account: {
      type: 'string',
      value: 'NAME',
      multiple: true,
      help: 'An account that belongs to it.',
    },
    benchmark: { type: 'string', value: 'NAME', help: 'An instrument to compare with, or none.' },
  },
  run: async (call) => {
    const [action, name] = call.positionals;
    if (action === undefined) return list(call);
    const wanted = requireArgument(name, 'NAME');
    if (action === 'add') return add(call, wanted);
    if (action === 'set') return change(call, wanted);
    if (action === 'remove') return remove(call, wanted);
    throw new UsageRefusal(`There is no "portfolios ${action}".`);
  },
};

async function list(call: Call): Promise<void> {
  const engine = await call.engine();
  const portfolios = taken(await engine.portfolios(call.workspace));
  if (call.json) call.output.json(portfolios);
  else if (portfolios.length === 0) call.output.print('There are no portfolios yet.');
  else await print(call, engine, portfolios);
}

async function print(
  call: Call,
  engine: Engine,
  portfolios: readonly PortfolioView[],
): Promise<void> {
  const accounts = taken(await engine.accounts(call.workspace));
  const nameOf = (id: string) => plain(accounts.find((one) => one.id === id)?.name ?? id);
  const rows = portfolios.map(({ id, name, currency, accountIds, benchmarkId }) => [
    plain(name),
    currency,
    accountIds.map(nameOf).join(', '),
    benchmarkId ?? '',
    id,
  ]);
  call.output.print(table(columns, rows));
}

const columns = ['Name', 'Currency', 'Accounts', 'Benchmark', 'Id'].map((title) => ({ title }));

async function entered(call: Call, engine: Engine) {
  const accounts = call.texts('account').map((name) => theAccount(engine, call.workspace, name));
  const benchmark = call.text('benchmark');
  return {
    currency: (call.text('currency') ?? call.base)?.toUpperCase(),
    accountIds: (await Promise.all(accounts)).map(({ id }) => id),
    benchmarkId:
      benchmark === undefined || benchmark === 'none'
        ? null
        : (await theInstrument(engine, call.workspace, benchmark)).id,
  };
}

async function add(call: Call, name: string): Promise<void> {
  if (call.texts('account').length === 0) throw new UsageRefusal('--account is missing.');
  const engine = await call.engine();
  const given = await entered(call, engine);
  requireArgument(given.currency, '--currency');
  const portfolio = checked(newPortfolio, { name, ...given });
  const made = await engine.createPortfolio(call.workspace, portfolio, { actor: 'owner' });
  await finish(call, engine, written(made));
}

async function change(call: Call, name: string): Promise<void> {
  const engine = await call.engine();
  const now = await thePortfolio(engine, call.workspace, name);
  const given = await entered(call, engine);
  const portfolio = checked(newPortfolio, {
    name: call.text('name') ?? now.name,
    currency: given.currency ?? now.currency,
    accountIds: given.accountIds.length > 0 ? given.accountIds : now.accountIds,
    benchmarkId: call.text('benchmark') === undefined ? now.benchmarkId : given.benchmarkId,
  });
  const changed = await engine.changePortfolio(call.workspace, now.id, portfolio, {
    actor: 'owner',
  });
  await finish(call, engine, written(changed));
}

async function remove(call: Call, name: string): Promise<void> {
  const engine = await call.engine();
  const { id, name: removed } = await thePortfolio(engine, call.workspace, name);
  written(await engine.removePortfolio(call.workspace, id, { actor: 'owner' }));
  if (call.json) call.output.json({ removed: id });
  else call.output.print(`Removed the portfolio ${plain(removed)}; its accounts stay.`);
}

const finish = async (call: Call, engine: Engine, one: PortfolioView): Promise<void> =>
  call.json ? call.output.json(one) : print(call, engine, [one]);
