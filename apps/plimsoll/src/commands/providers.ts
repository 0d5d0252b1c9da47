import type { MarketProvider } from '@plimsoll/contracts';
import { instrumentKinds } from '@plimsoll/domain';
import { addDays, dayFromNumber } from '@plimsoll/kernel';
import type { MarketDataProvider, ProviderSymbol } from '@plimsoll/ports';
import { parse } from 'yaml';
import type { Call, Command } from '../cli/command.ts';
import { providersOfServer } from '../cli/market/providers-of-server.ts';
import { CommandRefusal, requireArgument, taken, UsageRefusal } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';
import { openMarketData } from '../compose.ts';
import { environment, inFolder, readConfig } from '../config.ts';
import { changeSettings } from '../market-data/change-settings.ts';
import { disabling, enabling, type SettingsEdit } from '../market-data/edit-settings.ts';
import { providersView } from '../market-data/providers-view.ts';
import { settingsFileName } from '../market-data/settings.ts';
import { serverOf } from '../server-file.ts';
import { systemClock } from '../system-clock.ts';

export const command: Command = {
  summary: 'Show, turn on, turn off and try providers of market data.',
  usage: [
    'providers',
    'providers enable ID [--set NAME=VALUE]…',
    'providers disable ID',
    'providers test ID SYMBOL [--mic MIC] [--kind KIND] [--currency CUR]',
  ],
  options: {
    set: {
      type: 'string',
      multiple: true,
      value: 'NAME=VALUE',
      help: 'A setting, --set key=env:TIINGO_KEY.',
    },
    mic: { type: 'string', value: 'MIC', help: 'Exchange of the symbol to try, XNAS.' },
    kind: { type: 'string', value: 'KIND', help: 'Kind of the symbol to try, fx or crypto.' },
    currency: { type: 'string', value: 'CUR', help: 'Currency of the symbol to try.' },
  },
  notes: [
    `Nothing is asked over the network until a provider is turned on. Settings are in ${settingsFileName}`,
    'of the data folder, which a running server reads again when it changes.',
  ],
  run: async (call) => {
    const [action, id, symbol] = call.positionals;
    if (action === undefined) return list(call);
    if (action === 'enable')
      return change(call, enabling(requireArgument(id, 'ID'), settings(call)), id);
    if (action === 'disable') return change(call, disabling(requireArgument(id, 'ID')), id);
    if (action === 'test')
      return test(call, requireArgument(id, 'ID'), requireArgument(symbol, 'SYMBOL'));
    throw new UsageRefusal(`There is no "providers ${action}".`);
  },
};

/** The data folder here: settings of another machine cannot be changed from here. */
function folderOf(call: Call): string {
  if (call.server !== undefined) {
    throw new UsageRefusal(
      'Providers are set up where the data folder is: run this there, without --server.',
    );
  }
  return readConfig(environment(), inFolder(call.dataFolder)).dataFolder;
}

async function list(call: Call): Promise<void> {
  const server = call.server ?? serverOf(folderOf(call));
  const view =
    server === undefined
      ? providersView(await openMarketData(folderOf(call)), [])
      : await providersOfServer(server, call.workspace);
  if (call.json) call.output.json(view);
  else call.output.print(table(columns, view.providers.map(rowOf)));
  for (const { line, detail } of view.mistakes) {
    call.output.note(plain(`${settingsFileName}:${line}: ${detail}`));
  }
}

const columns = [
  { title: 'Provider' },
  { title: 'On' },
  { title: 'State' },
  { title: 'Key' },
  { title: 'Kinds' },
  { title: 'Site' },
];

const rowOf = ({ id, enabled, state, about, kinds }: MarketProvider): string[] => [
  id,
  enabled ? 'on' : '',
  enabled ? state : '',
  about?.key ?? '',
  kinds === null ? 'all' : kinds.join(' '),
  about?.site ?? '',
];

