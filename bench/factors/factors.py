"""The same work in NumPy: prints one JSON object of milliseconds by name."""
import json
import time

import numpy as np


def best(runs, work):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


rng = np.random.default_rng(1)
n, m, k, window = 2520, 500, 3, 252
factors = rng.normal(0, 0.01, (n, k))
returns = factors @ rng.normal(0, 1, (k, m)) + rng.normal(0, 0.01, (n, m))
design = np.column_stack([np.ones(n), factors])


def windowed(products):
    total = np.cumsum(products, axis=0)
    total[window:] = total[window:] - total[:-window]
    return total[window - 1 :]


def rolling():
    """Running sums of products and one batched solve: the fastest way that NumPy has."""
    gram = windowed(np.einsum("ti,tj->tij", design, design))
    moments = windowed(design[:, :, None] * returns[:, None, :])
    return np.linalg.solve(gram, moments)


def rolling_lstsq():
    for t in range(0, n - window + 1):
        np.linalg.lstsq(design[t : t + window], returns[t : t + window], rcond=None)


wide = np.column_stack([np.ones(n), rng.normal(0, 0.01, (n, 50))])
out = {
    "rolling": best(3, rolling),
    "rolling windows one by one": best(1, rolling_lstsq),
    "ols 3": best(20, lambda: np.linalg.lstsq(design, returns[:, 0], rcond=None)),
    "ols 50": best(10, lambda: np.linalg.lstsq(wide, returns[:, 0], rcond=None)),
}


def newey_west(x, y, lags):
    inverse = np.linalg.inv(x.T @ x)
    u = x * (y - x @ (inverse @ (x.T @ y)))[:, None]
    meat = u.T @ u
    for lag in range(1, lags + 1):
        gamma = u[lag:].T @ u[:-lag]
        meat += (1 - lag / (lags + 1)) * (gamma + gamma.T)
    return inverse @ meat @ inverse


out["newey-west"] = best(20, lambda: newey_west(design, returns[:, 0], 8))


def fama_macbeth():
    betas = np.linalg.lstsq(design, returns, rcond=None)[0][1:].T
    x = np.column_stack([np.ones(m), betas])
    return np.linalg.lstsq(x, returns.T, rcond=None)[0]


out["fama-macbeth"] = best(5, fama_macbeth)

try:
    import statsmodels.api as sm
    from statsmodels.regression.rolling import RollingOLS

    y = returns[:, 0]
    out["statsmodels rolling one series"] = best(3, lambda: RollingOLS(y, design, window).fit().params)
    def everything():
        fit = sm.OLS(y, design).fit()
        return fit.bse, fit.tvalues, fit.pvalues, fit.rsquared, fit.fvalue, fit.f_pvalue, fit.aic

    out["statsmodels ols"] = best(9, everything)
    out["statsmodels hac"] = best(
        5, lambda: sm.OLS(y, design).fit(cov_type="HAC", cov_kwds={"maxlags": 8}).bse
    )
except ImportError:
    pass
print(json.dumps(out))
