import { describe, expect, it } from 'vitest';
import type { OrderRequest } from '../strategy/strategy-context.ts';
import { coarserBars } from './coarser-bars.ts';
import {
  dailyBars,
  fillsOf,
  hourlyBars,
  instrument,
  market,
  played,
  type Row,
  scripted,
} from './testing/small-market.ts';

const flat: Row = [100, 101, 99, 100];
/** Fills of one request placed after the first of these bars; the first is flat. */
function fillsFor(request: OrderRequest, rows: readonly Row[], how = {}) {
  const strategy = scripted({
    1: ({ orders, instrument: only }) => void orders.submit(only, request),
  });
  const result = played(strategy, market([instrument(dailyBars([flat, ...rows]))]), {
    account: { kind: 'margin' },
    ...how,
  });
  return { fills: fillsOf(result), orders: result.orders, result };
}
const buy = (type: OrderRequest['type'], more: Partial<OrderRequest> = {}): OrderRequest => ({
  side: 'buy',
  quantity: 10,
  ...(type === undefined ? {} : { type }),
  ...more,
});

describe('an order', () => {
  it.each<[string, OrderRequest, readonly Row[], readonly (readonly [number, number])[]]>([
    ['market fills at the next open', buy(undefined), [[103, 105, 102, 104]], [[10, 103]]],
    [
      'limit fills at the limit once traded through',
      buy({ kind: 'limit', limit: 98 }),
      [[100, 101, 97, 99]],
      [[10, 98]],
    ],
    [
      'limit does not fill when only touched',
      buy({ kind: 'limit', limit: 98 }),
      [[100, 101, 98, 99]],
      [],
    ],
    [
      'limit fills at a better open',
      buy({ kind: 'limit', limit: 98 }),
      [[95, 99, 94, 97]],
      [[10, 95]],
    ],
    [
      'limit waits for its price',
      buy({ kind: 'limit', limit: 98 }),
      [flat, flat, [100, 101, 97, 99]],
      [[10, 98]],
    ],
    [
      'stop fills at the stop',
      buy({ kind: 'stop', stop: 102 }),
      [[100, 104, 99, 103]],
      [[10, 102]],
    ],
    [
      'stop that was gapped over fills at the open',
      buy({ kind: 'stop', stop: 102 }),
      [[105, 106, 104, 105]],
      [[10, 105]],
    ],
    ['stop that is not reached waits', buy({ kind: 'stop', stop: 102 }), [flat], []],
    [
      'stop-limit fills at the stop within its limit',
      buy({ kind: 'stop-limit', stop: 102, limit: 103 }),
      [[100, 104, 99, 100]],
      [[10, 102]],
    ],
    [
      'stop-limit gapped beyond the limit waits for it',
      buy({ kind: 'stop-limit', stop: 102, limit: 103 }),
      [
        [105, 106, 104, 105],
        [104, 105, 101, 102],
      ],
      [[10, 103]],
    ],
    [
      'stop-limit gapped beyond the limit fills when the bar comes back',
      buy({ kind: 'stop-limit', stop: 102, limit: 103 }),
      [[105, 106, 102, 104]],
      [[10, 103]],
    ],
    [
      'market-on-close fills at the close',
      buy({ kind: 'market-on-close' }),
      [[103, 105, 102, 104]],
      [[10, 104]],
    ],
    [
      'market-on-open fills at the open',
      buy({ kind: 'market-on-open' }),
      [[103, 105, 102, 104]],
      [[10, 103]],
    ],
    [
      'day order is gone after its session',
      buy({ kind: 'limit', limit: 98 }, { timeInForce: 'day' }),
      [flat, [100, 101, 97, 99]],
      [],
    ],
    [
      'ioc takes what is there at once',
      buy({ kind: 'limit', limit: 102 }, { timeInForce: 'ioc' }),
      [flat],
      [[10, 100]],
    ],
    [
      'ioc that finds nothing is gone',
      buy({ kind: 'limit', limit: 98 }, { timeInForce: 'ioc' }),
      [[100, 101, 95, 97]],
      [],
    ],
  ])('%s', (_, request, rows, fills) => {
    expect(fillsFor(request, rows).fills).toEqual(fills);
  });

  it('limit that is touched fills where the settings say so', () => {
    const request = buy({ kind: 'limit', limit: 98 });
    const touched = fillsFor(request, [[100, 101, 98, 99]], { limitOrders: 'touched' });
    expect(touched.fills).toEqual([[10, 98]]);
  });

  it('trailing follows the highest price after each bar and never within it', () => {
    const strategy = scripted({
      1: ({ orders, instrument: only }) => void orders.buy(only, 10),
      2: ({ orders, instrument: only }) =>
        void orders.submit(only, {
          side: 'sell',
          quantity: 10,
          type: { kind: 'trailing', by: 5, as: 'price' },
        }),
    });
    const rows: Row[] = [
      flat,
      flat, // Bought at 100; the close of 100 is where the stop starts: 95.
      [100, 110, 96, 108], // It stays at 95 in this bar, and stands at 105 after it.
      [108, 109, 104, 106],
    ];
    const result = played(strategy, market([instrument(dailyBars(rows))]));
    expect(fillsOf(result)).toEqual([
      [10, 100],
      [-10, 105],
    ]);
  });

  it('fills in parts by the share of volume, and the rest waits', () => {
    const request = buy(undefined, { quantity: 250 });
    const { fills, orders } = fillsFor(request, [flat, flat, flat, flat], {
      volumeLimit: 0.1,
      account: { kind: 'margin', initial: 0.1 },
    });
    expect(fills).toEqual([
      [100, 100],
      [100, 100],
      [50, 100],
    ]);
    expect(orders[0]?.state).toBe('filled');
  });

  it('fok fills whole or not at all', () => {
    const request = buy(undefined, { quantity: 250, timeInForce: 'fok' });
    const { fills, orders } = fillsFor(request, [flat, flat], { volumeLimit: 0.1 });
    expect(fills).toEqual([]);
    expect(orders[0]).toMatchObject({
      state: 'cancelled',
      reason: 'nothing was to be had at once',
    });
  });

  it('shares the volume of a bar with the others of its instrument', () => {
    const strategy = scripted({
      1: ({ orders, instrument: only }) => {
        orders.buy(only, 70);
        orders.buy(only, 70);
      },
    });
    const result = played(strategy, market([instrument(dailyBars([flat, flat]))]), {
      volumeLimit: 0.1,
    });
    expect(fillsOf(result)).toEqual([
      [70, 100],
      [30, 100],
    ]);
  });

  it('slips at most to the end of its bar, and the result says what was cut off', () => {
    const slippage = { kind: 'bps', bps: 200 };
    const { fills, result } = fillsFor(buy(undefined), [[100, 101, 99, 100]], { slippage });
    expect(fills).toEqual([[10, 101]]);
    expect(result.costs.slippage).toBeCloseTo(10, 12);
    expect(result.notes).toContain(
      'Slippage would have carried 1 fills out of their bars; 10.00 of it was cut off.',
    );
  });

  it.each([
    ['NaN', Number.NaN],
    ['0', 0],
    ['-5', -5],
    ['Infinity', Number.POSITIVE_INFINITY],
  ])('for %s units is rejected with the reason', (text, quantity) => {
    const { orders, result } = fillsFor(buy(undefined, { quantity }), [flat]);
    expect(orders[0]).toMatchObject({ state: 'rejected', filled: 0 });
    expect(orders[0]?.reason).toContain(`a quantity of ${text}`);
    expect(result.log.some(({ text: line }) => line.includes('order 1 rejected'))).toBe(true);
  });

  it('with a price that is no number is rejected', () => {
    const { orders } = fillsFor(buy({ kind: 'limit', limit: Number.NaN }), [flat]);
    expect(orders[0]).toMatchObject({ state: 'rejected', reason: 'asks for a limit of NaN' });
  });

  it('that is open at the end says so, and so does the result', () => {
    const { orders, result } = fillsFor(buy({ kind: 'limit', limit: 50 }), [flat]);
    expect(orders[0]).toMatchObject({
      state: 'accepted',
      reason: 'still open when the data ended',
    });
    expect(result.notes).toContain('1 orders were still open when the data ended.');
  });
});

