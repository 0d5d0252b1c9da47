import type { Call } from '../command.ts';
import { taken } from '../refusals.ts';
import { plain, table } from '../table.ts';
import { progressLine } from './follow-job.ts';

/** Shows how old prices are, and what waits for a decision. */
export async function showPriceStatus(call: Call): Promise<void> {
  const engine = await call.engine();
  const status = taken(await engine.marketStatus(call.workspace));
  if (call.json) return call.output.json(status);
  const { output } = call;
  for (const job of status.jobs) output.print(progressLine(job));
  for (const { id, state, lastFault, note } of status.providers) {
    const fault = state === 'up' || lastFault === null ? '' : `: ${lastFault.detail}`;
    output.print(plain(`${id} is ${state}${fault} ${note}`.trim()));
  }
  if (status.prices.length === 0) output.print('There is nothing that a market quotes yet.');
  else output.print(table(columns, status.prices.map(row)));
  const { rows, repairs, notes } = status.open;
  if (rows + notes > 0) {
    output.print(
      `${rows} rows are kept back, ${notes} notes are unread, ${repairs} figures were repaired: plimsoll prices quality`,
    );
  }
}

type Status = Extract<
  Awaited<ReturnType<Awaited<ReturnType<Call['engine']>>['marketStatus']>>,
  { ok: true }
>['value'];

const row = (one: Status['prices'][number]): string[] => [
  plain(one.label),
  one.state,
  one.last ?? '',
  one.expected ?? '',
  one.gaps === 0 ? '' : String(one.gaps),
  plain(one.source),
  plain(one.note),
];

const columns = [
  { title: 'Instrument' },
  { title: 'State' },
  { title: 'Last' },
  { title: 'Expected' },
  { title: 'Gaps', right: true },
  { title: 'Source' },
  { title: 'Note' },
];
