import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { trackOrBook } from '../../risk/book.ts';
import { fitDetails } from '../../risk/sections/fit-figures.ts';
import { lossesChart } from '../../risk/sections/losses-chart.ts';
import { joined, section } from '../../risk/sections/section.ts';
import {
  distinctHorizons,
  distinctLevels,
  furtherTailFigures,
  methodsSection,
  tailFigures,
  whyNoRequest,
} from '../../risk/sections/tail-section.ts';
import { chosenMethod, methodOptions, tailParameters } from '../../risk/tail-parameters.ts';

export default defineAnalysis({
  id: 'value-at-risk',
  group: 'risk',
  title: 'Value at risk',
  summary:
    'How much may be lost in a bad period and how much beyond it (VaR and CVaR), by a method of your choice beside all others.',
  input: tailParameters,
  compute(values) {
    const wrong = whyNoRequest(values.levels, values.horizons);
    if (wrong) return wrong;
    const track = trackOrBook(values);
    if (!track.ok) return track;
    const { returns, sample, notes, name } = track.value;
    const method = chosenMethod(values.method);
    const options = methodOptions(values);
    const request = {
      levels: distinctLevels(values.levels),
      horizons: distinctHorizons(values.horizons),
      scaling: values.scaling,
      options,
    };
    const details = fitDetails(returns, method.id, options);
    const parts = joined([
      section({ figures: tailFigures(returns, method, request), notes }),
      section(details),
      section({ figures: furtherTailFigures(returns, request) }),
      methodsSection(returns, request),
      section({ charts: [lossesChart(returns)] }),
    ]);
    return ok({
      title: `Value at risk of ${name === 'portfolio' ? 'the portfolio' : name}`,
      sample,
      conventions: [
        'VaR and CVaR are positive losses as a share of value; a negative one is a gain.',
        `The figures on top are by the method: ${method.title}.`,
        scalingWords[values.scaling],
        `Historical quantiles are of type ${values.quantile}; CVaR averages ${tailMeanWords[values.tailMean]}.`,
      ],
      ...parts,
    });
  },
});

const scalingWords = {
  'square-root': 'Longer horizons are the one-period loss times the square root of their length.',
  overlapping: 'Longer horizons are estimated from overlapping runs of returns.',
  simulated:
    'Longer horizons are drawn as paths by filtered methods; others take the square root of time.',
} as const;

const tailMeanWords = {
  'exact-share': 'exactly the worst share, the boundary day by its fraction',
  'at-or-beyond': 'the days at or beyond VaR',
  beyond: 'the days beyond VaR',
  'floor-count': 'the worst ⌊(n − 1) α⌋ + 1 days',
} as const;
