import { readdirSync, readFileSync } from 'node:fs';
import { runBacktest } from '@plimsoll/analytics/backtest';
import { strategies } from '@plimsoll/analytics/strategies';
import { settingsOf } from '@plimsoll/engine';
import { readParameters } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { parseRunFile } from '../../apps/plimsoll/src/runs/read-run-file.ts';
import { randomMarket } from '../../packages/analytics/src/strategy-kit/testing/random-market.ts';
import { withOptionChain } from '../../packages/engine/src/runs/load-option-chain.ts';

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
    const walks = randomMarket({ seed: 5, bars: 600, names: config.universe.names });
    const market = withOptionChain(walks, config);
    const result = runBacktest(strategy, config.params, market, settingsOf(config));
    if (!result.ok) throw new Error(result.fault.detail);
    expect(result.value.equity.every(Number.isFinite)).toBe(true);
  });
});
