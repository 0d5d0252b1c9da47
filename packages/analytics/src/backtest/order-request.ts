import type { OrderKind, OrderRequest, TimeInForce } from '../strategy/strategy-context.ts';
import type { Holding } from './holding.ts';
import { roundedChange } from './sizing.ts';

/** What a strategy asked for, read once and checked; or why it makes no sense. */
export type ReadRequest =
  | {
      readonly wrong: null;
      readonly sign: 1 | -1;
      readonly quantity: number;
      readonly type: OrderKind;
      readonly timeInForce: TimeInForce;
      readonly why: string;
      readonly bracket: { readonly stop?: number; readonly target?: number } | null;
      /** What was changed of what was asked for; empty where nothing was. */
      readonly note: string;
    }
  | { readonly wrong: string };

const timesInForce: readonly string[] = ['day', 'gtc', 'ioc', 'fok'];
const longestWhy = 200;

const wrong = (text: string): ReadRequest => ({ wrong: text });

/** Texts that strategies give are shown, so they are bounded. */
export const shortText = (text: unknown): string =>
  text === undefined ? '' : String(text).slice(0, longestWhy);

/**
 * Reads a request of a strategy, which may hold anything. Every number must be finite; the quantity is
 * rounded down to what the instrument trades in.
 */
export function readRequest(held: Holding, request: OrderRequest): ReadRequest {
  const { side, quantity, timeInForce = 'gtc', why, bracket } = request;
  if (side !== 'buy' && side !== 'sell')
    return wrong(`the side "${String(side)}"; it is buy or sell`);
  if (typeof quantity !== 'number' || !Number.isFinite(quantity) || quantity <= 0) {
    return wrong(`a quantity of ${String(quantity)}; it is a number above 0`);
  }
  const rounded = roundedChange(quantity, held.instrument.step);
  if (rounded <= 0) {
    return wrong(
      `a quantity of ${quantity}; ${held.instrument.id} trades in ${held.instrument.step}`,
    );
  }
  if (!timesInForce.includes(timeInForce))
    return wrong(`the time in force "${String(timeInForce)}"`);
  const type = readType(request.type ?? { kind: 'market' });
  if (typeof type === 'string') return wrong(type);
  const atOnce = timeInForce === 'ioc' || timeInForce === 'fok';
  if (atOnce && type.kind !== 'market' && type.kind !== 'limit') {
    return wrong(`${timeInForce} with ${type.kind}: an order that waits is not one for at once`);
  }
  const exits = readBracket(bracket);
  if (typeof exits === 'string') return wrong(exits);
  return {
    wrong: null,
    sign: side === 'buy' ? 1 : -1,
    quantity: rounded,
    type,
    timeInForce,
    why: shortText(why),
    bracket: exits,
    note: Math.abs(rounded - quantity) > 1e-9 * quantity ? `rounded down from ${quantity}` : '',
  };
}

const isPrice = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

const stopOf = (stop: unknown): string | null =>
  isPrice(stop) ? null : `a stop of ${String(stop)}`;
const limitOf = (limit: unknown): string | null =>
  isPrice(limit) ? null : `a limit of ${String(limit)}`;

/** The kind with its own numbers, copied: what the strategy keeps of it may change. */
function readType(type: OrderKind): OrderKind | string {
  switch (type.kind) {
    case 'market':
    case 'market-on-open':
    case 'market-on-close':
      return { kind: type.kind };
    case 'limit': {
      const { limit } = type;
      return limitOf(limit) ?? { kind: 'limit', limit };
    }
    case 'stop': {
      const { stop } = type;
      return stopOf(stop) ?? { kind: 'stop', stop };
    }
    case 'stop-limit': {
      const { stop, limit } = type;
      return stopOf(stop) ?? limitOf(limit) ?? { kind: 'stop-limit', stop, limit };
    }
    case 'trailing':
      return readTrailing(type.by, type.as);
    default:
      return `the kind "${String((type as { readonly kind: unknown }).kind)}"`;
  }
}

function readTrailing(by: number, as: 'price' | 'share'): OrderKind | string {
  if (as !== 'price' && as !== 'share') return `a trailing stop by "${String(as)}"`;
  const sensible = isPrice(by) && by > 0 && (as === 'price' || by < 1);
  return sensible ? { kind: 'trailing', by, as } : `a trailing stop by ${String(by)} of ${as}`;
}

function readBracket(bracket: OrderRequest['bracket']) {
  if (bracket === undefined) return null;
  const { stop, target } = bracket;
  if (stop === undefined && target === undefined) return null;
  if (stop !== undefined && !isPrice(stop)) return `a bracket with a stop of ${String(stop)}`;
  if (target !== undefined && !isPrice(target))
    return `a bracket with a target of ${String(target)}`;
  return {
    ...(stop === undefined ? {} : { stop }),
    ...(target === undefined ? {} : { target }),
  };
}
