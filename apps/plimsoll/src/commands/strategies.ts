import type { StrategyView } from '@plimsoll/engine';
import type { Parameter } from '@plimsoll/kernel';
import type { Call, Command } from '../cli/command.ts';
import { CommandRefusal, requireArgument, taken } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';
import { environment, inFolder, readConfig } from '../config.ts';
import { strategiesFolder } from '../runs/open-runs.ts';
import { newStrategy } from '../runs/own/new-strategy.ts';

export const command: Command = {
  summary: 'List the strategies, show one with its parameters, or begin one of your own.',
  usage: ['strategies', 'strategies ID', 'strategies new NAME'],
  notes: [
    'Your own are files in strategies/ of the data folder: see docs/guides/own-strategies.md.',
  ],
  run: async (call) => {
    const [named, name] = call.positionals;
    if (named === 'new') return begin(call, requireArgument(name, 'NAME'));
    return named === undefined ? list(call) : show(call, named);
  },
};

/** Writes files that work as they are into the folder of own strategies. */
function begin(call: Call, name: string): void {
  const { dataFolder } = readConfig(environment(), inFolder(call.dataFolder));
  const made = newStrategy(strategiesFolder(dataFolder), name);
  if (!made.ok) throw new CommandRefusal(made.fault);
  if (call.json) call.output.json({ files: made.value });
  else call.output.print(made.value.map((file) => `Written: ${file}`).join('\n'));
}

async function list(call: Call): Promise<void> {
  const engine = await call.engine();
  const found = taken(await engine.strategies(call.workspace));
  if (call.json) return call.output.json(found);
  const rows = found.strategies.map(({ id, group, title, file }) => [
    id,
    group,
    plain(title),
    file ?? '',
  ]);
  call.output.print(table(listColumns, rows));
  for (const { file, line, column, message } of found.broken) {
    const where = line === null ? file : `${file}:${line}:${column ?? 1}`;
    call.output.note(plain(`${where}: ${message}`));
  }
}

const listColumns = ['Id', 'Group', 'Strategy', 'File'].map((title) => ({ title }));

async function show(call: Call, named: string): Promise<void> {
  const engine = await call.engine();
  const strategy = taken(await engine.strategy(call.workspace, named));
  if (call.json) return call.output.json(strategy);
  const { output } = call;
  output.print(plain(`${strategy.id}: ${strategy.title}`));
  output.print(plain(strategy.summary));
  if (strategy.source !== null) output.print(plain(`Source: ${strategy.source}`));
  output.print(`Instruments: ${instrumentsText(strategy)}.`);
  const rows = Object.entries(strategy.params).map(([name, parameter]) => [
    name,
    plain(parameter.title),
    kindText(parameter),
    defaultText(parameter),
    rangeText(parameter),
  ]);
  if (rows.length === 0) output.print('It has no parameters.');
  else output.print(`\n${table(paramColumns, rows)}`);
}

const paramColumns = ['Parameter', 'What it is', 'Kind', 'Default', 'Range'].map((title) => ({
  title,
}));

function instrumentsText({ instruments: { min, max } }: StrategyView): string {
  if (max === null) return `${min} or more`;
  return min === max ? String(min) : `${min} to ${max}`;
}

const kindText = (parameter: Parameter): string =>
  'unit' in parameter && parameter.unit !== undefined
    ? `${parameter.kind}, ${parameter.unit}`
    : parameter.kind;

const defaultText = (parameter: Parameter): string =>
  'default' in parameter && parameter.default !== undefined
    ? JSON.stringify(parameter.default)
    : parameter.optional === true
      ? 'none'
      : 'must be given';

function rangeText(parameter: Parameter): string {
  if (parameter.kind === 'choice') return parameter.of.join(', ');
  if (parameter.kind !== 'number' && parameter.kind !== 'integer') return '';
  const { min, max, above, below } = parameter;
  return [
    min === undefined ? '' : `≥ ${min}`,
    above === undefined ? '' : `> ${above}`,
    max === undefined ? '' : `≤ ${max}`,
    below === undefined ? '' : `< ${below}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
