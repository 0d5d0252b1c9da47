import type { Call } from '../command.ts';
import { requireArgument, taken, UsageRefusal, written } from '../refusals.ts';
import { plain, table } from '../table.ts';

const decisions = {
  release: 'released',
  reject: 'rejected',
  undo: 'undone',
  seen: 'seen',
  reopen: 'reopened',
} as const;

const isVerb = (word: string): word is keyof typeof decisions => Object.hasOwn(decisions, word);

/** Lists what the quality gate kept back, mended and noticed, or decides about one of it. */
export async function priceQuality(call: Call, [verb, id]: readonly string[]): Promise<void> {
  if (verb === undefined) return list(call);
  if (!isVerb(verb)) {
    throw new UsageRefusal(`There is no "prices quality ${verb}".`);
  }
  const item = requireArgument(id, 'ID');
  const reason = call.text('reason') ?? '';
  if (reason.trim() === '') throw new UsageRefusal('Say why: --reason TEXT.');
  const engine = await call.engine();
  const wanted = { decision: decisions[verb], reason };
  const by = { actor: 'owner' };
  const decided = written(await engine.decideQuality(call.workspace, item, wanted, by));
  if (call.json) return call.output.json(decided);
  call.output.print(plain(`${decided.label} ${decided.day}: ${decided.state}.`));
}

async function list(call: Call): Promise<void> {
  const engine = await call.engine();
  const all = call.flag('all');
  const state = all ? {} : ({ state: 'open' } as const);
  const items = taken(await engine.quality(call.workspace, { ...state, limit: 1000 }));
  // A repair that nobody objects to needs no decision.
  const shown = all ? items : items.filter(({ kind }) => kind !== 'repair');
  if (call.json) return call.output.json(shown);
  if (shown.length === 0) return call.output.print('Nothing waits for a decision.');
  const rows = shown.map((one) => [
    one.id,
    one.kind,
    plain(one.label),
    plain(one.day),
    one.state,
    plain(`${one.detail}${one.reason === '' ? '' : ` (${one.reason})`}`),
  ]);
  call.output.print(table(columns, rows));
}

const columns = [
  { title: 'Id' },
  { title: 'Kind' },
  { title: 'Instrument' },
  { title: 'Day' },
  { title: 'State' },
  { title: 'What' },
];
