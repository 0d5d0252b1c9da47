import { type InstrumentKind, instrumentKinds } from '@plimsoll/domain';
import { isDay, zero } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import {
  type InstrumentPart,
  type InstrumentRole,
  partField,
  symbolField,
} from './native-field.ts';
import type { NativeRow } from './native-row.ts';

const identifyingParts: readonly InstrumentPart[] = ['isin', 'figi', 'cusip', 'name'];

/** The instrument a row names in this role; undefined where it names none. */
export function readInstrument(row: NativeRow, role: InstrumentRole): InstrumentHint | undefined {
  const word = (part: InstrumentPart) => row.word(partField(role, part));
  const symbol = row.word(symbolField(role));
  if (symbol === undefined && identifyingParts.every((part) => word(part) === undefined)) {
    return undefined;
  }
  return withoutGaps({
    symbol,
    isin: word('isin')?.toUpperCase(),
    figi: word('figi'),
    cusip: word('cusip'),
    mic: word('mic'),
    exchange: word('exchange'),
    name: row.text(partField(role, 'name')),
    kind: readKind(row, role),
    currency: row.currencyIn(partField(role, 'currency')),
    multiplier: row.decimal(partField(role, 'multiplier')),
    priceFactor: row.priceFactor(partField(role, 'currency'), role === ''),
    option: readOption(row, role),
  });
}

/** The same, refused where there is none. */
export function needInstrument(row: NativeRow, role: InstrumentRole, why: string): InstrumentHint {
  const hint = readInstrument(row, role);
  if (hint) return hint;
  const field = symbolField(role);
  row.refuse({
    field,
    code: 'import.missing-instrument',
    reason: `${why}, and the row names none.`,
    fix: `Fill in ${row.cells.title(field)} or the ISIN.`,
  });
  return {};
}

function readKind(row: NativeRow, role: InstrumentRole): InstrumentKind | undefined {
  const field = partField(role, 'kind');
  const text = row.word(field)?.toLowerCase();
  if (text === undefined) return undefined;
  const kind = instrumentKinds.find((known) => known === text);
  if (kind === undefined) {
    row.refuse({
      field,
      code: 'import.unknown-kind',
      reason: `"${text}" is no kind of instrument.`,
      fix: `Write one of ${instrumentKinds.join(', ')}, or leave it empty.`,
    });
  }
  return kind;
}

function readOption(row: NativeRow, role: InstrumentRole): InstrumentHint['option'] {
  if (role !== '' && role !== 'to-') return undefined;
  const right = row.word(partField(role, 'right'))?.toLowerCase();
  if (right === undefined) return undefined;
  if (right !== 'call' && right !== 'put') {
    row.refuse({
      field: partField(role, 'right'),
      code: 'import.unknown-right',
      reason: `"${right}" is neither call nor put.`,
      fix: 'Write call or put.',
    });
    return undefined;
  }
  const strikeField = partField(role, 'strike');
  const expiryField = partField(role, 'expiry');
  const why = 'An option has a strike price and a last day';
  const strike = row.required(strikeField, row.decimal(strikeField), zero, why);
  const expiresOn = row.required(expiryField, row.day(expiryField)?.day, '', why);
  if (expiresOn !== '' && !isDay(expiresOn)) return undefined;
  const underlyingRole = role === '' ? 'underlying-' : 'to-underlying-';
  const underlying = needInstrument(row, underlyingRole, 'An option is on another instrument');
  return { underlying, right, strike, expiresOn };
}

/** The object without the members that are undefined. */
export function withoutGaps<T extends object>(
  members: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  const filled = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(filled) as { [K in keyof T]: Exclude<T[K], undefined> };
}
