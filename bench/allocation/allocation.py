"""NumPy's and SciPy's figures for the work of allocation.bench.ts, in milliseconds."""
import json
import time

import numpy as np
import scipy.cluster.hierarchy as sch
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, eye, hstack
from scipy.spatial.distance import squareform

rng = np.random.default_rng(1)


def best(task, runs=5):
    shortest = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        task()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest * 1000


def returns(periods, n):
    market = rng.normal(0, 0.01, (periods, 1))
    return 0.8 * market + rng.normal(0, 0.01, (periods, n)) + 0.0003


def hrp(x):
    cov = np.cov(x, rowvar=False)
    sd = np.sqrt(np.diag(cov))
    dist = np.sqrt(np.clip((1 - cov / np.outer(sd, sd)) / 2, 0, 1))
    np.fill_diagonal(dist, 0)
    order = sch.leaves_list(sch.linkage(squareform(dist, checks=False), "single"))
    w = np.ones(len(order))
    parts = [order]
    while parts:
        parts = [p[a:b] for p in parts for a, b in ((0, len(p) // 2), (len(p) // 2, len(p))) if len(p) > 1]
        for i in range(0, len(parts), 2):
            risk = []
            for side in parts[i : i + 2]:
                sub = cov[np.ix_(side, side)]
                iv = 1 / np.diag(sub)
                iv /= iv.sum()
                risk.append(iv @ sub @ iv)
            alpha = 1 - risk[0] / (risk[0] + risk[1])
            w[parts[i]] *= alpha
            w[parts[i + 1]] *= 1 - alpha
    return w


def cvar(x, tail=0.05):
    periods, n = x.shape
    c = np.concatenate([np.zeros(n), [1], np.full(periods, 1 / (tail * periods))])
    a_ub = hstack([csr_matrix(-x), csr_matrix(-np.ones((periods, 1))), -eye(periods)]).tocsr()
    a_eq = csr_matrix(np.concatenate([np.ones(n), [0], np.zeros(periods)]))
    bounds = [(0, None)] * n + [(None, None)] + [(0, None)] * periods
    return linprog(c, a_ub, np.zeros(periods), a_eq, [1], bounds, method="highs")


def parity(cov):
    n = len(cov)
    y = np.full(n, 1 / np.sqrt(cov.sum()))
    b = np.full(n, 1 / n)
    for _ in range(100):
        g = cov @ y - b / y
        if np.abs(y * g).max() < 1e-15:
            break
        step = np.linalg.solve(cov + np.diag(b / y**2), g)
        size = np.sqrt(g @ step / b.min())
        y = y - step * (1 / (1 + size) if size > 0.38 else 1)
    return y / y.sum()


def shares(prices, weights, total):
    n = len(prices)
    off = np.hstack([np.diag(prices), np.eye(n)])
    on = np.hstack([np.diag(prices), -np.eye(n)])
    budget = np.concatenate([prices, np.zeros(n)])
    wanted = weights * total
    return milp(
        np.concatenate([-prices, np.ones(n)]),
        constraints=[
            LinearConstraint(off, wanted, np.inf),
            LinearConstraint(on, -np.inf, wanted),
            LinearConstraint(budget, -np.inf, total),
        ],
        integrality=np.concatenate([np.ones(n), np.zeros(n)]),
        bounds=Bounds(0, np.inf),
        options={"mip_rel_gap": 0},
    )


figures = {}
for n in (100, 500):
    x = returns(1260, n)
    figures[f"hrp {n}"] = best(lambda: hrp(x))
    cov = np.cov(x, rowvar=False)
    figures[f"parity {n}"] = best(lambda: parity(cov))
for n, periods in ((20, 1260), (100, 1260)):
    x = returns(periods, n)
    figures[f"cvar {n}"] = best(lambda: cvar(x), 3)
for n in (10, 50):
    prices = np.round(rng.uniform(10, 500, n), 2)
    weights = rng.dirichlet(np.ones(n))
    figures[f"shares {n}"] = best(lambda: shares(prices, weights, 100_000), 3)
print(json.dumps(figures))
