import { writeFile } from 'node:fs/promises';
import type { ModelDetailView, ModelDriftView, ModelView } from '@plimsoll/engine';
import { type ModelStage, modelStages } from '@plimsoll/ports';
import type { Call, Command } from '../cli/command.ts';
import { readGiven } from '../cli/read-files.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

const owner = { actor: 'owner' } as const;

export const command: Command = {
  summary: 'Models that have learnt: list, show, hold against new days, accept, retire, bring in.',
  usage: [
    'models [list] [--name NAME] [--stage STAGE]',
    'models show MODEL',
    'models card MODEL FILE.html',
    'models drift MODEL',
    'models accept MODEL --why WORDS',
    'models retire MODEL --why WORDS',
    'models import FILE.onnx --features FILE.json --name NAME',
  ],
  options: {
    name: { type: 'string', value: 'NAME', help: 'Versions of this name.' },
    stage: { type: 'string', value: 'STAGE', help: `${modelStages.join(', ')}.` },
    why: { type: 'string', value: 'WORDS', help: 'The reason, which is kept.' },
    features: { type: 'string', value: 'FILE', help: 'What the columns of the model are.' },
  },
  notes: [
    'MODEL is NAME@VERSION, or NAME for its newest version. plimsoll train FILE.yaml makes one.',
  ],
  run: async (call) => {
    const [verb = 'list', ...rest] = call.positionals;
    const run = verbs[verb];
    if (run === undefined) throw new UsageRefusal(`There is no "models ${verb}".`);
    return run(call, rest);
  },
};

type Verb = (call: Call, rest: readonly string[]) => Promise<void>;

const moved =
  (stage: ModelStage): Verb =>
  async (call, [id]) => {
    const engine = await call.engine();
    const wanted = requireArgument(id, 'MODEL');
    const why = call.text('why');
    if (why === undefined) throw new UsageRefusal(`Say why: --why WORDS.`);
    const model = written(
      await engine.setModelStage(call.workspace, wanted, { stage, why }, owner),
    );
    if (call.json) return call.output.json(model);
    call.output.print(`${model.id} is ${model.stage}.`);
  };

const verbs: Readonly<Record<string, Verb>> = {
  list,
  show,
  card,
  drift,
  accept: moved('accepted'),
  retire: moved('retired'),
  import: bringIn,
};

async function list(call: Call): Promise<void> {
  const engine = await call.engine();
  const given = call.text('stage');
  const stage = modelStages.find((one) => one === given);
  if (given !== undefined && stage === undefined) {
    throw new UsageRefusal(`--stage "${given}" is not one of ${modelStages.join(', ')}.`);
  }
  const found = taken(await engine.models(call.workspace, { name: call.text('name'), stage }));
  if (call.json) return call.output.json(found);
  if (found.length === 0) {
    return call.output.print('There are no such models yet. Make one: plimsoll train FILE.yaml');
  }
  call.output.print(table(listColumns, found.map(listRow)));
}

const listColumns = [
  { title: 'Model' },
  { title: 'Kind' },
  { title: 'Stage' },
  { title: 'Learnt from' },
  { title: 'until' },
  { title: 'Score' },
  { title: 'Value', right: true },
  { title: 'No model', right: true },
  { title: 'Tries', right: true },
];

const shown = (value: number | null | undefined): string => value?.toFixed(4) ?? '–';

function listRow(model: ModelView): string[] {
  const [first] = model.scores;
  return [
    model.id,
    model.kind,
    model.stage,
    model.learnt?.from ?? 'not known',
    model.learnt?.until ?? '',
    first?.title ?? '',
    shown(first?.value),
    shown(first?.mean),
    model.tries?.toString() ?? '',
  ];
}

async function show(call: Call, [id]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const model = taken(await engine.model(call.workspace, requireArgument(id, 'MODEL')));
  if (call.json) return call.output.json(model);
  showModel(call, model);
}