/** `--set key=env:NAME --set requestsPerMinute=30`, numbers as numbers. */
function settings(call: Call): Record<string, string | number | boolean> {
  const given: Record<string, string | number | boolean> = {};
  for (const text of call.texts('set')) {
    const [, name, written] = /^([A-Za-z]\w*)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || written === undefined) {
      throw new UsageRefusal(`"${text.slice(0, 40)}" is not NAME=VALUE.`);
    }
    const isPlain = /^(?:true|false|-?\d+(?:\.\d+)?)$/.test(written);
    given[name] = isPlain ? (parse(written) as number | boolean) : written;
  }
  return given;
}

async function change(call: Call, edit: SettingsEdit, id: string | undefined): Promise<void> {
  const folder = folderOf(call);
  const { registry } = await openMarketData(folder);
  const definition = Object.hasOwn(registry, id ?? '') ? registry[id ?? ''] : undefined;
  if (!definition) {
    const ids = Object.keys(registry).join(', ');
    throw new CommandRefusal({
      code: 'market-data.settings',
      detail: `There is no provider "${id}"; there are ${ids}.`,
    });
  }
  const { path, mistakes } = taken(changeSettings({ folder, registry, env: environment() }, edit));
  if (call.json) call.output.json({ path, mistakes });
  else call.output.print(`Written to ${path}.`);
  if (definition.about) call.output.note(plain(`${definition.title}: ${definition.about.terms}`));
  for (const { line, detail } of mistakes) call.output.note(plain(`${path}:${line}: ${detail}`));
}

const triedDays = 30;

/** Asks for the newest days, as a refresh would, and keeps nothing. */
async function test(call: Call, id: string, symbol: string): Promise<void> {
  const file = await openMarketData(folderOf(call));
  const provider = enabledProvider(file, id);
  const today = systemClock.now().slice(0, 10);
  const from = addDays(today, -triedDays);
  const { signal } = new AbortController();
  const asked = symbolOf(call, symbol);
  const history = taken(await provider.daily(asked, from, addDays(today, 1), signal));
  const { bars, actions, currency, prices, rejected } = history;
  const last = bars.days.length - 1;
  const found = {
    symbol,
    days: bars.days.length,
    first: last < 0 ? null : dayFromNumber(bars.days[0] ?? 0),
    last: last < 0 ? null : dayFromNumber(bars.days[last] ?? 0),
    close: bars.close[last] ?? null,
    currency,
    prices: prices ?? 'as-traded',
    actions,
    rejected,
    health: provider.health?.() ?? null,
  };
  if (call.json) return call.output.json(found);
  const price = last < 0 ? 'no prices' : `${found.close} ${currency ?? ''} on ${found.last}`;
  call.output.print(
    plain(`${provider.title}: ${found.days} days of ${symbol} since ${from}, ${price}.`),
  );
  for (const { day, kind, value } of actions) call.output.print(`${day}  ${kind} ${value}`);
  for (const { day, reason } of rejected) call.output.note(plain(`${day}: ${reason}`));
}

function enabledProvider(
  file: Awaited<ReturnType<typeof openMarketData>>,
  id: string,
): MarketDataProvider {
  const found = file.provider(id);
  if (found) return found;
  const [mistake] = file.read().mistakes;
  const why = mistake ? ` ${settingsFileName}:${mistake.line}: ${mistake.detail}` : '';
  throw new CommandRefusal({
    code: 'market-data.settings',
    detail: `The provider "${id}" is not turned on: plimsoll providers enable ${id}.${why}`,
  });
}

function symbolOf(call: Call, symbol: string): ProviderSymbol {
  const [mic, kind, currency] = ['mic', 'kind', 'currency'].map((name) => call.text(name));
  const known = instrumentKinds.find((one) => one === kind);
  if (kind !== undefined && known === undefined) {
    throw new UsageRefusal(`"${kind}" is none of ${instrumentKinds.join(', ')}.`);
  }
  return {
    symbol,
    ...(mic === undefined ? {} : { mic: mic.toUpperCase() }),
    ...(known === undefined ? {} : { kind: known }),
    ...(currency === undefined ? {} : { currency: currency.toUpperCase() }),
  };
}
