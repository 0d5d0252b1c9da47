import { empyrical } from './empyrical.ts';
import { excel } from './excel.ts';
import { ffn } from './ffn.ts';
import { performanceanalytics } from './performanceanalytics.ts';
import { quantstats } from './quantstats.ts';
import type { ToolTable } from './tool-figure.ts';

/** Tools whose numbers can be reproduced, by the name that `--match` takes. */
export const toolNames = [
  'quantstats',
  'empyrical',
  'performanceanalytics',
  'ffn',
  'excel',
] as const;

export type ToolName = (typeof toolNames)[number];

/** The conventions of each tool. */
export const tools: Readonly<Record<ToolName, ToolTable>> = {
  quantstats,
  empyrical,
  performanceanalytics,
  ffn,
  excel,
};