describe('a bracket', () => {
  const entry = (bracket: OrderRequest['bracket'], type?: OrderRequest['type']) =>
    buy(type, { ...(bracket === undefined ? {} : { bracket }) });

  it('leaves at the target, and the stop is cancelled', () => {
    const { fills, orders } = fillsFor(entry({ stop: 95, target: 108 }), [
      flat,
      [100, 109, 99, 107],
    ]);
    expect(fills).toEqual([
      [10, 100],
      [-10, 108],
    ]);
    expect(orders.map(({ kind, state }) => [kind, state])).toEqual([
      ['market', 'filled'],
      ['stop', 'cancelled'],
      ['limit', 'filled'],
    ]);
  });

  it('believes the stop where a bar reached both', () => {
    const { fills } = fillsFor(entry({ stop: 95, target: 108 }), [flat, [100, 109, 94, 107]]);
    expect(fills.at(-1)).toEqual([-10, 95]);
  });

  it('may end in the bar that it began in, when it began at the open', () => {
    const { fills } = fillsFor(entry({ stop: 95, target: 108 }), [[100, 109, 99, 107]]);
    expect(fills.at(-1)).toEqual([-10, 108]);
  });

  it('does not take the high of a bar that it may have entered after', () => {
    // The limit of 98 may have been reached after the high of 109.
    const request = entry({ stop: 90, target: 108 }, { kind: 'limit', limit: 98 });
    expect(fillsFor(request, [[100, 109, 97, 99]]).fills).toEqual([[10, 98]]);
    // A close above the target comes after everything else.
    expect(fillsFor(request, [[100, 112, 97, 110]]).fills.at(-1)).toEqual([-10, 108]);
  });

  it('is stopped in the bar of an entry by limit that fell on to the stop', () => {
    const request = entry({ stop: 95, target: 108 }, { kind: 'limit', limit: 98 });
    expect(fillsFor(request, [[100, 101, 94, 97]]).fills).toEqual([
      [10, 98],
      [-10, 95],
    ]);
  });

  it('goes by the finer bars where there are any', () => {
    const rows: Row[] = [flat, flat, [100, 109, 94, 107]];
    const fine = hourlyBars(
      [...Array.from({ length: 4 }, () => flat), [100, 109, 99, 108], [108, 108, 94, 107]],
      2,
    );
    const strategy = scripted({
      1: ({ orders, instrument: only }) =>
        void orders.submit(only, entry({ stop: 95, target: 108 })),
    });
    const result = played(strategy, market([instrument(dailyBars(rows), { finer: fine })]));
    // The target came in the morning, the stop only in the afternoon.
    expect(fillsOf(result).at(-1)).toEqual([-10, 108]);
  });

  it('protects what has filled of its entry, part by part', () => {
    const request = { ...entry({ stop: 90 }), quantity: 150 };
    const { fills } = fillsFor(request, [flat, flat, [100, 101, 80, 85], flat], {
      volumeLimit: 0.1,
    });
    expect(fills).toEqual([
      [100, 100],
      [50, 100],
      [-100, 90],
      [-50, 100],
    ]);
  });

  it('enters no more once an exit has closed what had filled', () => {
    // The first bar has volume for 100 only, and falls on to the stop: it is sold at the next open.
    const request = { ...entry({ stop: 95 }), quantity: 150 };
    const { fills, orders } = fillsFor(request, [[100, 101, 94, 96], flat, flat], {
      volumeLimit: 0.1,
    });
    expect(fills).toEqual([
      [100, 100],
      [-100, 100],
    ]);
    expect(orders[0]).toMatchObject({
      state: 'cancelled',
      reason: 'order 2 has closed what it had',
    });
  });

  it('ends with the position that it protects', () => {
    const strategy = scripted({
      1: ({ orders, instrument: only }) =>
        void orders.submit(only, entry({ stop: 90, target: 120 })),
      2: ({ orders, instrument: only }) => void orders.sell(only, 10),
    });
    const result = played(strategy, market([instrument(dailyBars([flat, flat, flat, flat]))]));
    expect(result.orders.map(({ state, reason }) => `${state} ${reason}`)).toEqual([
      'filled ',
      'cancelled nothing is left to close',
      'cancelled nothing is left to close',
      'filled ',
    ]);
  });
});

