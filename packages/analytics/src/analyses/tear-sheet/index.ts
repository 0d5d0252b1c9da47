import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { toolNames } from '../../statistics/match/tools.ts';
import { readSample, sampleInput } from '../../statistics/sample-input.ts';
import { tearSheet } from '../../statistics/tear-sheet.ts';

/** Everything about one row of prices or returns. */
export default defineAnalysis({
  id: 'tear-sheet',
  group: 'statistics',
  title: 'Tear sheet',
  summary: 'Every figure, table and chart about a series of prices or returns.',
  input: {
    ...sampleInput,
    match: {
      kind: 'choice',
      of: toolNames,
      title: 'Conventions of another tool',
      help: 'Computes the figures as that tool does, its known errors included and named.',
      optional: true,
    },
    window: {
      kind: 'integer',
      title: 'Window of the rolling charts',
      unit: 'periods',
      min: 2,
      default: 126,
    },
  },
  compute: (values) => {
    const read = readSample(values);
    return read.ok ? ok(tearSheet(read.value, values)) : read;
  },
});
