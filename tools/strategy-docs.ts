import type { Strategy } from '../packages/analytics/src/strategy/index.ts';
import type { Parameter, ParameterTable } from '../packages/kernel/src/index.ts';

/** What groups are called, in the order of the page. */
const groups = {
  trend: 'Trend',
  momentum: 'Momentum',
  'mean-reversion': 'Mean reversion',
  breakout: 'Breakout',
  allocation: 'Allocation',
  seasonal: 'Calendar',
  options: 'Options',
  learned: 'Learned',
  own: 'Others',
} as const satisfies Readonly<Record<Strategy['group'], string>>;

/** Every strategy with its parameters, by group and id. */
export function strategyPages(all: readonly Strategy[]): string {
  return Object.entries(groups)
    .map(([group, title]) => ({ title, of: all.filter((each) => each.group === group) }))
    .filter(({ of }) => of.length > 0)
    .map(({ title, of }) => [`## ${title}`, ...of.map(page)].join('\n\n'))
    .join('\n\n');
}

function page({ id, title, summary, source, params, instruments, signals }: Strategy): string {
  const { min = 1, max } = instruments ?? {};
  const count = max === undefined ? `${min} or more` : max === min ? `${min}` : `${min} to ${max}`;
  const path = signals ? ' Takes the fast path of sweeps.' : '';
  return [
    `### \`${id}\`: ${title}`,
    summary,
    ...(source === undefined ? [] : [`After ${source}.`]),
    `Instruments: ${count}.${path}`,
    ...(Object.keys(params).length === 0 ? [] : [parameterTable(params)]),
  ].join('\n\n');
}

/** Parameters with what they mean, their range and default. */
export function parameterTable(params: ParameterTable): string {
  const rows = Object.entries(params).flatMap(([name, parameter]) => rowsOf(name, parameter));
  return ['| parameter | what | range | default |', '|---|---|---|---|', ...rows].join('\n');
}

function rowsOf(name: string, parameter: Parameter): readonly string[] {
  const { title, help } = parameter;
  const what = help === undefined ? title : `${title}. ${help}`;
  const row = `| \`${name}\` | ${what} | ${rangeOf(parameter)} | ${defaultOf(parameter)} |`;
  if (parameter.kind !== 'variant') return [row];
  const fields = Object.values(parameter.of).flatMap((table) =>
    Object.entries(table).flatMap(([field, each]) => rowsOf(`${name}.${field}`, each)),
  );
  return [row, ...fields];
}

function rangeOf(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'integer':
    case 'number': {
      const { min, max, above, below, unit } = parameter;
      const from = min !== undefined ? `${min}` : above !== undefined ? `above ${above}` : '';
      const to = max !== undefined ? `to ${max}` : below !== undefined ? `below ${below}` : '';
      return [from || to ? [from, to].filter(Boolean).join(' ') : 'any', unit]
        .filter(Boolean)
        .join(' ');
    }
    case 'choice':
      return parameter.of.join(', ');
    case 'variant':
      return `kind: ${Object.keys(parameter.of).join(', ')}`;
    case 'flag':
      return 'true, false';
    case 'by-name':
      return 'a number for each name';
    default:
      return parameter.kind;
  }
}

function defaultOf(parameter: Parameter): string {
  if (parameter.kind === 'variant' && parameter.default) return parameter.default.kind;
  const given = 'default' in parameter ? parameter.default : undefined;
  if (given !== undefined) return `${given}`;
  return parameter.optional ? 'none' : 'to be given';
}
