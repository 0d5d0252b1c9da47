import { dayFromNumber } from '@plimsoll/kernel';
import type {
  DailyBars,
  NewMarketAction,
  QualityFinding,
  QualityItem,
  QuarantinedPrice,
} from '@plimsoll/ports';
import { fitSeries } from '../prices/price-unit.ts';
import { rowsWhere } from './bar-rows.ts';
import { type Comparison, compareKnown } from './compare-known.ts';
import { gateHistory } from './gate-history.ts';
import { holdBack } from './hold-back.ts';
import { joinSplits, newActions, splitsOf, toldSplits } from './market-actions.ts';
import { closeOf, noteOf, rejectedRows } from './quality-findings.ts';
import { anchorOf, isAdjusted, type ToTake } from './to-take.ts';

/** What of it is kept, and what is said about it. */
export interface Taken {
  /** To be merged; null where nothing of it may be. */
  readonly bars: DailyBars | null;
  readonly quarantined: readonly QuarantinedPrice[];
  readonly findings: readonly QualityFinding[];
  readonly actions: readonly NewMarketAction[];
  /** Rows that were kept back before and are confirmed now. */
  readonly confirmed: readonly QualityItem[];
  /** Known days that come with another close. */
  readonly restated: number;
  /** One sentence on why nothing was taken; empty where it was. */
  readonly refused: string;
}

/**
 * Decides what of a provider's answer is kept. Order: unit and currency, range, the quality gate on
 * the provider's own basis with known days as neighbours, back to prices as traded, what was decided
 * about repairs and rows, jumps that nothing explains, and last the comparison with what is known.
 * Whatever comes, no known day is lost: it is restated, or kept.
 */
export function takeHistory(given: ToTake): Taken {
  const { listing, source, history } = given;
  const fitted = fitSeries(listing, history.bars, history.currency);
  if (!fitted.ok) {
    const finding = noteOf(given, 'wrong-currency', anchorOf(given), fitted.fault.detail);
    return { ...nothing, findings: [finding], refused: fitted.fault.detail };
  }
  const splits = joinSplits(splitsOf(given.actions), toldSplits(history.actions));
  const gated = gateHistory(given, fitted.value.bars, splits);
  const comparison = compareKnown(given.known, gated.bars, given.isSameSource);
  const other = otherHistory(given, comparison);
  if (other !== null && !other.isWanted) {
    const quarantined = [...rejectedRows(given), ...gated.quarantined];
    // Actions of a history that is not believed are not believed either.
    return { ...nothing, quarantined, findings: [other.finding], refused: other.finding.detail };
  }
  const doubtfulFrom = other === null ? gated.doubtfulFrom : [];
  const sorted = holdBack(given, { ...gated, doubtfulFrom, isWanted: other !== null });
  const actions = newActions({
    listing,
    source,
    told: history.actions,
    dividends: gated.dividends,
    splits,
    splitAdjusted: isAdjusted(history),
    known: given.actions,
  });
  const bars = comparison.verdict === 'only-new' ? onlyNew(given, sorted.bars) : sorted.bars;
  return {
    bars,
    quarantined: [...rejectedRows(given), ...gated.quarantined, ...sorted.heldBack],
    findings: gated.findings,
    actions,
    confirmed: confirmedBy(given, bars),
    restated: comparison.verdict === 'agrees' ? comparison.restated : 0,
    refused: '',
  };
}

const nothing: Taken = {
  bars: null,
  quarantined: [],
  findings: [],
  actions: [],
  confirmed: [],
  restated: 0,
  refused: '',
};

/** The note of a history that is another one, and whether somebody wants it nevertheless. */
function otherHistory(given: ToTake, comparison: Comparison) {
  if (comparison.verdict !== 'rewritten' && comparison.verdict !== 'disagrees') return null;
  const code = comparison.verdict === 'rewritten' ? 'history-rewritten' : 'sources-disagree';
  const finding = noteOf(given, code, anchorOf(given), comparison.detail);
  const isWanted = given.decided.some(({ id, state }) => id === finding.id && state === 'released');
  return { finding, isWanted };
}

function onlyNew({ known }: ToTake, bars: DailyBars): DailyBars {
  const isKnown = new Set(known.days);
  return rowsWhere(bars, (row) => !isKnown.has(bars.days[row] ?? 0));
}

/** Rows that were kept back before and come again as what is taken. */
function confirmedBy({ decided }: ToTake, bars: DailyBars): readonly QualityItem[] {
  const closes = new Map([...bars.days].map((day, row) => [dayFromNumber(day), bars.close[row]]));
  return decided.filter(({ kind, state, day, evidence }) => {
    const close = closes.get(day);
    // A row without a close is confirmed by nothing.
    return kind === 'row' && state === 'open' && close !== undefined && close === closeOf(evidence);
  });
}
