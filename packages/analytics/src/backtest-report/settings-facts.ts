import type { BacktestSettings } from '../backtest/settings.ts';

const percent = (share: number): string => `${+(100 * share).toPrecision(6)} %`;

/** How a run traded and what it was charged, name and value, as the head of its report says it. */
export function settingsFacts(
  settings: BacktestSettings,
): readonly (readonly [name: string, value: string])[] {
  const { execution, volumeLimit, account, seed } = settings;
  return [
    ['Fills', execution === 'next-open' ? 'next open' : 'same close'],
    ['Commission', commissionText(settings.commission)],
    ['Slippage', slippageText(settings.slippage)],
    ['Account', account.kind],
    ...(volumeLimit === undefined
      ? []
      : ([['Volume taken', `at most ${percent(volumeLimit)} of a bar`]] as const)),
    ['Seed', String(seed)],
  ];
}

function commissionText(commission: BacktestSettings['commission']): string {
  switch (commission.kind) {
    case 'none':
      return 'none';
    case 'bps':
      return `${commission.bps} bps`;
    case 'per-share':
      return `${commission.amount} a unit`;
    case 'per-trade':
      return `${commission.amount} an order`;
    case 'tiered':
      return commission.tiers.map(({ from, bps }) => `${bps} bps from ${from}`).join(', ');
  }
}

function slippageText(slippage: BacktestSettings['slippage']): string {
  switch (slippage.kind) {
    case 'none':
      return 'none';
    case 'bps':
      return `${slippage.bps} bps`;
    case 'half-spread':
      return `half of ${slippage.spreadBps} bps`;
    case 'volume-share':
      return `${slippage.impact} × share of volume²`;
    case 'square-root':
      return `${slippage.factor} × daily volatility × √ share of volume`;
  }
}
