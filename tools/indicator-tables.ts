import { allIndicators, type Indicator } from '../packages/analytics/src/indicator/index.ts';
import { type Parameter, readParameters } from '../packages/kernel/src/index.ts';

/** Groups in the order of the guide. */
const groups = {
  average: 'Averages',
  momentum: 'Momentum',
  trend: 'Trend',
  volatility: 'Volatility',
  volume: 'Volume',
  channel: 'Channels and stops',
  pattern: 'Patterns and levels',
  statistic: 'Statistics',
} as const;

/** A table of indicators for each group. */
export function indicatorTables(): string {
  return Object.entries(groups)
    .flatMap(([group, title]) => {
      const rows = allIndicators.filter((each) => each.group === group).map(row);
      return [
        `### ${title}`,
        '',
        '| id | what it shows | parameters | outputs | formula | warm-up |',
        '|---|---|---|---|---|---|',
        ...rows,
        '',
      ];
    })
    .join('\n')
    .trimEnd();
}

function row(indicator: Indicator): string {
  const { id, title, summary, params, needs, outputs, formula, source } = indicator;
  const cells = [
    `\`${id}\``,
    `**${title}.** ${summary}`,
    Object.entries(params).map(parameter).join('<br>') || '–',
    `${outputs.map((name) => `\`${name}\``).join(' ')}<br>from ${needs.join(', ')}`,
    `${formula}. *${source}*`,
    warmUp(indicator),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function parameter([name, described]: readonly [string, Parameter]): string {
  const preset = 'default' in described ? String(described.default) : '';
  const choices = described.kind === 'choice' ? ` (${described.of.join(', ')})` : '';
  return `\`${name}\` = ${preset}${choices}`;
}

/** With the parameters as they are where none are given. */
function warmUp({ id, params, warmUp: bars, keeps }: Indicator): string {
  const values = readParameters(params, {});
  if (!values.ok) throw new Error(`${id}: ${values.fault.detail}`);
  const count = bars(values.value).toLocaleString('en');
  return keeps === undefined ? count : `${count}, ${keeps}`;
}
