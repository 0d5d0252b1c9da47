"""NumPy's figures for the work of linear-algebra.bench.ts, in milliseconds, the best of several runs."""
import json
import time

import numpy as np

rng = np.random.default_rng(1)
a = rng.random((500, 500)) - 0.5
b = rng.random((500, 500)) - 0.5
tall = rng.random((1260, 500)) - 0.5
spd = a.T @ a + np.eye(500)


def best(work, runs=9):
    shortest = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest * 1000


print(
    json.dumps(
        {
            "multiply": best(lambda: a @ b),
            "gram": best(lambda: tall.T @ tall),
            "cholesky": best(lambda: np.linalg.cholesky(spd)),
            "inverse": best(lambda: np.linalg.inv(spd)),
            "eigen": best(lambda: np.linalg.eigh(spd), 4),
            "eigenvalues": best(lambda: np.linalg.eigvalsh(spd), 4),
        }
    )
)