function showModel({ output }: Call, model: ModelDetailView): void {
  const { learnt } = model;
  output.print(plain(`${model.id}: ${model.title}`));
  const days =
    learnt === null ? 'from days that nobody knows' : `from ${learnt.from} to ${learnt.until}`;
  output.print(`${model.kind}, ${model.task}, ${model.stage}; learnt ${days}.`);
  if (model.scores.length > 0) {
    const rows = model.scores.map(({ title, value, mean, last, better }) => [
      title,
      shown(value),
      shown(mean),
      shown(last),
      `${better} is better`,
    ]);
    output.print(`\n${table(scoreColumns, rows)}`);
  }
  listed(output, 'How far to trust it', model.trust);
  const features = model.features.map(({ name }) => name);
  output.print(plain(`\nFeatures: ${features.join(', ')}`));
  if (model.instruments.length > 0) {
    output.print(plain(`Instruments: ${model.instruments.slice(0, 20).join(', ')}`));
  }
  const lineage = [
    model.runId === null ? 'brought in from a file' : `learnt by the run ${model.runId}`,
    model.parent === null ? '' : `after ${model.parent}`,
    model.codeVersion === null ? '' : `code ${model.codeVersion}`,
    model.seed === null ? '' : `seed ${model.seed}`,
    model.dataFingerprint === null ? '' : `data ${model.dataFingerprint.slice(0, 12)}`,
    `features ${model.featureVersion.slice(0, 12)}`,
    `file ${model.sha256.slice(0, 12)}`,
  ].filter((part) => part !== '');
  output.note(plain(`${lineage.join(', ')}.`));
  for (const { stage, by, why, at } of model.stages) {
    output.note(plain(`${at.slice(0, 10)}: ${stage} by ${by}: ${why}`));
  }
}

function listed(output: Call['output'], title: string, lines: readonly string[]): void {
  output.print(`\n${title}`);
  for (const line of lines) output.print(plain(`  ${line}`));
}

const scoreColumns = [
  { title: 'Score out of fold' },
  { title: 'Model', right: true },
  { title: 'Mean', right: true },
  { title: 'Last label', right: true },
  { title: '' },
];

async function card(call: Call, [id, target]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const wanted = requireArgument(id, 'MODEL');
  const file = requireArgument(target, 'FILE.html');
  const { bytes } = taken(await engine.modelCard(call.workspace, wanted));
  await writeFile(file, bytes);
  if (call.json) call.output.json({ file });
  else call.output.print(`The page of ${wanted} is in ${file}.`);
}

async function drift(call: Call, [id]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const found = taken(await engine.modelDrift(call.workspace, requireArgument(id, 'MODEL')));
  if (call.json) return call.output.json(found);
  showDrift(call.output, found);
}

function showDrift(output: Call['output'], found: ModelDriftView): void {
  const days = found.from === null ? 'no day' : `${found.from} to ${found.to}`;
  output.print(
    `${found.id}: ${found.verdict ?? 'too little to tell'}. ${found.rows} rows since it learnt, ${days}; of ${found.labelled} it is known what came.`,
  );
  const rows = [...found.features, found.predictions].map((one) => [
    plain(one.name),
    shown(one.stabilityIndex),
    shown(one.indexChance),
    shown(one.distance),
    shown(one.distanceChance),
    one.verdict ?? plain(one.why ?? ''),
  ]);
  output.print(`\n${table(driftColumns, rows)}`);
  const { score, recent, band, verdict, why } = found.performance;
  const beside =
    band === null ? '' : `; in training 90 % lay from ${shown(band.low)} to ${shown(band.high)}`;
  output.print(
    plain(`\nPerformance, ${score}: ${shown(recent)}${beside}: ${verdict ?? why ?? 'not known'}.`),
  );
}

const driftColumns = [
  { title: 'Column' },
  { title: 'Stability index', right: true },
  { title: 'Chance', right: true },
  { title: 'Distance', right: true },
  { title: 'Chance', right: true },
  { title: 'Verdict' },
];

async function bringIn(call: Call, [path]: readonly string[]): Promise<void> {
  const model = requireArgument(path, 'FILE.onnx');
  const features = call.text('features');
  const name = call.text('name');
  if (features === undefined)
    throw new UsageRefusal('Say what its columns are: --features FILE.json.');
  if (name === undefined) throw new UsageRefusal('Say what it is called: --name NAME.');
  const files = [await readGiven(model), await readGiven(features)];
  const engine = await call.engine();
  const kept = written(await engine.importModel(call.workspace, files, { name }, owner));
  if (call.json) return call.output.json(kept);
  call.output.print(
    `${kept.id} is kept: a ${kept.task}, of ${kept.features.map(({ name }) => name).join(', ')}.`,
  );
}
