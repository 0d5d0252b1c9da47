"""NumPy's figures for the work of rebalance.bench.ts, without fills cut for want of cash. Milliseconds."""
import json
import time

import numpy as np

wide, bars, every, fee = 500, 2520, 21, 0.001
rng = np.random.default_rng(1)
steps = np.exp(rng.normal(0.0003, 0.012, (bars, wide)))
closes = 100 * np.cumprod(steps, axis=0)
opens = closes * np.exp(rng.normal(0, 0.001, (bars, wide)))


def rebalance():
    cash, held = 1e8, np.zeros(wide)
    equity = np.empty(bars)
    start = 0
    for bar in range(20, bars - 1, every):
        fill = bar + 1
        equity[start:fill] = cash + closes[start:fill] @ held
        change = 0.999 / wide * equity[bar] / closes[bar] - held
        value = change * opens[fill]
        cash -= value.sum() + fee * np.abs(value).sum()
        held = held + change
        start = fill
    equity[start:] = cash + closes[start:] @ held
    return equity


cpu = float("inf")
for _ in range(20):
    used = time.process_time()
    rebalance()
    cpu = min(cpu, time.process_time() - used)
print(json.dumps({"cpu": cpu * 1000}))
