import { writeFileSync } from 'node:fs';
import { type Analysis, inferPeriods } from '@plimsoll/analytics/analysis';
import type { Report } from '@plimsoll/contracts';
import { readParameters } from '@plimsoll/kernel';
import { computeHere } from '../../compose.ts';
import { reportPage } from '../../reports/report-page.ts';
import type { Call, Command, Option } from '../command.ts';
import { dayOption } from '../days.ts';
import { unreadable } from '../read-files.ts';
import { taken, UsageRefusal } from '../refusals.ts';
import { readJson, readPanelFile, readSeriesFile } from './data-files.ts';
import { loadAnalysis } from './load-analyses.ts';
import { parameterOptions, parameterValues } from './parameter-options.ts';
import { printReport } from './print-report.ts';

/** What every analysis understands on the command line. */
export const reportOptions: Readonly<Record<string, Option>> = {
  html: { type: 'string', value: 'FILE.html', help: 'Write the report as a page with charts.' },
  input: { type: 'string', value: 'FILE.json', help: 'Take the values from a JSON file as well.' },
};

/** What those understand that take data from files or the record. */
const dataOptions: Readonly<Record<string, Option>> = {
  portfolio: {
    type: 'string',
    value: 'NAME',
    help: 'Take what is not given from this portfolio or account of the record, or `all`.',
  },
  from: { type: 'string', value: 'DATE', help: 'First day of what is taken from the record.' },
  to: { type: 'string', value: 'DATE', help: 'Last day of it.' },
  column: { type: 'string', value: 'NAME', help: 'The column of FILE that is meant.' },
  returns: { type: 'boolean', help: 'FILE holds returns, not prices.' },
  'prices-given': { type: 'boolean', help: 'FILE holds prices, not returns.' },
  percent: { type: 'boolean', help: 'The numbers of FILE are in percent.' },
};

const takesData = ({ input }: Analysis): boolean =>
  Object.values(input).some(({ kind }) => ['series', 'panel', 'by-name'].includes(kind));

/** A command that runs one analysis. The first words are the command's own, the rest its files. */
export function analysisCommand(
  analysis: Analysis,
  { words, summary = analysis.summary, usage, aliases = {} }: Wording,
): Command {
  const own = parameterOptions(analysis.input);
  const short = Object.entries(aliases).flatMap(([alias, name]) => {
    const option = own[name];
    return option ? [[alias, { ...option, help: `The same as --${name}.` }] as const] : [];
  });
  return {
    summary,
    usage: usage ?? [`${words.join(' ')} [FILE.csv] [OPTIONS]`],
    options: {
      ...own,
      ...Object.fromEntries(short),
      ...(takesData(analysis) ? dataOptions : {}),
      ...reportOptions,
    },
    notes: [`Over HTTP: POST /v1/analyses/${analysis.id}. With --json: the same report.`],
    run: async (call) => {
      const positionals = call.positionals.slice(words.length - 1);
      const text = (name: string): string | undefined =>
        call.text(name) ??
        short.flatMap(([alias]) => (aliases[alias] === name ? (call.text(alias) ?? []) : [])).at(0);
      const asked = { ...call, positionals, text };
      showReport(asked, await reportFor(asked, analysis));
    },
  };
}

interface Wording {
  readonly words: readonly string[];
  /** Shorter names of options. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly summary?: string;
  readonly usage?: readonly string[];
}

/** The same by the id of the analysis, whose options are read when the command is called. */
export function namedAnalysis({
  id,
  ...wording
}: Wording & {
  readonly id: string;
  readonly summary: string;
  readonly usage: readonly string[];
}): Command {
  const { summary, usage } = wording;
  return {
    summary,
    usage,
    narrow: async () => analysisCommand(await loadAnalysis(id), wording),
    run: async (call) => {
      const own = analysisCommand(await loadAnalysis(id), wording);
      return own.run(call);
    },
  };
}

/** Of files alone the report needs no record; else the engine has it made. */
async function reportFor(call: Call, analysis: Analysis): Promise<Report> {
  const input = call.text('input');
  const given =
    input === undefined ? {} : ((await readJson(input, 'input')) as Record<string, unknown>);
  const values = { ...given, ...(await parameterValues(call, analysis.input)) };
  await readFileArgument(call, analysis, values);
  const scope = scopeOf(call);
  if (scope !== undefined) {
    const engine = await call.engine();
    const text = JSON.stringify({ ...scope, ...values });
    return taken(await engine.analyse(call.workspace, analysis.id, text));
  }
  const inferred = inferPeriods(analysis.input, values);
  const checked = readParameters(analysis.input, inferred.values);
  if (!checked.ok) throw new UsageRefusal(checked.fault.detail);
  const report = taken(await computeHere(analysis.id, checked.value));
  const notes = [...inferred.notes, ...report.notes];
  return { analysis: analysis.id, ...report, notes } as Report;
}

function scopeOf(call: Call): Readonly<Record<string, string | undefined>> | undefined {
  const portfolio = call.text('portfolio');
  const [from, to] = [dayOption(call, 'from'), dayOption(call, 'to')];
  if (portfolio === undefined) {
    if (from === undefined && to === undefined) return undefined;
    throw new UsageRefusal('--from and --to need --portfolio: of a file everything is taken.');
  }
  return { portfolio, from, to, base: call.base };
}

/** FILE is the first data that the analysis asks for and no option gave. */
async function readFileArgument(
  call: Call,
  { input }: Analysis,
  values: Record<string, unknown>,
): Promise<void> {
  const [file, extra] = call.positionals;
  if (extra !== undefined) throw new UsageRefusal(`"${extra}" is one file too many.`);
  if (file === undefined) return;
  const entry = Object.entries(input).find(
    ([name, { kind }]) => (kind === 'panel' || kind === 'series') && values[name] === undefined,
  );
  if (!entry) throw new UsageRefusal(`"${file}": this analysis takes no file.`);
  const [name, parameter] = entry;
  values[name] =
    parameter.kind === 'panel'
      ? await readPanelFile(call, file, parameter.of)
      : await readSeriesFile(call, file, call.text('column'));
}

/** Prints the report, or writes it where it was asked to be written. */
export function showReport(call: Call, report: Report): void {
  const html = call.text('html');
  if (html !== undefined) {
    try {
      writeFileSync(html, reportPage(report));
    } catch (error) {
      throw unreadable(html, error);
    }
    call.output.note(`Written: ${html}`);
  }
  if (call.json) call.output.json(report);
  else if (html === undefined) printReport(call.output, report);
}
