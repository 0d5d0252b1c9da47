"""NumPy's figures for the work of sweep.bench.ts: all pairs at once, a bar at a time. Milliseconds."""
import json
import math
import time

import numpy as np

bars, fee = 2520, 0.001
state = 1


def uniform():
    global state
    state = state * 48271 % 2147483647
    return state / 2147483647


def normal():
    a = uniform()
    return math.sqrt(-2 * math.log(a)) * math.cos(2 * math.pi * uniform())


opens, closes, price = np.empty(bars), np.empty(bars), 100.0
for i in range(bars):
    opens[i] = price * math.exp(0.1 * 0.012 * normal())
    price = opens[i] * math.exp(0.0003 + 0.012 * normal())
    closes[i] = price
    uniform()
    uniform()

fast = np.repeat(np.arange(2, 102), 100)
slow = np.tile(np.arange(102, 202), 100)


def averages():
    sums = np.concatenate([[0.0], np.cumsum(closes)])
    rows = np.full((202, bars), np.nan)
    for n in range(2, 202):
        rows[n, n - 1 :] = (sums[n:] - sums[:-n]) / n
    return rows


def sweep(figures):
    rows = averages()
    pairs = len(fast)
    cash, held = np.full(pairs, 100000.0), np.zeros(pairs)
    side = np.zeros(pairs, np.int8)
    wants = np.zeros(pairs, np.int8)
    equity = last = high = cash.copy()
    total, squares, worst = np.zeros(pairs), np.zeros(pairs), np.zeros(pairs)
    for t in range(bars):
        buy = np.flatnonzero(wants > 0)
        if len(buy):
            units = np.minimum(equity[buy] / closes[t - 1], cash[buy] / (opens[t] * (1 + fee)))
            cash[buy] -= units * opens[t] * (1 + fee)
            held[buy] = units
        sell = np.flatnonzero(wants < 0)
        if len(sell):
            cash[sell] += held[sell] * opens[t] * (1 - fee)
            held[sell] = 0
        difference = rows[fast, t] - rows[slow, t]
        now = np.sign(difference, where=~np.isnan(difference), out=np.zeros(pairs)).astype(np.int8)
        crossed = (side != 0) & (now != 0) & (now != side)
        wants = np.where(crossed & ((now > 0) != (held > 0)), now, 0)
        side = np.where(now != 0, now, side)
        if figures == "all" or crossed.any() or t == bars - 1:
            equity = cash + held * closes[t]
        if figures == "all":
            change = equity / last - 1
            total += change
            squares += change * change
            last = equity
            high = np.maximum(high, equity)
            worst = np.maximum(worst, 1 - equity / high)
    return equity / 100000 - 1


result = {}
for figures in ("return", "all"):
    best = float("inf")
    for _ in range(2):
        used = time.process_time()
        returns = sweep(figures)
        best = min(best, time.process_time() - used)
    result[figures] = best * 1000
result["mean"] = float(np.mean(returns))
print(json.dumps(result))
