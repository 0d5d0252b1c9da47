import { exposureQuery } from '@plimsoll/contracts';
import { checked } from '../cli/checked.ts';
import type { Call, Command } from '../cli/command.ts';
import { taken } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

export const command: Command = {
  summary: 'Show what a portfolio is exposed to, through its funds if wanted.',
  usage: ['exposure [--by sector] [--look-through] [--portfolio NAME] [--at DAY]'],
  options: {
    by: {
      type: 'string',
      value: 'WHAT',
      help: 'instrument, sector, country, currency or asset-class.',
    },
    'look-through': { type: 'boolean', help: 'Through funds whose holdings are known.' },
    portfolio: { type: 'string', value: 'NAME', help: 'A portfolio or account; all if not given.' },
    at: { type: 'string', value: 'DAY', help: 'On that day; today if not given.' },
  },
  notes: [
    'Bring what a fund holds with: plimsoll instruments constituents FUND --import FILE. What is not',
    'known of a fund stands as "not looked through"; shares add up to 100 %.',
  ],
  run: async (call) => {
    const { lookThrough, ...query } = checked(exposureQuery, {
      by: call.text('by'),
      portfolio: call.text('portfolio'),
      at: call.text('at'),
      base: call.base,
      lookThrough: call.flag('look-through') ? 'true' : 'false',
    });
    const engine = await call.engine();
    const wanted = { ...query, lookThrough: lookThrough === 'true' };
    const view = taken(await engine.exposure(call.workspace, wanted));
    if (call.json) return call.output.json(view);
    show(call, view);
  },
};

type View = Extract<
  Awaited<ReturnType<Awaited<ReturnType<Call['engine']>>['exposure']>>,
  { ok: true }
>['value'];

function show(call: Call, view: View) {
  if (view.rows.length === 0) return call.output.print('Nothing is held.');
  const rows = view.rows.map(({ label, value, share, through }) => [
    plain(label),
    Number(value).toFixed(2),
    share === null ? '' : `${(Number(share) * 100).toFixed(2)} %`,
    Number(through) === 0 ? '' : Number(through).toFixed(2),
  ]);
  call.output.print(table(columns(view.baseCurrency), rows));
  for (const { label, asOf, covered } of view.funds) {
    const part = (Number(covered) * 100).toFixed(1);
    call.output.note(`${plain(label)}: as of ${asOf}, ${part} % of it known.`);
  }
  for (const one of view.leftOut) call.output.note(`Left out: ${plain(one)}.`);
}

const columns = (currency: string) => [
  { title: 'Exposure' },
  { title: currency, right: true },
  { title: 'Share', right: true },
  { title: 'In funds', right: true },
];
