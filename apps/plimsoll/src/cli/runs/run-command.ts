import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import {
  type Engine,
  type EngineFault,
  type RunConfig,
  type RunView,
  runConfigJson,
} from '@plimsoll/engine';
import type { ParameterFault } from '@plimsoll/kernel';
import type { RunKind } from '@plimsoll/ports';
import { type RunFile, readRunFile } from '../../runs/read-run-file.ts';
import type { Call, Command, Option } from '../command.ts';
import { CommandRefusal, requireArgument, taken, UsageRefusal } from '../refusals.ts';
import { followRun } from './follow-run.ts';
import { paramValues } from './param-values.ts';
import type { RecordlessRequest } from './run-without-record.ts';
import { finished, showRun } from './show-run.ts';
import { showSearch, showSearchReport } from './show-search.ts';

export interface RunCommand {
  readonly name: string;
  readonly kind: RunKind;
  readonly summary: string;
  readonly notes?: readonly string[];
}

const options: Readonly<Record<string, Option>> = {
  param: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    help: 'A parameter of the strategy, in place of what the file says.',
  },
  report: { type: 'string', value: 'FILE.html', help: 'Writes the report there, as one page.' },
  prices: {
    type: 'string',
    multiple: true,
    value: 'PATH',
    help: 'Runs on these files of prices, or those of a folder, without any record.',
  },
  out: {
    type: 'string',
    value: 'FOLDER',
    help: 'With --prices: writes all files of the run there.',
  },
  detach: { type: 'boolean', help: 'Only asks for it; a server carries it out.' },
};

/** A command that asks for a run of a configuration file, waits for it and shows what came of it. */
export const runCommand = ({ name, kind, summary, notes = [] }: RunCommand): Command => ({
  summary,
  usage: [
    `${name} FILE.yaml [--param NAME=VALUE]… [--report FILE.html]`,
    `${name} FILE.yaml --prices PATH… [--report FILE.html] [--out FOLDER]`,
  ],
  options,
  notes: [
    ...notes,
    'A strategy ./NAME.ts is looked for beside FILE.yaml, and then in strategies/ of the data folder.',
    'Ctrl-C cancels the run.',
  ],
  run: async (call) => {
    const [first, ...others] = call.positionals;
    const path = requireArgument(first, 'FILE.yaml');
    const given = call.texts('prices');
    if (given.length === 0 && others.length > 0) {
      throw new UsageRefusal(`One file at a time, not "${others[0]}" too.`);
    }
    const file = await runFile(path);
    const config = withParams(file.config, call);
    const beside = resolve(dirname(path));
    if (given.length > 0) {
      const request = {
        kind,
        config: runConfigJson(config),
        prices: [...given, ...others],
        beside,
      };
      return withoutRecord(call, file, request);
    }
    const engine = await call.engine(beside);
    const asked = await ask(call, engine, { kind, config, file, beside });
    if (call.flag('detach')) return told(call, asked);
    const run = finished(await followRun(call, engine, asked));
    const target = call.text('report');
    if (target !== undefined) await writeReport(call, engine, run.id, target);
    if (call.json) return call.output.json(run);
    showRun(call, run);
    await showSearch(call, engine, run);
  },
});

/** Reads a configuration file; a refusal lists each mistake with its line. */
async function runFile(path: string): Promise<RunFile> {
  const read = await readRunFile(path);
  if (read.ok) return read.value;
  throw mistaken(read.fault);
}

const mistaken = ({ code, detail }: { readonly code: string; readonly detail: string }) => {
  const [first = '', ...others] = detail.split('\n');
  return new CommandRefusal({ code, detail: first }, others);
};

const withParams = (config: RunConfig, call: Call): RunConfig => ({
  ...config,
  params: { ...config.params, ...paramValues(call.texts('param')) },
});

interface Asking {
  readonly kind: RunKind;
  readonly config: RunConfig;
  readonly file: RunFile;
  /** The folder of the configuration file. */
  readonly beside: string;
}

async function ask(
  call: Call,
  engine: Engine,
  { kind, config, file, beside }: Asking,
): Promise<RunView> {
  const request = { kind, config: runConfigJson(config) };
  const asked = await engine.createRun(call.workspace, request, { actor: 'owner' });
  if (asked.ok) return asked.value.value;
  const elsewhere = unseenByServer(asked.fault, config, beside);
  if (elsewhere !== null) throw elsewhere;
  throw placedRefusal(asked.fault, file);
}

/** A file beside the configuration that whoever carries runs out does not look at; null where it is not that. */
function unseenByServer(
  { detail }: EngineFault,
  { strategy }: RunConfig,
  beside: string,
): CommandRefusal | null {
  const own = resolve(beside, strategy);
  if (!/There is no file \S+\.ts in /.test(detail) || !existsSync(own)) return null;
  return new CommandRefusal({
    code: 'strategy.elsewhere',
    detail: `A server has this data folder, and it looks for strategies in strategies/ of that folder alone, not beside the configuration. Copy ${own} there, with the files that it imports; or stop the server; or run on files of prices with --prices, which needs none.`,
  });
}

/** Why a run is refused; of its configuration with the line of each mistake. */
function placedRefusal(fault: EngineFault, file: RunFile): CommandRefusal {
  const errors = fault.facts?.['errors'];
  return fault.code === 'run.refused' && Array.isArray(errors)
    ? mistaken(file.placed(errors as ParameterFault['errors']))
    : new CommandRefusal(fault);
}

async function withoutRecord(call: Call, file: RunFile, request: RecordlessRequest): Promise<void> {
  const { runWithoutRecord, writeFiles } = await import('./run-without-record.ts');
  const done = await runWithoutRecord(call, request);
  if (!done.ok) throw placedRefusal(done.fault, file);
  await writeFiles(call, done.value);
  const { run, artifacts } = done.value;
  if (call.json) return call.output.json(run);
  showRun(call, run);
  const report = artifacts.find(({ name }) => name === 'report.json');
  if (run.kind !== 'backtest' && report !== undefined) showSearchReport(call, report.bytes);
}

function told(call: Call, run: RunView): void {
  if (call.json) call.output.json(run);
  else call.output.print(`Run ${run.id} is ${run.state}. See it: plimsoll runs show ${run.id}`);
}

/** Writes the page of a run to a file. */
async function writeReport(call: Call, engine: Engine, id: string, target: string): Promise<void> {
  const { bytes } = taken(await engine.runArtifact(call.workspace, id, 'report.html'));
  await writeFile(target, bytes);
  call.output.note(`The report is in ${target}.`);
}
