"""The work of statistics.bench.ts by NumPy, SciPy and pandas; prints milliseconds by name as JSON."""

import json
import time

import numpy as np
import pandas as pd
from scipy import stats

rng = np.random.default_rng(1)
days = 2520
b = 0.0004 + 0.01 * rng.standard_normal(days)
r = 1.1 * b + 0.006 * rng.standard_normal(days)
index = pd.bdate_range("2013-01-01", periods=days)


def best(runs, work):
    shortest = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest * 1000


def tear_sheet():
    """Sixty of the figures of a tear sheet, sharing what they have in common, without tables and charts."""
    rf = 1.02 ** (1 / 252) - 1
    x, y = r - rf, b - rf
    n = len(r)
    wealth = np.cumprod(1 + r)
    peak = np.maximum.accumulate(np.concatenate(([1.0], wealth)))[1:]
    d = 1 - wealth / peak
    mean, sd = r.mean(), r.std(ddof=1)
    cagr = wealth[-1] ** (252 / n) - 1
    q01, q05, q50, q95, q99 = np.quantile(r, [0.01, 0.05, 0.5, 0.95, 0.99])
    wins, losses = r[r > 0], r[r < 0]
    down = np.minimum(x, 0)
    gain, loss = wins.sum(), -losses.sum()
    c = np.cov(x, y)
    beta = c[0, 1] / c[1, 1]
    alpha = x.mean() - beta * y.mean()
    residual = x - alpha - beta * y
    active = r - b
    up, dn = b > 0, b < 0
    centred = r - mean
    g1, g2 = stats.skew(r), stats.kurtosis(r)
    rho = [np.dot(centred[k:], centred[:-k]) / np.dot(centred, centred) for k in range(1, 11)]
    logs = np.log1p(r)
    under = np.flatnonzero(np.diff(np.concatenate(([0], (d > 0).astype(int), [0]))))
    lengths = under[1::2] - under[::2]
    sr = x.mean() / x.std(ddof=1)
    months = pd.Series(1 + r, index=index).groupby([index.year, index.month]).prod() - 1
    bench_cagr = np.prod(1 + b) ** (252 / n) - 1
    return [
        wealth[-1] - 1, cagr, mean, mean * 252, q50, sd * 252**0.5, r.std() * 252**0.5,
        np.sqrt((down**2).mean() * 252), losses.std(ddof=1), np.abs(centred).mean(),
        -q05, -q01, -r[r <= q05].mean(), -r[r <= q01].mean(), sr * 252**0.5,
        (cagr - 0.02) / (sd * 252**0.5), logs.mean() / logs.std(ddof=1) * 252**0.5,
        x.mean() / np.sqrt((down**2).mean()), np.maximum(x, 0).sum() / -down.sum(),
        x.mean() / np.cbrt((-(down**3)).mean()), cagr / d.max(), cagr / (d.max() + 0.1),
        cagr / np.sqrt((d**2).mean()), cagr / d.mean(), (gain - loss) / loss, q95 / -q05,
        gain / loss, d.max(), d.mean(), np.sqrt((d**2).mean()), (d > 0).mean(), len(lengths),
        lengths.mean(), lengths.max(), r.max(), r.min(), g1, g2, n / 6 * (g1**2 + g2**2 / 4), rho[0],
        n * (n + 2) * sum(p * p / (n - k) for k, p in enumerate(rho, 1)),
        np.corrcoef(np.arange(n), logs.cumsum())[0, 1] ** 2, (r > 0).mean(), wins.mean(),
        losses.mean(), wins.mean() / -losses.mean(), x.mean() / sd**2, months.max(), months.min(),
        (months > 0).mean(), months.std() * 12**0.5, beta, (1 + alpha) ** 252 - 1,
        np.corrcoef(x, y)[0, 1], active.std(ddof=1) * 252**0.5,
        active.mean() / active.std(ddof=1) * 252**0.5, x.mean() * 252 / beta,
        np.sqrt((residual**2).sum() / (n - 2) * 252), cagr - bench_cagr,
        (np.prod(1 + r[up]) ** (252 / up.sum()) - 1) / (np.prod(1 + b[up]) ** (252 / up.sum()) - 1),
        (np.prod(1 + r[dn]) ** (252 / dn.sum()) - 1) / (np.prod(1 + b[dn]) ** (252 / dn.sum()) - 1),
        np.cov(x[up], y[up])[0, 1], np.cov(x[dn], y[dn])[0, 1], (r > b).mean(),
        stats.norm.cdf(sr * np.sqrt(n - 1) / np.sqrt(1 - g1 * sr + (g2 + 2) / 4 * sr**2)),
    ]


columns, window = 3000, 60
panel = 0.01 * rng.standard_normal((days, columns))


def rolling_beta():
    x = b[:, None]
    sums = lambda a: np.concatenate((np.zeros((1, a.shape[1])), a.cumsum(axis=0)))
    over = lambda s: s[window:] - s[:-window]
    sx, sxx = over(sums(x)), over(sums(x * x))
    sy, sxy = over(sums(panel)), over(sums(x * panel))
    return (sxy - sx * sy / window) / (sxx - sx * sx / window)


def bootstrap():
    draws = 1000
    values = np.empty((draws, 2))
    for k in range(draws):
        begins = rng.random(days) < 0.1
        begins[0] = True
        starts = rng.integers(0, days, days)
        at = np.maximum.accumulate(np.where(begins, np.arange(days), 0))
        drawn = r[(starts[at] + np.arange(days) - at) % days]
        values[k] = drawn.mean() / drawn.std(ddof=1), drawn.std(ddof=1)
    return np.quantile(values, [0.025, 0.975], axis=0)


series = pd.Series(r)


def rolling_pandas():
    windows = series.rolling(window)
    return windows.std() * 252**0.5, windows.mean() / windows.std()


print(
    json.dumps(
        {
            "tear-sheet": best(20, tear_sheet),
            "rolling-beta": best(3, rolling_beta),
            "bootstrap": best(2, bootstrap),
            "rolling": best(20, rolling_pandas),
            "quantiles": best(50, lambda: np.quantile(r, [0.01, 0.05, 0.5, 0.95, 0.99])),
        }
    )
)
