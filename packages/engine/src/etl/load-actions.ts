import { type CorporateAction, instrumentLabel } from '@plimsoll/domain';
import type { EtlRefusal } from '@plimsoll/ports';
import { readAction } from '../actions/enter.ts';
import { noteNames } from '../catalogue/symbol-history.ts';
import { EtlInstruments, namedInFile } from './etl-instruments.ts';
import { type Loaded, type Loading, nothingLoaded } from './loaded.ts';

/**
 * Keeps corporate actions of the workspace's own instruments. Those of an instrument that is linked
 * to a public listing belong to all who hold it and are refused here.
 */
export async function loadActions({ context, unit, reading, request }: Loading): Promise<Loaded> {
  const instruments = await EtlInstruments.within(unit, context.newId);
  const linked = new Set(
    (await unit.links.links()).flatMap(({ instrumentId, listingId }) =>
      listingId === null ? [] : [instrumentId],
    ),
  );
  const refusals: EtlRefusal[] = [];
  const actions: CorporateAction[] = [];
  for (const { file, line, instrument: named, ...given } of reading.actions) {
    const row = `${namedInFile(named)},${given.kind},${given.day},${given.value}`;
    const refuse = (reason: string, fix: string) => refusals.push({ file, line, row, reason, fix });
    const instrument = instruments.find(named);
    if (instrument === undefined) {
      refuse(
        `There is no instrument "${namedInFile(named)}".`,
        'Make it first, or bring its prices.',
      );
      continue;
    }
    if (linked.has(instrument.id)) {
      const label = instrumentLabel(instrument);
      refuse(
        `${label} is linked to a public listing, whose actions all holders share.`,
        `Enter it by hand: plimsoll actions add ${label} ${given.kind} ${given.value} ${given.day}.`,
      );
      continue;
    }
    const isCash = given.kind.includes('dividend') || given.kind === 'return-of-capital';
    const currency =
      given.currency ?? request.currency ?? (isCash ? instrument.currency : undefined);
    const { payDay, other, second, ...plain } = given;
    const read = readAction(instrument.id, {
      ...plain,
      instrument: instrument.id,
      currency,
      payDay: payDay ?? undefined,
      other: other ?? undefined,
      second: second ?? undefined,
    });
    if (read.ok) actions.push({ ...read.value, source: `file:${file}` });
    else
      refuse(
        read.fault.detail,
        'Mend the row and bring the file again; the other rows can be taken.',
      );
  }
  const kept = actions.map((action) => ({ ...action, withdrawn: false }));
  const saved = await unit.actions.save(kept);
  await noteNames(unit, saved);
  return {
    ...nothingLoaded,
    read: reading.actions.length,
    added: saved.filter(({ version }) => version === 1).length,
    changed: saved.filter(({ version }) => version > 1).length,
    refusals,
    matched: [...instruments.matched.values()],
  };
}