describe('one cancels the other', () => {
  it('leaves one of two breakouts', () => {
    const strategy = scripted({
      1: ({ orders, instrument: only }) =>
        void orders.oneCancelsOther([
          { instrument: only, side: 'buy', quantity: 10, type: { kind: 'stop', stop: 102 } },
          { instrument: only, side: 'sell', quantity: 10, type: { kind: 'stop', stop: 97 } },
        ]),
    });
    const rows: Row[] = [flat, [100, 103, 99, 101], [101, 102, 90, 92]];
    const result = played(strategy, market([instrument(dailyBars(rows))]), {
      account: { kind: 'margin' },
    });
    expect(fillsOf(result)).toEqual([[10, 102]]);
    expect(result.orders[1]).toMatchObject({ state: 'cancelled', reason: 'order 1 has filled' });
  });
});

describe('targets', () => {
  it('sell before they buy, so that one pays for the other', () => {
    const rows = [flat, flat, flat, flat];
    const strategy = scripted({
      1: ({ orders, find }) => void orders.rebalance(new Map([[find('Z') as never, 1]])),
      2: ({ orders, find }) => void orders.rebalance(new Map([[find('A') as never, 1]])),
    });
    const both = [
      instrument(dailyBars(rows), { id: 'A' }),
      instrument(dailyBars(rows), { id: 'Z' }),
    ];
    const result = played(strategy, market(both));
    expect(fillsOf(result)).toEqual([
      [1000, 100],
      [-1000, 100],
      [1000, 100],
    ]);
  });

  it('take the place of older ones that are not reached', () => {
    const strategy = scripted({
      1: ({ orders, instrument: only }) => orders.toQuantity(only, 300),
      2: ({ orders, instrument: only }) => orders.toQuantity(only, 120),
    });
    const result = played(strategy, market([instrument(dailyBars([flat, flat, flat]))]), {
      volumeLimit: 0.1,
    });
    expect(fillsOf(result)).toEqual([
      [100, 100],
      [20, 100],
    ]);
    expect(result.orders[0]).toMatchObject({ state: 'cancelled', reason: 'a newer target came' });
  });
});

