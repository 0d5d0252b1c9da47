import type { CorporateActionReply } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { actionsQuery } from '../../data/market-queries.ts';
import { useLocale } from '../../data/prefs.ts';
import { useScope } from '../../data/scope.ts';
import { useWrite } from '../../data/use-write.ts';
import { formatDay } from '../../format/days.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField } from '../../ui/FilterField.tsx';
import { describe, Empty, Failure, Note, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kindLabels, valueText } from './action-words.ts';

const page = 100;

/** Every action of the instruments here, from providers and by hand, newest first. */
export function Known() {
  const actions = useQuery(actionsQuery(useScope()));
  const [text, setText] = useState('');
  const [shown, setShown] = useState(page);
  const [withdrawing, setWithdrawing] = useState<CorporateActionReply | null>(null);
  const wanted = text.trim().toLowerCase();
  const found = (actions.data ?? [])
    .filter((one) => `${one.instrument} ${kindLabels[one.kind]}`.toLowerCase().includes(wanted))
    .reverse();
  return (
    <>
      {actions.isPending && <Skeleton className="h-96 w-full" />}
      {actions.isError && (
        <Failure
          error={actions.error}
          what="The actions could not be fetched"
          onRetry={() => actions.refetch()}
        />
      )}
      {actions.data?.length === 0 && (
        <Empty title="No corporate action is known">
          Providers tell them with the prices. Enter one yourself where none does.
        </Empty>
      )}
      {actions.data && actions.data.length > 0 && (
        <>
          <FilterField
            className="block sm:w-72 mb-3"
            label="Filter actions"
            value={text}
            onChange={setText}
          />
          {found.length === 0 ? (
            <p className="py-4 text-ink-2">No action fits.</p>
          ) : (
            <ActionTable actions={found.slice(0, shown)} onWithdraw={setWithdrawing} />
          )}
          {found.length > shown && (
            <Button className="mt-4" onClick={() => setShown(shown + page)}>
              Show {Math.min(page, found.length - shown)} more of {found.length - shown}
            </Button>
          )}
        </>
      )}
      {withdrawing && <Withdraw action={withdrawing} onClose={() => setWithdrawing(null)} />}
    </>
  );
}

interface ActionTableProps {
  readonly actions: readonly CorporateActionReply[];
  readonly onWithdraw: (action: CorporateActionReply) => void;
}

function ActionTable({ actions, onWithdraw }: ActionTableProps) {
  const locale = useLocale();
  return (
    <table>
      <caption className="sr-only">Corporate actions with day, kind, value and source</caption>
      <thead className="max-md:sr-only">
        <tr>
          <th scope="col" className="head-cell">
            Instrument
          </th>
          <th scope="col" className="head-cell">
            Day
          </th>
          <th scope="col" className="head-cell">
            Kind
          </th>
          <th scope="col" className="head-cell text-right">
            Value
          </th>
          <th scope="col" className="head-cell pl-8! max-lg:hidden">
            Source
          </th>
          <th scope="col" className="head-cell">
            <span className="sr-only">Withdraw</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {actions.map((one) => (
          <tr key={`${one.id} ${one.instrumentId}`} className="hover:bg-hover">
            <th scope="row" className="cell font-semi max-md:py-2">
              {one.instrument}
              <span className="md:hidden block text-sm font-reg text-ink-2">
                {kindLabels[one.kind]}, {formatDay(one.day, locale)}
                <span className="block">{valueText(one)}</span>
              </span>
            </th>
            <td className="cell whitespace-nowrap max-md:hidden">{formatDay(one.day, locale)}</td>
            <td className="cell max-md:hidden">{kindLabels[one.kind]}</td>
            <td className="cell text-right max-md:hidden">{valueText(one)}</td>
            <td className="cell pl-8! text-ink-2 max-lg:hidden">{one.source}</td>
            <td className="cell text-right">
              <Button
                look="quiet"
                aria-label={`Withdraw: ${kindLabels[one.kind]} of ${one.instrument}, ${one.day}`}
                onClick={() => onWithdraw(one)}
              >
                Withdraw
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface WithdrawProps {
  readonly action: CorporateActionReply;
  readonly onClose: () => void;
}

function Withdraw({ action, onClose }: WithdrawProps) {
  const locale = useLocale();
  const withdraw = useWrite(({ client }, _: null) => client.withdrawAction(action.id));
  const run = () =>
    withdraw.mutate(null, {
      onSuccess: () => {
        toast('The action is withdrawn.');
        onClose();
      },
    });
  return (
    <Dialog
      title="Withdraw this action?"
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button look="danger" busy={withdraw.isPending} onClick={run}>
            Withdraw it
          </Button>
        </>
      }
    >
      {withdraw.isError && (
        <div role="alert" className="mb-3">
          <Note tone="bad">{describe(withdraw.error)}</Note>
        </div>
      )}
      <p>
        <b>
          {kindLabels[action.kind]} of {action.instrument}, {formatDay(action.day, locale)}:{' '}
          {valueText(action)}.
        </b>
      </p>
      <p className="mt-2 text-ink-2">
        There was none after all: it is offered to nobody any more, and prices are not adjusted for
        it. What was recorded for it stays until you reverse it.
        {action.shared && ' It is public market data: it is withdrawn for all workspaces.'}
      </p>
    </Dialog>
  );
}
