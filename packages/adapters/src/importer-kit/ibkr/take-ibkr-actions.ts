import { addDays, type Decimal, zero } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import type { IbkrBook } from './ibkr-book.ts';
import { instrumentKey, instrumentOf, isIsin } from './ibkr-instrument.ts';
import type { IbkrReading } from './ibkr-reading.ts';
import { groupBy, push } from './multimap.ts';

/** The rows of one corporate action on one instrument, summed: cancelled ones drop out. */
interface Side {
  readonly instrument: InstrumentHint;
  readonly quantity: Decimal;
  readonly proceeds: Decimal;
}

interface Action {
  readonly readings: readonly [IbkrReading, ...IbkrReading[]];
  readonly first: IbkrReading;
  /** `TC`, `SO` …; `''` where the report does not say. */
  readonly type: string;
  /** What the broker wrote, without the part on the row's own instrument. */
  readonly text: string;
  readonly given: readonly Side[];
  readonly received: readonly Side[];
  /** Cash received less cash paid, on rows that move no units as well. */
  readonly cash: Decimal;
}

const describe = (reading: IbkrReading): string =>
  reading.text('actionDescription') || reading.text('description');

/** `GCM(CA38) SPLIT 1 FOR 25 (GCM.OLD, GRAN …, CA38)`: all but the last brackets. */
function commonText(reading: IbkrReading): string {
  const text = describe(reading);
  const at = text.lastIndexOf(' (');
  return (at > 0 && text.endsWith(')') ? text.slice(0, at) : text).trim();
}

const ownShape = /\(([^(),]+), (.*), ([A-Z0-9]{8,12})\)$/;

/** The row's own instrument; where the report has no columns for it, as the text names it. */
function ownInstrument(reading: IbkrReading): InstrumentHint {
  if (reading.has('symbol') || reading.has('isin')) {
    const named = ownShape.exec(describe(reading));
    const hint = instrumentOf(reading);
    return named?.[2] ? { ...hint, name: named[2] } : hint;
  }
  const own = ownShape.exec(describe(reading));
  if (own) {
    const [, symbol = '', name = '', id = ''] = own;
    return { symbol, name, ...(isIsin(id) ? { isin: id } : { cusip: id }) };
  }
  return instrumentOf(reading);
}

/** `RAY(US12) SPINOFF 1 FOR 5`: the instrument that the action is on. */
function parentOf(text: string): InstrumentHint | undefined {
  const match = /^([^()\s]+(?: [A-Z])?)\(([A-Z0-9]{8,12})\) /.exec(text);
  if (!match) return undefined;
  const [, symbol = '', id = ''] = match;
  return { symbol, ...(isIsin(id) ? { isin: id } : { cusip: id }) };
}

const sameInstrument = (a: InstrumentHint, b: InstrumentHint): boolean =>
  a.isin !== undefined && b.isin !== undefined
    ? a.isin === b.isin
    : instrumentKey(a) === instrumentKey(b) || (a.symbol !== undefined && a.symbol === b.symbol);

function sidesOf(readings: readonly IbkrReading[]): readonly Side[] {
  const sides = new Map<string, Side[]>();
  for (const reading of readings) {
    const instrument = ownInstrument(reading);
    push(sides, instrumentKey(instrument), {
      instrument,
      quantity: reading.decimal('quantity') ?? zero,
      proceeds: reading.money('proceeds') ?? zero,
    });
  }
  return [...sides.values()].flatMap((parts) => {
    const [first] = parts;
    if (!first) return [];
    const quantity = parts.reduce((sum, part) => sum + part.quantity, zero);
    return [{ ...first, quantity }];
  });
}

function actionOf(readings: readonly IbkrReading[]): Action | undefined {
  const [first, ...rest] = readings;
  if (!first) return undefined;
  const sides = sidesOf(readings);
  return {
    readings: [first, ...rest],
    first,
    type: first.text('type').toUpperCase(),
    text: commonText(first),
    given: sides.filter((side) => side.quantity < zero),
    received: sides.filter((side) => side.quantity > zero),
    cash: readings.reduce((sum, reading) => sum + (reading.money('proceeds') ?? zero), zero),
  };
}

/** Actions are booked after a day's close, so they take effect at the open of the next one. */
function effectiveDay(reading: IbkrReading): string {
  const { day, time } = reading.moment('dateTime', 'date', 'reportDate');
  if (day !== '' && reading.has('reportDate')) {
    const reported = reading.moment('reportDate').day;
    if (reported > day) return reported;
  }
  return time !== undefined && time >= '16:00:00' && day !== '' ? addDays(day, 1) : day;
}

const head = (action: Action) => ({
  effectiveAt: effectiveDay(action.first),
  note: describe(action.first),
});

const currencyOf = (action: Action): string => action.first.currencyIn('currency');

function refuse(action: Action, reason: string, fix: string): undefined {
  action.first.refuse({ field: 'description', code: 'import.corporate-action', reason, fix });
  return undefined;
}

const isMaturity = (action: Action): boolean =>
  ['TM', 'BM'].includes(action.type) || /\b(?:BILL|BOND) MATURITY\b/i.test(action.text);

const isWorthless = (action: Action): boolean =>
  ['DW', 'ED'].includes(action.type) || /\b(?:DELISTED|WORTHLESS|EXPIRE)/i.test(action.text);

