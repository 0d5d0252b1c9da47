import { newInstrumentName, resolveQuery } from '@plimsoll/contracts';
import { checked } from './checked.ts';
import type { Call } from './command.ts';
import { showReport } from './etl-report.ts';
import { theInstrument } from './look-up.ts';
import { filesIn, readGiven } from './read-files.ts';
import { requireArgument, taken, UsageRefusal, written } from './refusals.ts';
import { plain, table } from './table.ts';

const owner = { actor: 'owner' } as const;

/** `instruments find TEXT`: what a text means, on a day, and online. */
export async function findInstruments(call: Call, words: readonly string[]): Promise<void> {
  const { online, ...query } = checked(resolveQuery, {
    text: requireArgument(words.join(' '), 'TEXT'),
    on: call.text('on'),
    online: call.flag('online') ? 'true' : 'false',
  });
  const engine = await call.engine();
  const found = taken(
    online === 'true'
      ? await engine.resolveOnline(call.workspace, query)
      : await engine.resolveInstruments(call.workspace, query),
  );
  if (call.json) return call.output.json(found);
  if (found.matches.length === 0) call.output.print('Nothing is known by that.');
  else call.output.print(table(foundColumns, found.matches.map(foundRow)));
  for (const note of found.notes) call.output.note(plain(note));
}

const foundColumns = [
  'Label',
  'Name',
  'Venue',
  'Currency',
  'ISIN',
  'Found by',
  'Where',
  '',
  'Id',
].map((title) => ({ title }));

type Found = Extract<
  Awaited<ReturnType<Awaited<ReturnType<Call['engine']>>['resolveInstruments']>>,
  { ok: true }
>['value']['matches'][number];

const foundRow = (one: Found): string[] => [
  plain(one.label),
  plain(one.name ?? ''),
  one.mic ?? '',
  one.currency ?? '',
  one.isin ?? '',
  plain(one.matchedBy),
  one.provider ?? one.where,
  one.delistedOn === null ? '' : `delisted ${one.delistedOn}`,
  one.id ?? '',
];

/** `instruments names INSTRUMENT [SYMBOL --from DAY --until DAY]`. */
export async function instrumentNames(call: Call, rest: readonly string[]): Promise<void> {
  const [name, symbol] = rest;
  const engine = await call.engine();
  const { id } = await theInstrument(engine, call.workspace, requireArgument(name, 'INSTRUMENT'));
  const names =
    symbol === undefined
      ? taken(await engine.instrumentNames(call.workspace, id))
      : written(
          await engine.addInstrumentName(
            call.workspace,
            id,
            checked(newInstrumentName, {
              symbol,
              mic: call.text('mic'),
              from: call.text('from'),
              until: call.text('until'),
            }),
            owner,
          ),
        );
  if (call.json) return call.output.json(names);
  if (names.length === 0) return call.output.print('It has had no other name that is known.');
  const rows = names.map((one) => [
    plain(one.symbol),
    one.mic ?? '',
    one.from ?? 'always',
    one.until ?? 'now',
    plain(one.source),
  ]);
  const titles = ['Symbol', 'Venue', 'From', 'Until', 'Source'];
  call.output.print(
    table(
      titles.map((title) => ({ title })),
      rows,
    ),
  );
}

/** `instruments import FILE…`: sectors, countries and members of indices. */
export async function importReference(call: Call, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) throw new UsageRefusal('FILE is missing.');
  const files = await Promise.all((await filesIn(paths)).map(readGiven));
  const engine = await call.engine();
  const request = { kind: 'reference', index: call.text('index') } as const;
  showReport(call, written(await engine.runEtl(call.workspace, files, request, owner)));
}

/** `instruments members INDEX [--on DAY]`. */
export async function indexMembers(call: Call, [index]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  if (index === undefined) {
    const all = taken(await engine.indices(call.workspace));
    if (call.json) return call.output.json(all);
    return call.output.print(all.length === 0 ? 'No index is known yet.' : all.join('\n'));
  }
  const on = call.text('on');
  const members = taken(await engine.indexMembers(call.workspace, index, on ?? null));
  if (call.json) return call.output.json(members);
  if (members.length === 0) return call.output.print(`No member of ${plain(index)} is known then.`);
  const titles = ['Symbol', 'From', 'Until', 'Source'];
  const rows = members.map((one) => [
    plain(one.symbol),
    one.from,
    one.until ?? '',
    plain(one.source),
  ]);
  call.output.print(
    table(
      titles.map((title) => ({ title })),
      rows,
    ),
  );
}

/** `instruments constituents FUND [--import FILE] [--on DAY]`. */
export async function fundConstituents(call: Call, [name]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const fund = await theInstrument(engine, call.workspace, requireArgument(name, 'FUND'));
  const path = call.text('import');
  if (path !== undefined) {
    const files = [await readGiven(path)];
    const request = { kind: 'constituents', fund: fund.id, asOf: call.text('on') } as const;
    return showReport(call, written(await engine.runEtl(call.workspace, files, request, owner)));
  }
  const view = taken(await engine.constituents(call.workspace, fund.id, call.text('on') ?? null));
  if (call.json) return call.output.json(view);
  if (view.asOf === null)
    return call.output.print(`Nothing is known of what ${plain(view.label)} holds.`);
  const titles = ['Holding', 'Weight', 'Sector', 'Country', 'Currency', 'Known as'];
  const rows = view.constituents.map((one) => [
    plain(one.label),
    `${(Number(one.weight) * 100).toFixed(2)} %`,
    plain(one.sector ?? ''),
    plain(one.country ?? ''),
    one.currency ?? '',
    one.instrumentId ?? '',
  ]);
  call.output.print(
    table(
      titles.map((title, at) => ({ title, right: at === 1 })),
      rows,
    ),
  );
  call.output.note(`As of ${view.asOf}, ${(Number(view.covered) * 100).toFixed(2)} % of it.`);
}
