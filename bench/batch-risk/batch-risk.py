"""NumPy's figures for the work of batch-risk.bench.ts: wall and processor time in milliseconds."""
import json
import time

import numpy as np

portfolios, instruments, scenarios = 10_000, 500, 1_000
rng = np.random.default_rng(1)
returns = rng.normal(0.0003, 0.01, (scenarios, instruments))
weights = rng.dirichlet(np.ones(instruments), portfolios)


def tails():
    outcomes = weights @ returns.T
    outcomes.partition([9, 10, 49, 50], axis=1)
    return (
        -outcomes[:, 49],
        -outcomes[:, :50].mean(1),
        -outcomes[:, 9],
        -outcomes[:, :10].mean(1),
    )


wall = cpu = float("inf")
for _ in range(6):
    start, used = time.perf_counter(), time.process_time()
    tails()
    wall = min(wall, time.perf_counter() - start)
    cpu = min(cpu, time.process_time() - used)
print(json.dumps({"wall": wall * 1000, "cpu": cpu * 1000}))
