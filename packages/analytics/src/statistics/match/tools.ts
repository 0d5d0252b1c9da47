import { backtestingPy } from './backtesting-py.ts';
import { backtrader } from './backtrader.ts';
import { empyrical } from './empyrical.ts';
import { excel } from './excel.ts';
import { ffn } from './ffn.ts';
import { performanceanalytics } from './performanceanalytics.ts';
import { quantstats } from './quantstats.ts';
import type { ToolTable } from './tool-figure.ts';
import { vectorbt } from './vectorbt.ts';

/** Tools whose numbers can be reproduced, by the name that `--match` takes. */
export const toolNames = [
  'quantstats',
  'empyrical',
  'performanceanalytics',
  'ffn',
  'excel',
  'backtrader',
  'backtesting.py',
  'vectorbt',
] as const;

export type ToolName = (typeof toolNames)[number];

/** The conventions of each tool. */
export const tools: Readonly<Record<ToolName, ToolTable>> = {
  quantstats,
  empyrical,
  performanceanalytics,
  ffn,
  excel,
  backtrader,
  'backtesting.py': backtestingPy,
  vectorbt,
};
