import type { Holding } from '@plimsoll/contracts';
import { Link } from '@tanstack/react-router';
import { useLocale } from '../../data/prefs.ts';
import { formatDay } from '../../format/days.ts';
import { Amount, Quantity } from '../../ui/Amount.tsx';

/** The open lots of one holding, oldest first, each with the transaction that opened it. */
export function Lots({ holding }: { readonly holding: Holding }) {
  const locale = useLocale();
  return (
    <table className="max-w-[760px] text-sm">
      <caption className="sr-only">Open lots of {holding.instrument}</caption>
      <thead>
        <tr className="text-ink-2">
          <th scope="col" className="font-reg py-1">
            Opened
          </th>
          <th scope="col" className="font-reg py-1 text-right">
            Quantity
          </th>
          <th scope="col" className="font-reg py-1 text-right">
            Cost
          </th>
          <th scope="col" className="font-reg py-1 text-right">
            Value
          </th>
          <th scope="col" className="font-reg py-1 text-right">
            Gain
          </th>
        </tr>
      </thead>
      <tbody>
        {holding.lots?.map((lot, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one transaction may have opened several lots
          <tr key={`${lot.openedBy} ${index}`} className="border-t border-line">
            <th scope="row" className="font-reg py-1.5">
              <Link
                to="/transactions"
                search={{ instrument: holding.instrumentId ?? undefined, id: lot.openedBy }}
                className="hover:underline"
              >
                {formatDay(lot.openedOn, locale)}
              </Link>
            </th>
            <td className="text-right">
              <Quantity value={lot.quantity} />
            </td>
            <td className="text-right">
              <Amount value={lot.cost} currency={lot.currency} />
            </td>
            <td className="text-right">
              {lot.value === null ? 'n/a' : <Amount value={lot.value} currency={lot.currency} />}
            </td>
            <td className="text-right">
              {lot.gain === null ? (
                'n/a'
              ) : (
                <Amount value={lot.gain} currency={lot.currency} sign="plus" coloured />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