describe('calls', () => {
  it('come as fills, then the bar, then the close of the day', () => {
    const calls: string[] = [];
    const strategy = scripted(
      (context) => {
        calls.push(`bar ${context.count}`);
        if (context.count === 1) context.orders.buy(context.instrument, 1);
      },
      {
        onFill: (_, fill) =>
          calls.push(`fill ${fill.quantity} at ${fill.price} by ${fill.order.id}`),
        onDayClose: () => calls.push('day'),
      },
    );
    played(strategy, market([instrument(hourlyBars([flat, flat, flat, flat], 2))]));
    expect(calls).toEqual(['bar 1', 'fill 1 at 100 by 1', 'bar 2', 'day', 'bar 3', 'bar 4', 'day']);
  });
});

describe('indicators of a coarser timeframe', () => {
  it('pass over what is unknown', () => {
    const gap: Row = [Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN];
    const rows: Row[] = [gap, [2, 5, 1, 3, 10], [3, 4, 2, 4, 20], gap];
    const { columns, newest } = coarserBars(hourlyBars(rows, 4), hourlyBars(rows, 4), '1d');
    expect(columns).toMatchObject({
      open: Float64Array.of(2),
      high: Float64Array.of(5),
      low: Float64Array.of(1),
      close: Float64Array.of(4),
      volume: Float64Array.of(30),
    });
    expect(newest).toEqual(Int32Array.of(-1, -1, -1, 0));
  });

  it('are seen when their bar is complete', () => {
    const closes = [1, 2, 3, 4, 5, 6];
    const rows = closes.map((close): Row => [close, close, close, close]);
    const seen: number[] = [];
    let daily: { readonly value: number } | undefined;
    const strategy = scripted(() => void seen.push(daily?.value ?? -1), {
      onStart: ({ indicator }) => {
        daily = indicator('sma', { period: 1 }, { timeframe: '1d' });
      },
    });
    played(strategy, market([instrument(hourlyBars(rows, 3))]));
    expect(seen).toEqual([Number.NaN, Number.NaN, 3, 3, 3, 6]);
  });
});
