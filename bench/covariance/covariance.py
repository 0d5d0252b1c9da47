"""scikit-learn's and NumPy's figures for the work of covariance.bench.ts, in milliseconds."""
import json
import time

import numpy as np
from sklearn.covariance import LedoitWolf, OAS

rng = np.random.default_rng(1)


def best(work, runs=7):
    shortest = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest * 1000


figures = {}
for n in (20, 100, 500):
    market = rng.normal(0, 0.01, (1260, 1))
    returns = 0.8 * market + rng.normal(0, 0.01, (1260, n))
    figures[f"sample {n}"] = best(lambda: np.cov(returns, rowvar=False))
    figures[f"ledoit-wolf-identity {n}"] = best(lambda: LedoitWolf().fit(returns))
    figures[f"oas {n}"] = best(lambda: OAS().fit(returns))
print(json.dumps(figures))
