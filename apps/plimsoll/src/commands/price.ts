import { namedAnalysis } from '../cli/analysis/analysis-command.ts';
import type { Command } from '../cli/command.ts';
import { UsageRefusal } from '../cli/refusals.ts';

/** What can be priced, each by the analysis of that id. */
const kinds = {
  option: {
    id: 'option',
    summary: 'Price a European option and its Greeks.',
    usage: 'price option --type call --spot N --strike N --years N --volatility N [--rate R]',
  },
  american: {
    id: 'american-option',
    summary: 'Price an American option.',
    usage: 'price american --type put --spot N --strike N --years N --volatility N [--rate R]',
  },
  bond: {
    id: 'bond',
    summary: 'Price a bond from its yield, or find the yield from its price.',
    usage: 'price bond --settlement DATE --maturity DATE --coupon R (--yield R | --price N)',
  },
} as const;

const names = Object.keys(kinds).join(', ');

export const command: Command = {
  summary: 'Price an option or a bond, with its sensitivities.',
  usage: Object.values(kinds).map(({ usage }) => usage),
  notes: ['plimsoll price option --help lists the options of one kind.'],
  run: async () => {
    throw new UsageRefusal(`Say what to price: ${names}.`);
  },
  narrow: async ([kind = '']) => {
    if (kind === '' || kind.startsWith('-')) return command;
    if (!isKind(kind)) throw new UsageRefusal(`"${kind}" cannot be priced. There are: ${names}.`);
    const { id, summary, usage } = kinds[kind];
    const named = namedAnalysis({ words: ['price', kind], id, summary, usage: [usage] });
    return named.narrow?.([]) ?? named;
  },
};

const isKind = (name: string): name is keyof typeof kinds => Object.hasOwn(kinds, name);
