"""cvxopt's and SciPy's figures for the work of optimiser.bench.ts: milliseconds, and the optima found."""
import json
import time

import numpy as np
from cvxopt import matrix, solvers
from scipy.optimize import minimize

solvers.options.update(show_progress=False, abstol=1e-11, reltol=1e-10, feastol=1e-11)


def best(task, runs):
    shortest = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        found = task()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest * 1000, found


def noise(first, count):
    k = np.arange(first, first + count, dtype=float)
    return np.mod(np.abs(np.sin(k * 12.9898) * 43758.5453), 1.0)


def market(n):
    loadings = noise(1, 5 * n).reshape(n, 5) * 0.2 - 0.04
    cov = loadings @ loadings.T + np.diag(0.01 + 0.05 * noise(10_000, n))
    return cov, 0.02 + 0.15 * noise(20_000, n)


def qp(P, q, G, h, A=None, b=None):
    found = solvers.qp(P, q, G, h) if A is None else solvers.qp(P, q, G, h, A, b)
    return np.array(found["x"]).ravel()


def sectors(n):
    rows = np.zeros((5, n))
    rows[np.arange(n) % 5, np.arange(n)] = 1
    return rows


out = {}
for n in (20, 100, 500):
    S, mu = market(n)
    runs = 3 if n == 500 else 10
    P, zero = matrix(S), matrix(0.0, (n, 1))
    long_only, ones = matrix(-np.eye(n)), matrix(1.0, (1, n))
    out[f"min-variance {n}"], w = best(lambda: qp(P, zero, long_only, zero, ones, matrix(1.0)), runs)
    out[f"min-variance {n} optimum"] = float(w @ S @ w)
    gain = mu - 0.02
    out[f"max-sharpe {n}"], y = best(
        lambda: qp(P, zero, long_only, zero, matrix(gain.reshape(1, n)), matrix(1.0)), runs
    )
    out[f"max-sharpe {n} optimum"] = float(gain @ y / np.sqrt(y @ S @ y))
    R = sectors(n)
    cap = max(0.1, 2 / n)
    G = matrix(np.vstack([-np.eye(n), np.eye(n), R, -R]))
    h = matrix(np.concatenate([np.zeros(n), np.full(n, cap), np.full(5, 0.25), np.full(5, -0.1)]))
    out[f"caps and sectors {n}"], w = best(lambda: qp(P, zero, G, h, ones, matrix(1.0)), runs)
    out[f"caps and sectors {n} optimum"] = float(w @ S @ w)
    if n <= 100:
        start = np.full(n, 1 / n)
        out[f"SLSQP {n}"], _ = best(
            lambda: minimize(
                lambda w: w @ S @ w,
                start,
                jac=lambda w: 2 * S @ w,
                bounds=[(0, 1)] * n,
                constraints=[{"type": "eq", "fun": lambda w: w.sum() - 1, "jac": lambda w: np.ones(n)}],
                method="SLSQP",
            ),
            3,
        )

n = 100
S, mu = market(n)
P, zero = matrix(S), matrix(0.0, (n, 1))
A = matrix(np.vstack([np.ones(n), mu]))
least = qp(P, zero, matrix(-np.eye(n)), zero, matrix(1.0, (1, n)), matrix(1.0))


def frontier():
    targets = np.linspace(mu @ least, mu.max() - 1e-6, 100)
    return [qp(P, zero, matrix(-np.eye(n)), zero, A, matrix([1.0, float(t)])) for t in targets]


out["frontier 100"], _ = best(frontier, 1)
print(json.dumps(out))
