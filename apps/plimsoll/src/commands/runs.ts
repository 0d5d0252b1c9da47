import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunComparisonView, RunView } from '@plimsoll/engine';
import { runKinds, runStates } from '@plimsoll/ports';
import type { Call, Command } from '../cli/command.ts';
import { percent } from '../cli/numbers.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { followRun } from '../cli/runs/follow-run.ts';
import { figureText, finished, showRun } from '../cli/runs/show-run.ts';
import { showSearch } from '../cli/runs/show-search.ts';
import { plain, table } from '../cli/table.ts';

const owner = { actor: 'owner' } as const;

export const command: Command = {
  summary: 'Runs of strategies: list, show, compare, repeat, cancel, export, remove.',
  usage: [
    'runs [list] [--kind KIND] [--state STATE] [--strategy ID] [--text WORDS] [--limit N]',
    'runs show ID',
    'runs compare ID ID…',
    'runs rerun ID',
    'runs retry ID',
    'runs cancel ID',
    'runs export ID FOLDER',
    'runs remove ID',
  ],
  options: {
    kind: { type: 'string', value: 'KIND', help: `${runKinds.join(', ')}.` },
    state: { type: 'string', value: 'STATE', help: `${runStates.join(', ')}.` },
    strategy: { type: 'string', value: 'ID', help: 'Runs of this strategy.' },
    text: { type: 'string', value: 'WORDS', help: 'Runs whose title has these words.' },
    limit: { type: 'string', value: 'N', help: 'So many, the newest; 20 if not given.' },
  },
  notes: [
    'rerun repeats a run from its inputs and says whether the result is the same to the bit.',
    'What a removed run has tried stays counted.',
  ],
  run: async (call) => {
    const [verb = 'list', ...rest] = call.positionals;
    const run = verbs[verb];
    if (run === undefined) throw new UsageRefusal(`There is no "runs ${verb}".`);
    return run(call, rest);
  },
};

type Verb = (call: Call, rest: readonly string[]) => Promise<void>;

const verbs: Readonly<Record<string, Verb>> = {
  list,
  show,
  compare,
  rerun,
  retry,
  cancel,
  export: exportFiles,
  remove,
};

function chosen<T extends string>(call: Call, name: string, known: readonly T[]): T | undefined {
  const given = call.text(name);
  if (given === undefined) return undefined;
  const found = known.find((one) => one === given);
  if (found !== undefined) return found;
  throw new UsageRefusal(`--${name} "${given}" is not one of ${known.join(', ')}.`);
}

async function list(call: Call): Promise<void> {
  const limit = Number(call.text('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
    throw new UsageRefusal(`--limit "${call.text('limit')}" is not a number from 1 to 200.`);
  }
  const query = {
    kind: chosen(call, 'kind', runKinds),
    state: chosen(call, 'state', runStates),
    strategy: call.text('strategy'),
    text: call.text('text'),
    limit,
  };
  const engine = await call.engine();
  const page = taken(await engine.runs(call.workspace, query));
  if (call.json) return call.output.json(page);
  if (page.items.length === 0) return call.output.print('There are no such runs yet.');
  call.output.print(table(listColumns, page.items.map(listRow)));
  if (page.next !== null) call.output.note('There are older ones: say a higher --limit.');
}

const listColumns = [
  { title: 'Id' },
  { title: 'Kind' },
  { title: 'Run' },
  { title: 'State' },
  { title: 'A year', right: true },
  { title: 'Sharpe', right: true },
  { title: 'Fall', right: true },
  { title: 'Trades', right: true },
  { title: 'Asked' },
];

const listRow = (run: RunView): string[] => [
  run.id,
  run.kind,
  plain(run.title.slice(0, 60)),
  run.state,
  run.figures.annualReturn === null ? '' : percent(run.figures.annualReturn),
  run.figures.sharpe?.toFixed(2) ?? '',
  run.figures.maxDrawdown === null ? '' : percent(run.figures.maxDrawdown),
  run.figures.trades?.toString() ?? '',
  run.createdAt.slice(0, 16).replace('T', ' '),
];

async function show(call: Call, [id]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const run = taken(await engine.run(call.workspace, requireArgument(id, 'ID')));
  if (call.json) return call.output.json(run);
  showRun(call, run);
  await showSearch(call, engine, run);
  for (const { name, size } of run.artifacts) call.output.note(`${name}, ${size} bytes`);
}

async function compare(call: Call, ids: readonly string[]): Promise<void> {
  if (ids.length < 2) throw new UsageRefusal('Name two runs or more.');
  const engine = await call.engine();
  const found = taken(await engine.compareRuns(call.workspace, ids));
  if (call.json) return call.output.json(found);
  const { output } = call;
  const columns = [
    { title: '' },
    ...found.runs.map((_, i) => ({ title: `Run ${i + 1}`, right: true })),
  ];
  for (const [i, { id, title }] of found.runs.entries()) {
    output.print(plain(`Run ${i + 1}: ${title} (${id})`));
  }
  const figures = found.figures.map(({ title, unit, values }) => [
    title,
    ...values.map((value) => figureText({ value, unit }, '')),
  ]);
  output.print(`\n${table(columns, figures)}`);
  if (found.differences.length > 0) {
    const rows = found.differences.map(({ path, values }) => [
      path,
      ...values.map((value) => plain(value ?? '–')),
    ]);
    output.print(`\n${table(columns, rows)}`);
  }
  output.print(`\n${correlationText(found)}`);
}

function correlationText({ equity, correlation, runs }: RunComparisonView): string {
  const rows = correlation.map((row, i) => [
    `Run ${i + 1}`,
    ...row.map((value) => value?.toFixed(2) ?? '–'),
  ]);
  const columns = [
    { title: `Correlation, ${equity.days.length} days` },
    ...runs.map((_, i) => ({ title: `Run ${i + 1}`, right: true })),
  ];
  return table(columns, rows);
}

async function rerun(call: Call, [id]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const wanted = requireArgument(id, 'ID');
  const asked = written(await engine.rerunRun(call.workspace, wanted, owner));
  const run = finished(await followRun(call, engine, asked));
  if (call.json) call.output.json(run);
  else showRun(call, run);
}

async function retry(call: Call, [id]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const wanted = requireArgument(id, 'ID');
  const asked = written(await engine.retryRun(call.workspace, wanted, owner));
  const run = finished(await followRun(call, engine, asked));
  if (call.json) call.output.json(run);
  else showRun(call, run);
}

async function cancel(call: Call, [id]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const wanted = requireArgument(id, 'ID');
  const run = written(await engine.cancelRun(call.workspace, wanted, owner));
  if (call.json) call.output.json(run);
  else call.output.print(plain(`${run.title}: ${run.state}.`));
}

async function exportFiles(call: Call, [id, folder]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const wanted = requireArgument(id, 'ID');
  const target = requireArgument(folder, 'FOLDER');
  const run = taken(await engine.run(call.workspace, wanted));
  await mkdir(target, { recursive: true });
  for (const { name } of run.artifacts) {
    const { bytes } = taken(await engine.runArtifact(call.workspace, wanted, name));
    await writeFile(join(target, name), bytes);
  }
  const files = run.artifacts.map(({ name }) => join(target, name));
  if (call.json) call.output.json({ files });
  else call.output.print(`${files.length} files are in ${target}.`);
}

async function remove(call: Call, [id]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const wanted = requireArgument(id, 'ID');
  written(await engine.removeRun(call.workspace, wanted, owner));
  if (call.json) call.output.json({ removed: wanted });
  else call.output.print(`The run ${wanted} is removed.`);
}