/** Units leave and nothing but cash comes. */
function onlyGiven(action: Action, side: Side): ImportedTransaction | undefined {
  const base = { ...head(action), instrument: side.instrument };
  const money = { quantity: -side.quantity, amount: action.cash, currency: currencyOf(action) };
  const charges = { fee: zero, tax: zero };
  if (isMaturity(action) && action.cash > zero)
    return { type: 'redemption', ...base, ...money, ...charges };
  if (action.cash > zero) return { type: 'sell', ...base, ...money, ...charges };
  if (isWorthless(action) && action.cash === zero) {
    return { type: 'delisting', ...base, amount: zero, currency: currencyOf(action) };
  }
  return refuse(
    action,
    'Units leave, and the file does not say what came for them.',
    'Export a period that has all rows of this corporate action, or record it by hand.',
  );
}

const isStockDividend = (action: Action): boolean =>
  action.type === 'SD' || /STOCK DIVIDEND/i.test(action.text);

const isSplit = (action: Action): boolean =>
  ['FS', 'RS', 'FI'].includes(action.type) || / SPLIT /i.test(`${action.text} `);

function rescaled(action: Action, side: Side): ImportedTransaction {
  const type = isStockDividend(action) ? 'stock-dividend' : 'split';
  return { type, ...head(action), instrument: side.instrument, added: side.quantity };
}

/** Units come without others leaving: a spin-off, rights, or more of the same. */
function onlyReceived(action: Action, side: Side): ImportedTransaction | undefined {
  const parent = parentOf(action.text);
  if (action.cash !== zero) {
    return refuse(
      action,
      'Units come against cash, and the file does not say for what.',
      'Record it as a purchase by hand, and leave the row out.',
    );
  }
  if (!parent || sameInstrument(parent, side.instrument)) {
    if (isSplit(action) || isStockDividend(action)) return rescaled(action, side);
    return refuse(
      action,
      'Units come, and the file does not say from which instrument.',
      'Record the corporate action by hand, and leave the row out.',
    );
  }
  return {
    type: 'spin-off',
    ...head(action),
    note: `${describe(action.first)} (the share of the cost that moves is not stated in the file)`,
    instrument: parent,
    child: side.instrument,
    quantity: side.quantity,
    costShare: zero,
  };
}

const isMerger = (action: Action): boolean =>
  action.type === 'TC' || / MERGE[DR]/i.test(action.text) || action.cash > zero;

/** Units of one instrument for units of another. */
function exchanged(action: Action, given: Side, received: Side): ImportedTransaction | undefined {
  if (action.cash < zero) {
    return refuse(
      action,
      'Cash was paid beside the units given, which an exchange cannot hold.',
      'Record a purchase and a delivery out by hand, and leave the rows out.',
    );
  }
  return {
    type: isMerger(action) ? 'merger' : 'symbol-change',
    ...head(action),
    instrument: given.instrument,
    into: received.instrument,
    ratio: { new: received.quantity, old: -given.quantity },
    ...(action.cash > zero ? { boot: { amount: action.cash, currency: currencyOf(action) } } : {}),
  };
}

function read(action: Action): ImportedTransaction | undefined {
  const [given, ...moreGiven] = action.given;
  const [received, ...moreReceived] = action.received;
  if (moreGiven.length > 0 || moreReceived.length > 0) {
    return refuse(
      action,
      'The corporate action exchanges more than two instruments at once.',
      'Record it by hand as a merger and a spin-off, and leave the rows out.',
    );
  }
  if (given && received) return exchanged(action, given, received);
  if (received) return onlyReceived(action, received);
  if (given) return isRescaling(action, given) ? rescaled(action, given) : onlyGiven(action, given);
  return refuse(
    action,
    'The corporate action pays cash without moving units; the file does not say what for.',
    'Record it as other income or as a return of capital by hand, and leave the row out.',
  );
}

/** A reverse split that keeps its ISIN takes units away. */
function isRescaling(action: Action, side: Side): boolean {
  const parent = parentOf(action.text);
  return (
    isSplit(action) && action.cash === zero && (!parent || sameInstrument(parent, side.instrument))
  );
}

function take(action: Action, book: IbkrBook): void {
  const isIdle = action.cash === zero && action.given.length + action.received.length === 0;
  const isReadable = action.readings.every((reading) => reading.refusal === undefined);
  if (isIdle && isReadable) {
    for (const { record } of action.readings) {
      book.ignore(record.line, 'A corporate action that moves neither units nor cash.');
    }
    return;
  }
  const transaction = isReadable ? read(action) : undefined;
  if (transaction) book.take(action.readings, transaction);
  else book.refuse(action.readings);
}

const groupKey = (reading: IbkrReading): string =>
  [
    reading.record.accountId,
    reading.text('actionID') || commonText(reading),
    reading.moment('dateTime', 'date', 'reportDate').day,
  ].join('|');

/** Books all corporate actions, the rows of each as one. */
export function takeIbkrActions(readings: readonly IbkrReading[], book: IbkrBook): void {
  for (const group of groupBy(readings, groupKey).values()) {
    const action = actionOf(group);
    if (action) take(action, book);
  }
}
