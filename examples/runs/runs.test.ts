import { readdirSync, readFileSync } from 'node:fs';
import { type BacktestInstrument, runBacktest } from '@plimsoll/analytics/backtest';
import { modelChain } from '@plimsoll/analytics/option-chain';
import { strategies } from '@plimsoll/analytics/strategies';
import { settingsOf } from '@plimsoll/engine';
import { readParameters, seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { parseRunFile } from '../../apps/plimsoll/src/runs/read-run-file.ts';

const dayMs = 86_400_000;

/** Two years of a walk, each bar opened where the one before closed. */
function walk(id: string, seed: number): BacktestInstrument {
  const random = seededRandom(seed);
  let level = 100;
  const close = Float64Array.from({ length: 600 }, () => {
    level *= Math.exp(0.01 * random.normal());
    return level;
  });
  const open = close.map((value, i) => close[i - 1] ?? value);
  const from = close.map((_, i) => (18_263 + i) * dayMs);
  const edge = (of: typeof Math.max) => close.map((value, i) => of(value, open[i] ?? value));
  return {
    id,
    currency: 'EUR',
    multiplier: 1,
    step: 1,
    sector: null,
    option: null,
    finer: null,
    events: [],
    bars: {
      from,
      opened: from.map((at) => at + dayMs / 3),
      known: from.map((at) => at + dayMs / 2),
      session: from.map((at) => at / dayMs),
      edges: new Uint8Array(600).fill(3),
      open,
      high: edge(Math.max),
      low: edge(Math.min),
      close,
      volume: close.map(() => 1e6),
    },
  };
}

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'));

it('has a file for every strategy that needs no model of the registry', () => {
  const named = strategies
    .map(({ id }) => `${id}.yaml`)
    .filter((name) => name !== 'model-signal.yaml');
  expect(files).toEqual(expect.arrayContaining(named));
});

describe.each(files)('%s', (name) => {
  const read = parseRunFile(name, readFileSync(`${import.meta.dirname}/${name}`));

  it('is a run of the strategy that it is named after', () => {
    if (!read.ok) throw new Error(read.fault.detail);
    const { config } = read.value;
    const strategy = strategies.find(({ id }) => `${id}.yaml` === name);
    expect(config.strategy).toBe(strategy?.id);
    expect(readParameters(strategy?.params ?? {}, config.params)).toMatchObject({ ok: true });
  });

  it('runs on any market', () => {
    if (!read.ok) throw new Error(read.fault.detail);
    const { config } = read.value;
    const strategy = strategies.find(({ id }) => id === config.strategy);
    if (!strategy || !('names' in config.universe)) throw new Error('a strategy and names');
    const { optionChain } = config;
    const walks = config.universe.names.map(walk);
    const chains = optionChain ? walks.map((each) => modelChain(each, optionChain)) : [];
    const instruments = [...walks, ...chains.flatMap((chain) => chain.instruments)];
    const market = { base: 'EUR', instruments, rates: [], notes: [] };
    const result = runBacktest(strategy, config.params, market, settingsOf(config));
    if (!result.ok) throw new Error(result.fault.detail);
    expect(result.value.equity.every(Number.isFinite)).toBe(true);
  });
});
