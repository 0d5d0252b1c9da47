"""The work of pricing.bench.ts by NumPy, SciPy and QuantLib; prints milliseconds by name as JSON."""

import json
import time

import numpy as np
from scipy import optimize
from scipy.special import ndtr


def best(runs, work):
    shortest = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest * 1000


class Chance:
    """The generator of the TypeScript side."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = self.state * 48271 % 2147483647
        return self.state / 2147483647


figures = {}

# XIRR: a root search for each portfolio, as one writes it with SciPy.
portfolios, count, end = 2000, 60, 1825
chance = Chance(7)
books = []
for _ in range(portfolios):
    growth = -0.1 + 0.4 * chance.next()
    days = np.floor(30.4 * np.arange(count - 1))
    paid = np.array([100 + 900 * chance.next() for _ in range(count - 1)])
    worth = (paid * (1 + growth) ** ((end - days) / 365)).sum()
    books.append((np.append(days, end) / 365, np.append(-paid, worth)))


def xirr():
    return [
        optimize.brentq(lambda r: (flows * (1 + r) ** -years).sum(), -0.99, 10, xtol=1e-13)
        for years, flows in books
    ]


figures["xirr"] = best(3, xirr)
figures["xirr mean"] = float(np.mean(xirr()))

# European options: whole columns at once.
n = 100_000
chance = Chance(11)
spot = np.empty(n)
strike = np.empty(n)
years = np.empty(n)
sigma = np.empty(n)
for i in range(n):
    spot[i] = 100
    strike[i] = 60 + 80 * chance.next()
    years[i] = 0.05 + 2 * chance.next()
    sigma[i] = 0.05 + 0.6 * chance.next()
rate, q = 0.03, 0.01


def prices(sigma):
    deviation = sigma * np.sqrt(years)
    d1 = (np.log(spot / strike) + (rate - q) * years) / deviation + deviation / 2
    return spot * np.exp(-q * years) * ndtr(d1) - strike * np.exp(-rate * years) * ndtr(
        d1 - deviation
    )


figures["black"] = best(5, lambda: prices(sigma))
figures["black mean"] = float(prices(sigma).mean())

# Implied volatility: a root search for each option, on 2,000 of them.
some = 2000
wanted = prices(sigma)[:some]


def implied():
    found = np.empty(some)
    root = np.sqrt(years)
    for i in range(some):
        s, k, t, p = spot[i], strike[i], years[i], wanted[i]
        growth, discount = np.exp(-q * t), np.exp(-rate * t)

        def gap(v):
            dev = v * root[i]
            d1 = (np.log(s / k) + (rate - q) * t) / dev + dev / 2
            return s * growth * ndtr(d1) - k * discount * ndtr(d1 - dev) - p

        found[i] = optimize.brentq(gap, 1e-6, 5, xtol=1e-12)
    return found


figures["implied"] = best(2, implied) / some * n

# American puts on a tree of 500 steps, and by the boundary.
chance = Chance(13)


def tree(s, k, t, v, steps=500):
    dt = t / steps
    up = np.exp(v * np.sqrt(dt))
    p = (np.exp((rate - q) * dt) - 1 / up) / (up - 1 / up)
    discount = np.exp(-rate * dt)
    at = s * up ** (2.0 * np.arange(steps + 1) - steps)
    value = np.maximum(k - at, 0)
    for i in range(steps - 1, -1, -1):
        at = at[: i + 1] * up
        value = np.maximum(discount * (p * value[1 : i + 2] + (1 - p) * value[: i + 1]), k - at)
    return value[0]


figures["tree"] = best(3, lambda: [tree(100, strike[i], years[i], sigma[i]) for i in range(20)]) / 20

try:
    import QuantLib as ql

    today = ql.Date(1, 1, 2024)
    ql.Settings.instance().evaluationDate = today
    count_of_days = ql.Actual365Fixed()

    def american(i):
        process = ql.BlackScholesMertonProcess(
            ql.QuoteHandle(ql.SimpleQuote(100.0)),
            ql.YieldTermStructureHandle(ql.FlatForward(today, q, count_of_days)),
            ql.YieldTermStructureHandle(ql.FlatForward(today, rate, count_of_days)),
            ql.BlackVolTermStructureHandle(
                ql.BlackConstantVol(today, ql.NullCalendar(), sigma[i], count_of_days)
            ),
        )
        exercise = ql.AmericanExercise(today, today + int(years[i] * 365) + 1)
        option = ql.VanillaOption(ql.PlainVanillaPayoff(ql.Option.Put, strike[i]), exercise)
        option.setPricingEngine(
            ql.QdFpAmericanEngine(process, ql.QdFpAmericanEngine.accurateScheme())
        )
        return option.NPV()

    figures["american"] = best(3, lambda: [american(i) for i in range(100)]) / 100
except ImportError:
    pass

print(json.dumps(figures))
