import { type Decimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import type { Outcome, Read } from '../../importer-kit/index.ts';
import { plainWords } from './describe.ts';
import { instrumentHint, instrumentMissing } from './instrument-hint.ts';
import { type Fill, sourceOf } from './settle-order.ts';

/** What the words before the colon mean. */
type Event = 'split' | 'stock-dividend' | 'rename' | 'merger' | 'delisting' | 'rights';

const events: readonly (readonly [Event, RegExp])[] = [
  ['stock-dividend', /stock dividend|stockdividend|aktiendividende|dividende en actions|scrip/],
  ['split', /split|splitsing/],
  [
    'rename',
    /productwijziging|product change|wijziging isin|isin change|change of isin|isin wechsel|isin-anderung|cambio (de )?(isin|producto)|mudanca (de )?isin|changement (d.isin|de produit)|cambio isin|naamswijziging|name change/,
  ],
  ['merger', /merger|fusie|fusion|fusao|fusione|overname|takeover/],
  ['delisting', /delisting/],
  ['rights', /rights issue|claimemissie|bezugsrecht|droits|derechos/],
];

const eventOf = (words: string): Event | undefined =>
  events.find(([, pattern]) => pattern.test(plainWords(words)))?.[0];

/** The rows of one corporate action: what left and what came, one of each at most. */
export interface EventRows {
  readonly out?: Fill;
  readonly into?: Fill;
}

interface Exchanged {
  readonly out: Fill;
  readonly into: Fill;
  readonly from: InstrumentHint;
  readonly to: InstrumentHint;
  /** Cash left over: received (positive) or paid. */
  readonly cash: Decimal;
}

const unclear = (fill: Fill, reason: string): Read<never> =>
  fill.row.row.refuse({
    column: null,
    value: fill.row.description,
    code: 'import.corporate-action',
    reason,
    fix: 'Record this corporate action by hand with the terms from the company or DEGIRO.',
  });

const when = (fill: Fill) => ({
  effectiveAt: fill.row.day,
  ...(fill.row.time === undefined ? {} : { time: fill.row.time }),
});

/** New units for old, and cash where the exchange left some. */
function exchanged(event: Event, rows: Exchanged): Read<ImportedTransaction | 'nothing'> {
  const { out, into, from, to, cash } = rows;
  const same = out.row.isin === into.row.isin;
  const ratio = { new: into.words.quantity, old: out.words.quantity };
  if (cash !== 0n && event !== 'merger') {
    return unclear(out, 'The two rows of the corporate action differ in value.');
  }
  if (cash < 0n) return unclear(out, 'The corporate action cost cash.');
  if (same) {
    if (ratio.new === ratio.old) return ok('nothing');
    return ok({ type: 'split', ...when(into), instrument: from, ratio });
  }
  const boot = cash > 0n ? { boot: { amount: cash, currency: into.row.currency } } : {};
  const type = event === 'merger' ? 'merger' : 'symbol-change';
  return ok({ type, ...when(into), instrument: from, into: to, ratio, ...boot });
}

function pairOutcome(event: Event, out: Fill, into: Fill): Read<Outcome> {
  const from = instrumentHint(out.row, out.words.unit);
  const to = instrumentHint(into.row, into.words.unit);
  if (!from) return instrumentMissing(out.row);
  if (!to) return instrumentMissing(into.row);
  const cash = out.row.change + into.row.change;
  const result = exchanged(event, { out, into, from, to, cash });
  if (!result.ok) return result;
  if (result.value === 'nothing') {
    return ok({
      ignored: 'Only the name of the product changed: the same units under the same ISIN.',
    });
  }
  return ok({ row: { ...sourceOf([out.row, into.row]), transaction: result.value } });
}

function aloneOutcome(event: Event, fill: Fill): Read<Outcome> {
  const instrument = instrumentHint(fill.row, fill.words.unit);
  if (!instrument) return instrumentMissing(fill.row);
  const { words, row } = fill;
  const free = row.change === 0n;
  const currency = row.currency || words.currency;
  const base = { ...when(fill), instrument };
  const settled = (transaction: ImportedTransaction): Read<Outcome> =>
    ok({ row: { ...sourceOf([row]), transaction } });
  if (event === 'stock-dividend' && words.side === 'buy' && free) {
    return settled({ ...base, type: 'stock-dividend', added: words.quantity });
  }
  if (event === 'rights' && words.side === 'buy' && free) {
    const { quantity, price } = words;
    return settled({
      ...base,
      type: 'buy',
      quantity,
      price,
      amount: 0n,
      currency,
      fee: 0n,
      tax: 0n,
    });
  }
  if (event === 'delisting' && words.side === 'sell' && row.change >= 0n) {
    return settled({ ...base, type: 'delisting', amount: row.change, currency });
  }
  if (event === 'merger' && words.side === 'sell' && row.change > 0n) {
    const { quantity, price } = words;
    const amount = row.change;
    return settled({ ...base, type: 'sell', quantity, price, amount, currency, fee: 0n, tax: 0n });
  }
  return unclear(fill, `The other row of "${words.event ?? ''}" is missing, or its terms are.`);
}

/** What a corporate action's rows come to. */
export function corporateEvent({ out, into }: EventRows): Read<Outcome> {
  const fill = out ?? into;
  if (!fill) throw new RangeError('a corporate action without rows');
  const event = eventOf(fill.words.event ?? '');
  if (!event) {
    return unclear(
      fill,
      `"${fill.words.event ?? ''}" is not a corporate action that is known for this format.`,
    );
  }
  return out && into ? pairOutcome(event, out, into) : aloneOutcome(event, fill);
}
