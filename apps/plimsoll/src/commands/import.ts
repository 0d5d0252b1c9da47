import { columnMapping } from '@plimsoll/contracts';
import type { Engine, EngineFault, ImportRequest } from '@plimsoll/engine';
import type { ColumnMapping } from '@plimsoll/ports';
import type { Call, Command } from '../cli/command.ts';
import { theInstrument } from '../cli/look-up.ts';
import { short } from '../cli/numbers.ts';
import { readGiven } from '../cli/read-files.ts';
import {
  CommandRefusal,
  refusedLine,
  requireArgument,
  taken,
  UsageRefusal,
} from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

type Summary = Extract<Awaited<ReturnType<Engine['importFiles']>>, { ok: true }>['value']['value'];
type Preview = Extract<Awaited<ReturnType<Engine['previewImport']>>, { ok: true }>['value'];

export const command: Command = {
  summary: 'Import transactions from files of a broker or bank.',
  usage: ['import FILE… --account NAME [--dry-run] [--accept-valid] [--format F]'],
  options: {
    account: {
      type: 'string',
      value: 'NAME',
      help: 'The account; made if there is none of that name.',
    },
    format: { type: 'string', value: 'F', help: 'The format, where it is not to be recognised.' },
    'dry-run': { type: 'boolean', help: 'Show row by row what would be added, and add nothing.' },
    'accept-valid': { type: 'boolean', help: 'Take the valid rows even where others are refused.' },
    currency: { type: 'string', value: 'CUR', help: 'Currency of an account that is made.' },
    mapping: {
      type: 'string',
      value: 'FILE',
      help: 'Column mapping for a CSV of no known format, as JSON.',
    },
    map: {
      type: 'string',
      value: 'KEY=INSTRUMENT',
      multiple: true,
      help: 'What the file calls KEY is this instrument.',
    },
    formats: { type: 'boolean', help: 'List the formats.' },
  },
  notes: [
    'A file with a refused row is not taken at all, unless --accept-valid is given. Importing a file',
    'again adds nothing. With --json: added, skipped, ignored, refused and more, also when refused.',
  ],
  run: async (call) => {
    if (call.flag('formats')) return listFormats(call);
    if (call.positionals.length === 0) throw new UsageRefusal('FILE is missing.');
    requireArgument(call.text('account'), '--account');
    const files = await Promise.all(call.positionals.map(readGiven));
    const mapping = await mappingOf(call);
    const engine = await call.engine();
    const request = await requestOf(call, engine, mapping);
    if (call.flag('dry-run')) {
      const preview = taken(await engine.previewImport(call.workspace, files, request));
      return showPreview(call, preview);
    }
    const answer = await engine.importFiles(call.workspace, files, request, { actor: 'owner' });
    showSummary(call, answer.ok ? answer.value.value : refusedSummary(call, answer.fault));
  },
};

async function listFormats(call: Call): Promise<void> {
  const formats = await (await call.engine()).formats();
  if (call.json) return call.output.json(formats);
  const rows = formats.map(({ id, title }) => [id, title]);
  call.output.print(table([{ title: 'Format' }, { title: 'What it is' }], rows));
}

async function requestOf(
  call: Call,
  engine: Engine,
  mapping: ColumnMapping | undefined,
): Promise<ImportRequest> {
  const pairs = await Promise.all(
    call.texts('map').map(async (pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1) throw new UsageRefusal(`--map "${pair}" is not KEY=INSTRUMENT.`);
      const { id } = await theInstrument(engine, call.workspace, pair.slice(at + 1));
      return [pair.slice(0, at), id] as const;
    }),
  );
  return {
    account: call.text('account') ?? '',
    format: call.text('format'),
    acceptValid: call.flag('accept-valid'),
    currency: call.text('currency')?.toUpperCase() ?? call.base,
    mapping,
    instruments: pairs.length === 0 ? undefined : Object.fromEntries(pairs),
  };
}

