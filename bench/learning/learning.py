"""scikit-learn's and xgboost's figures for the work of learning.bench.ts, in milliseconds, one thread."""
import json
import time

import numpy as np
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import ElasticNet, LogisticRegression

rng = np.random.default_rng(1)
n, k = 2520, 20
x = rng.normal(size=(n, k))
y = x[:, 0] + 0.5 * x[:, 1] * x[:, 2] + rng.normal(size=n)
labels = (y > 0).astype(int)


def best(task, runs=2):
    shortest = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        task()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest * 1000


figures = {
    "forest-numbers": best(lambda: RandomForestRegressor(100, random_state=0, n_jobs=1).fit(x, y)),
    "forest-labels": best(lambda: RandomForestClassifier(100, random_state=0, n_jobs=1).fit(x, labels)),
    "linear": best(lambda: ElasticNet(alpha=0.01, tol=1e-10).fit(x, y), 5),
    "logistic": best(
        lambda: LogisticRegression(
            penalty="elasticnet", solver="saga", l1_ratio=0.5, C=1 / (0.01 * n), tol=1e-8, max_iter=10000
        ).fit(x, labels)
    ),
}
try:
    import xgboost

    figures["boosted"] = best(
        lambda: xgboost.XGBClassifier(n_estimators=100, tree_method="hist", n_jobs=1).fit(x, labels), 3
    )
    model = xgboost.XGBClassifier(n_estimators=100, tree_method="hist", n_jobs=1).fit(x, labels).get_booster()
    rows = xgboost.DMatrix(x[:200])
    figures["shapley"] = best(lambda: model.predict(rows, pred_contribs=True), 3)
except ImportError:
    pass
print(json.dumps(figures))
