import { type Day, isDay } from '@plimsoll/kernel';
import type { ProviderAction, RejectedBar } from '@plimsoll/ports';
import { numeric } from './numeric.ts';

/** A corporate action as a provider wrote it. */
export interface ActionRow {
  readonly kind: ProviderAction['kind'];
  /** The ex-day, `YYYY-MM-DD`. */
  readonly day: unknown;
  readonly value: unknown;
  readonly currency?: string | null | undefined;
  readonly payDay?: unknown;
  readonly other?: unknown;
  readonly second?: unknown;
}

/** More than this per unit, or a split of more than this, is an error of the feed. */
const largest = 1e9;

/**
 * The actions of `[from, until)`, oldest first, each once: pages overlap. One without a readable
 * ex-day or figure is rejected with the reason.
 */
export function readActions(
  rows: Iterable<ActionRow>,
  from: Day,
  until: Day,
): { readonly actions: readonly ProviderAction[]; readonly rejected: readonly RejectedBar[] } {
  const found = new Map<string, ProviderAction>();
  const rejected: RejectedBar[] = [];
  for (const row of rows) {
    const { day, kind } = row;
    const value = numeric(row.value);
    const written = typeof day === 'string' ? day : '';
    const least = kind === 'delisting' || kind === 'merger' ? 0 : Number.MIN_VALUE;
    if (!isDay(written)) rejected.push(refused(row, written, 'has no ex-day that can be read'));
    else if (written < from || written >= until) continue;
    else if (!(value >= least && value < largest)) {
      rejected.push(refused(row, written, `has the figure ${String(row.value).slice(0, 40)}`));
    } else {
      const action = toAction(row, written, value);
      found.set(JSON.stringify(action), action);
    }
  }
  const actions = [...found.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return { actions, rejected };
}

function toAction(row: ActionRow, day: Day, value: number): ProviderAction {
  const { kind, currency, payDay, other } = row;
  const second = numeric(row.second);
  return {
    day,
    kind,
    value,
    ...(typeof currency === 'string' && currency !== '' ? { currency } : {}),
    ...(typeof payDay === 'string' && isDay(payDay) ? { payDay } : {}),
    ...(typeof other === 'string' && other !== '' ? { other } : {}),
    ...(second >= 0 && second < largest ? { second } : {}),
  };
}

const refused = ({ kind }: ActionRow, day: string, why: string): RejectedBar => ({
  day: day.slice(0, 40),
  reason: `The ${kind} ${why}.`,
});