async function mappingOf(call: Call): Promise<ColumnMapping | undefined> {
  const path = call.text('mapping');
  if (path === undefined) return undefined;
  const { bytes } = await readGiven(path);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new CommandRefusal({ code: 'request.invalid', detail: `${path} is not JSON.` });
  }
  const parsed = columnMapping.safeParse(json);
  // Absent members are absent in JSON, so that the stricter type of the port holds.
  if (parsed.success) return JSON.parse(JSON.stringify(parsed.data)) as ColumnMapping;
  const lines = parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`);
  throw new CommandRefusal(
    { code: 'request.invalid', detail: `${path} is not a column mapping.` },
    lines,
  );
}

/** What a refused import says of itself; the same promise as that of one that succeeds. */
function refusedSummary(call: Call, fault: EngineFault): Summary {
  const summary = fault.facts?.['summary'] as Summary | undefined;
  if (summary) return summary;
  if (call.json) {
    call.output.json({ added: 0, skipped: 0, refused: [], code: fault.code, detail: fault.detail });
  }
  throw new CommandRefusal(fault);
}

function showSummary(call: Call, summary: Summary): void {
  if (call.json) call.output.json(summary);
  else printSummary(call, summary);
  refuseIfRefused(call, summary);
}

function showPreview(call: Call, preview: Preview): void {
  if (call.json) call.output.json(preview);
  else {
    call.output.print(table(columns, preview.rows.map(previewRow)));
    const made = preview.instruments.filter(({ status }) => status === 'new');
    if (made.length > 0) {
      call.output.print(
        '\nInstruments that would be made (--map KEY=INSTRUMENT to choose another):',
      );
      const rows = made.map(({ key, name, currency }) => [key, plain(name ?? ''), currency ?? '']);
      call.output.print(table([{ title: 'Key' }, { title: 'Name' }, { title: '' }], rows));
    }
    call.output.print('\nDry run: nothing was added.');
    printSummary(call, preview);
  }
  refuseIfRefused(call, preview);
}

const columns = [
  { title: 'File' },
  { title: 'Line', right: true },
  { title: '' },
  { title: 'Day' },
  { title: 'Type' },
  { title: 'Instrument' },
  { title: 'Quantity', right: true },
  { title: 'Price', right: true },
  { title: 'Amount', right: true },
  { title: '' },
  { title: 'Why' },
];

const dash = (text: string | null): string => (text === null ? '' : short(text));

const previewRow = (row: Preview['rows'][number]): string[] => [
  plain(row.file),
  String(row.line),
  row.status,
  row.effectiveAt ?? '',
  row.type ?? '',
  plain(row.instrument ?? ''),
  dash(row.quantity),
  dash(row.price),
  dash(row.amount),
  row.currency ?? '',
  plain(row.reason ?? ''),
];

function printSummary({ output }: Call, summary: Summary): void {
  const { added, skipped, ignored, refused, format, account, importId, checks } = summary;
  output.print(
    `${plain(account)}, ${format}: ${added} added, ${skipped} known already, ${ignored} ignored, ${refused.length} refused.`,
  );
  for (const { what, stated, ours, agrees } of checks) {
    output.print(
      agrees
        ? `The file's ${plain(what)} of ${stated} agrees.`
        : `The file says ${plain(what)} is ${stated}; by the record it is ${ours}.`,
    );
  }
  if (importId !== null) output.print(`To take it back: plimsoll imports undo ${importId}`);
}

/** Refused rows are named one by one; they fail the command unless the user accepts the valid ones. */
function refuseIfRefused(call: Call, { refused }: Summary): void {
  if (refused.length === 0) return;
  const lines = refused.map((row) => plain(refusedLine(row)));
  if (call.flag('accept-valid')) {
    for (const line of lines) call.output.note(line);
    return;
  }
  const detail = `${refused.length} ${refused.length === 1 ? 'row was' : 'rows were'} refused, so nothing was taken. Mend them, or add --accept-valid to take the others.`;
  throw new CommandRefusal({ code: 'import.refused', detail }, lines);
}
