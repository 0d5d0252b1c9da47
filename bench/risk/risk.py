"""The work of risk.bench.ts by NumPy and SciPy; prints milliseconds by name as JSON."""

import json
import time

import numpy as np
from scipy import stats

rng = np.random.default_rng(1)
days = 2520
returns = 0.0004 + 0.01 * stats.t.rvs(4, size=days, random_state=rng)
levels = (0.05, 0.01)


def best(runs, work):
    shortest = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest * 1000


def historical():
    for tail in levels:
        q = np.quantile(returns, tail)
        returns[returns <= q].mean()


def normal():
    mean, sd = returns.mean(), returns.std(ddof=1)
    for tail in levels:
        z = stats.norm.ppf(tail)
        mean + sd * z
        stats.norm.pdf(z) / tail * sd


def cornish_fisher():
    mean, sd = returns.mean(), returns.std(ddof=1)
    s, k = stats.skew(returns), stats.kurtosis(returns)
    for tail in levels:
        z = stats.norm.ppf(tail)
        mean + sd * (
            z + (z * z - 1) * s / 6 + (z**3 - 3 * z) * k / 24 - (2 * z**3 - 5 * z) * s * s / 36
        )


def student_t():
    stats.t.fit(returns)


def extreme_values():
    losses = -returns
    threshold = np.quantile(losses, 0.95)
    stats.genpareto.fit(losses[losses > threshold] - threshold, floc=0)


def ewma_filtered():
    variance = np.empty(days + 1)
    variance[0] = np.mean(returns**2)
    for t in range(days):
        variance[t + 1] = 0.94 * variance[t] + 0.06 * returns[t] ** 2
    shocks = returns / np.sqrt(variance[:-1])
    for tail in levels:
        np.quantile(shocks, tail) * np.sqrt(variance[-1])


def rolling():
    windows = np.lib.stride_tricks.sliding_window_view(returns, 250)
    np.quantile(windows, 0.01, axis=1)


instruments, paths = 50, 1_000_000
base = rng.standard_normal((instruments, instruments))
covariance = 1e-4 * (base @ base.T / instruments + np.eye(instruments))
lower = np.linalg.cholesky(covariance)
weights = np.full(instruments, 1 / instruments)


def tail_of(drawn):
    for tail in levels:
        q = np.quantile(drawn, tail)
        drawn[drawn <= q].mean()


def full_paths():
    tail_of(rng.standard_normal((paths, instruments)) @ lower.T @ weights)


def weighted():
    tail_of(rng.standard_normal((paths, instruments)) @ (lower.T @ weights))


def collapsed():
    tail_of(np.sqrt(weights @ covariance @ weights) * rng.standard_normal(paths))


print(
    json.dumps(
        {
            "historical": best(50, historical),
            "normal": best(50, normal),
            "cornish-fisher": best(50, cornish_fisher),
            "student-t": best(3, student_t),
            "extreme-values": best(3, extreme_values),
            "ewma-filtered": best(10, ewma_filtered),
            "rolling": best(5, rolling),
            "full": best(2, full_paths),
            "weighted": best(2, weighted),
            "collapsed": best(5, collapsed),
        }
    )
)
