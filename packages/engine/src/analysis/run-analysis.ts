import { type Analysis, inferPeriods } from '@plimsoll/analytics/analysis';
import { ok, type ParameterTable, type Result, readParameters } from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import { type EngineContext, today } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { ReportView } from '../views.ts';
import { fillFromRecord } from './from-record.ts';
import { readObject } from './read-object.ts';

/** What an analysis takes besides its own values: data from the record for all that is not given. */
const scopeMembers = ['portfolio', 'from', 'to', 'base'] as const;

/** An analysis with checked values, ready to be computed. */
export interface Prepared {
  readonly analysis: Analysis;
  readonly values: unknown;
  /** What was taken from the record, and what could not be. */
  readonly notes: readonly string[];
}

/** Fills what refers to the record and checks the values. */
export async function prepareAnalysis(
  context: EngineContext,
  unit: UnitOfWork,
  view: LedgerView,
  { id, input }: { readonly id: string; readonly input: string },
): Promise<Result<Prepared, EngineFault>> {
  // Read when first asked for: there are many, and most starts need none.
  const { analyses } = await import('@plimsoll/analytics/analyses');
  const all: readonly Analysis[] = analyses;
  const analysis = all.find((one) => one.id === id);
  if (!analysis) {
    const known = all.map((one) => one.id).join(', ');
    return fault('analysis.unknown', `There is no analysis "${id}". Known: ${known}.`);
  }
  const read = readInput(input, analysis.input);
  if (!read.ok) return read;
  const { given, everywhere } = read.value;
  const options = {
    everywhere,
    today: today(context),
    heldToday: analysis.group === 'risk',
    // Cash in other currencies is no choice of an optimiser.
    instrumentsOnly: analysis.group === 'optimisation',
  };
  const filled = await fillFromRecord(unit, view, analysis.input, given, options);
  if (!filled.ok) return filled;
  const inferred = inferPeriods(analysis.input, filled.value.values);
  const values = readParameters(analysis.input, inferred.values);
  const notes = [...filled.value.notes, ...inferred.notes];
  if (values.ok) return ok({ analysis, values: values.value, notes });
  const { code, detail, errors } = values.fault;
  return fault('analysis.refused', detail, { reason: code, errors });
}

/** Has the report computed, where computing holds up nobody. */
export async function computeReport(
  { compute }: Pick<EngineContext, 'compute'>,
  { analysis, values, notes }: Prepared,
): Promise<Result<ReportView, EngineFault>> {
  const report = await compute(analysis.id, values);
  if (report.ok) {
    const all = [...notes, ...report.value.notes];
    // Nobody else has the report, so its members may as well be settable.
    const own = report.value as ReportView;
    return ok({ ...own, analysis: analysis.id, notes: all });
  }
  const { code, detail } = report.fault;
  if (code === 'analysis.too-long') return fault(code, detail);
  return fault('analysis.refused', detail, { reason: code });
}

interface Input {
  readonly given: Readonly<Record<string, unknown>>;
  readonly everywhere: Readonly<Record<string, string>> | undefined;
}

/** The JSON text, with the part of the record that it names for everything that it leaves out. */
function readInput(text: string, table: ParameterTable): Result<Input, EngineFault> {
  const read = readObject(text);
  if (!read.ok) return read;
  const given: Record<string, unknown> = { ...read.value };
  const scope: Record<string, string> = {};
  for (const name of scopeMembers) {
    const value = given[name];
    if (value === undefined || Object.hasOwn(table, name)) continue;
    if (typeof value !== 'string') return fault('request.invalid', `${name} must be a text.`);
    scope[name] = value;
    delete given[name];
  }
  const named = Object.keys(scope).length > 0;
  return ok({ given, everywhere: named ? { portfolio: 'all', ...scope } : undefined });
}
