"""The work of time-series.bench.ts by SciPy and statsmodels: milliseconds, and log-likelihoods as `ℓ name`."""
import json
import math
import time
import warnings

import numpy as np
from scipy.optimize import minimize
from scipy.signal import lfilter
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.regime_switching.markov_regression import MarkovRegression
from statsmodels.tsa.seasonal import STL
from statsmodels.tsa.stattools import adfuller

warnings.filterwarnings("ignore")


def normals(seed):
    """The numbers of the bench, from the same generator."""
    state = seed

    def uniform():
        nonlocal state
        state = state * 48271 % 2147483647
        return state / 2147483647

    return lambda: math.sqrt(-2 * math.log(uniform())) * math.cos(2 * math.pi * uniform())


def garch_series(n):
    normal = normals(1)
    variance, out = 1.0, []
    for _ in range(n):
        e = normal() * math.sqrt(variance)
        variance = 0.02 + 0.08 * e * e + 0.9 * variance
        out.append(0.05 + e)
    return np.array(out)


def seasonal_series(n):
    normal = normals(2)
    return np.array(
        [100 + 0.2 * t + 10 * math.sin(2 * math.pi * t / 12) + 2 * normal() for t in range(n)]
    )


def best(work, runs=5):
    shortest = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest * 1000, result


def fit_garch(x):
    """The likelihood of arch's default model, minimised as arch does (SLSQP), the recursion as a filter in C."""
    n = len(x)
    e0 = x - x.mean()
    w = 0.94 ** np.arange(75)
    back = (w * e0[:75] ** 2).sum() / w.sum()

    def minus(p):
        mu, omega, alpha, beta = p
        e2 = (x - mu) ** 2
        start = omega + (alpha + beta) * back
        h = np.empty(n)
        h[0] = start
        h[1:], _ = lfilter([1.0], [1.0, -beta], omega + alpha * e2[:-1], zi=[beta * start])
        return 0.5 * (np.log(2 * np.pi * h) + e2 / h).sum()

    v = x.var()
    return minimize(
        minus,
        [x.mean(), 0.02 * v, 0.1, 0.88],
        method="SLSQP",
        bounds=[(None, None), (1e-8, None), (0, 1), (0, 1)],
        constraints=[{"type": "ineq", "fun": lambda p: 1 - p[2] - p[3]}],
        options={"maxiter": 500, "ftol": 1e-12},
    )


figures = {}
x = garch_series(5030)
y = seasonal_series(240)
walk = np.cumsum(x[:2520])

figures["garch"], found = best(lambda: fit_garch(x))
figures["ℓ garch"] = -found.fun
figures["arima"], found = best(lambda: ARIMA(x[:2520], order=(1, 0, 1)).fit(), 2)
figures["ℓ arima"] = found.llf
figures["ets"], found = best(
    lambda: ETSModel(y, error="add", trend="add", seasonal="add", seasonal_periods=12).fit(disp=0), 2
)
figures["ℓ ets"] = found.llf
figures["regimes"], found = best(
    lambda: MarkovRegression(x[:2520], k_regimes=2, switching_variance=True).fit(disp=0), 2
)
figures["ℓ regimes"] = found.llf
figures["dickey-fuller"], _ = best(lambda: adfuller(walk), 3)
figures["stl"], _ = best(lambda: STL(y, period=12, robust=True).fit(), 5)
print(json.dumps(figures))
