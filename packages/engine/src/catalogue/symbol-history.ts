import { ended, type Instrument, type InstrumentName, renamed, withName } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import type { NewMarketAction, UnitOfWork } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { NameView, NewName } from './reference-use-cases.ts';

/**
 * Keeps what instruments were called as corporate actions change it: a symbol change begins a name
 * and ends another, a merger and a delisting end one; one that is withdrawn takes that back. Of
 * instruments of the unit's workspace.
 */
export async function noteNames(
  unit: UnitOfWork,
  actions: readonly Pick<
    NewMarketAction,
    'instrumentId' | 'kind' | 'day' | 'other' | 'withdrawn' | 'second'
  >[],
): Promise<void> {
  const naming = actions.filter(({ kind }) => namingKinds.has(kind));
  if (naming.length === 0) return;
  const instruments = new Map((await unit.catalogue.instruments()).map((one) => [one.id, one]));
  const before = await unit.reference.names();
  let names = before;
  const inOrder = naming.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  for (const action of inOrder) {
    const instrument = instruments.get(action.instrumentId);
    if (instrument === undefined) continue;
    names = action.withdrawn
      ? namesWithout(names, instrument.id, action)
      : namesAfter(names, instrument, action);
  }
  if (names !== before) await unit.reference.replaceNames(names);
}

const sourceOf = ({ kind, day }: Pick<NewMarketAction, 'kind' | 'day'>): string =>
  `${kind} of ${day}`;

/** What the action had said goes; a name that somebody else had said and it ended goes on. */
function namesWithout(
  names: readonly InstrumentName[],
  instrumentId: string,
  action: Pick<NewMarketAction, 'kind' | 'day'>,
): readonly InstrumentName[] {
  const isOwn = (name: InstrumentName) => name.instrumentId === instrumentId;
  const kept = names.filter((name) => !(isOwn(name) && name.source === sourceOf(action)));
  const cut = kept.find((name) => isOwn(name) && name.until === action.day);
  return cut === undefined ? kept : withName(kept, { ...cut, until: null, endedBy: null });
}

function namesAfter(
  names: readonly InstrumentName[],
  { id, symbol, mic }: Instrument,
  { kind, day, other }: Pick<NewMarketAction, 'kind' | 'day' | 'other'>,
): readonly InstrumentName[] {
  if (symbol === undefined) return names;
  const source = sourceOf({ kind, day });
  const change = { instrumentId: id, symbol, mic: mic ?? null, day, source };
  if (kind !== 'symbol-change') {
    return ended(names, change, kind === 'merger' ? 'merger' : 'delisting');
  }
  return other === null || other === symbol
    ? names
    : renamed(names, { ...change, newSymbol: other });
}

const namingKinds: ReadonlySet<string> = new Set(['symbol-change', 'merger', 'delisting']);

/** Says what an instrument of the workspace was called. */
export async function addName(
  unit: UnitOfWork,
  instrumentId: string,
  { symbol, mic, from, until }: NewName,
): Promise<Result<null, EngineFault>> {
  if (from !== undefined && until !== undefined && until <= from) {
    return fault('request.invalid', `A name from ${from} cannot end on ${until}.`);
  }
  const names = await unit.reference.names();
  const added: InstrumentName = {
    instrumentId,
    symbol: symbol.trim(),
    mic: mic ?? null,
    from: from ?? null,
    until: until ?? null,
    endedBy: until === undefined ? null : 'symbol-change',
    source: 'by hand',
  };
  await unit.reference.replaceNames(withName(names, added));
  return ok(null);
}

export const nameView = (
  { instrumentId: _, ...name }: InstrumentName,
  shared: boolean,
): NameView => ({ ...name, shared });
