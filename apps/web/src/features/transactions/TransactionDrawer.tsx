import type { TransactionRow } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { postingsQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { useWrite } from '../../data/use-write.ts';
import { formatDay, formatInstant } from '../../format/days.ts';
import { formatExactMoney, formatWhole } from '../../format/numbers.ts';
import { Amount, PriceText, Quantity } from '../../ui/Amount.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { describe, Failure, Note, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { typeLabel } from './transaction-forms.ts';

interface DrawerProps {
  readonly row: TransactionRow;
  readonly onClose: () => void;
}

/** One transaction: what was recorded, where it was read, what it did to the books, and its reversal. */
export function TransactionDrawer({ row, onClose }: DrawerProps) {
  const locale = useLocale();
  const [reversing, setReversing] = useState(false);
  const currency = row.currency ?? 'EUR';
  const reversed = row.reversedBy !== null;
  return (
    <Dialog
      title={`${typeLabel(row.type)}${row.instrument ? ` · ${row.instrument}` : ''}`}
      place="side"
      onClose={onClose}
      footer={
        !reversed && !reversing && <Button onClick={() => setReversing(true)}>Reverse …</Button>
      }
    >
      {reversed && (
        <div className="mb-4">
          <Note tone="info">
            This transaction is reversed: it counts for nothing, and both stay in the record.
          </Note>
        </div>
      )}
      <dl className="grid grid-cols-[120px_1fr] gap-x-4 gap-y-2">
        <Line name="Date">
          {formatDay(row.effectiveAt, locale)}
          {row.time && `, ${row.time}`}
        </Line>
        <Line name="Account">{row.account}</Line>
        {row.instrument && (
          <Line name="Instrument">
            {row.instrumentId ? (
              <Link
                to="/holdings/$instrument"
                params={{ instrument: row.instrumentId }}
                className="text-accent-ink hover:underline"
              >
                {row.instrument}
              </Link>
            ) : (
              row.instrument
            )}
          </Line>
        )}
        {row.quantity !== null && (
          <Line name="Quantity">
            <Quantity value={row.quantity} />
          </Line>
        )}
        {row.price !== null && (
          <Line name="Price">
            <PriceText value={row.price} currency={currency} />
          </Line>
        )}
        {row.amount !== null && (
          <Line name="Amount">
            <Amount value={row.amount} currency={currency} />
          </Line>
        )}
        {row.fee !== null && (
          <Line name="Fee">
            <Amount value={row.fee} currency={currency} />
          </Line>
        )}
        {row.tax !== null && (
          <Line name="Tax">
            <Amount value={row.tax} currency={currency} />
          </Line>
        )}
        {row.note && <Line name="Note">{row.note}</Line>}
        <Line name="Source">
          {row.source ? (
            <Link
              to="/transactions"
              search={{ import: row.source.importId }}
              className="text-accent-ink hover:underline break-all"
            >
              {row.source.file}, line {row.source.line}
            </Link>
          ) : (
            'entered by hand'
          )}
        </Line>
        <Line name="Recorded">
          {formatInstant(row.recordedAt, locale)}, entry {row.seq}
        </Line>
      </dl>
      <Postings id={row.id} />
      <details className="mt-5">
        <summary className="font-med min-h-6">As recorded</summary>
        <pre className="mt-2 p-3 bg-sunken rounded-md text-xs font-mono overflow-x-auto">
          {JSON.stringify(row.fact, null, 2)}
        </pre>
      </details>
      {reversing && <Reverse row={row} onCancel={() => setReversing(false)} onDone={onClose} />}
    </Dialog>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Postings({ id }: { readonly id: string }) {
  const locale = useLocale();
  const postings = useQuery(postingsQuery(useScope(), id));
  return (
    <section className="mt-6">
      <h3 className="font-semi mb-1">Postings</h3>
      {postings.isPending && <Skeleton className="h-24 w-full" />}
      {postings.isError && (
        <Failure
          error={postings.error}
          what="The postings could not be fetched"
          onRetry={() => postings.refetch()}
        />
      )}
      {postings.data?.length === 0 && (
        <p className="text-ink-2">None: it is reversed, or moves nothing.</p>
      )}
      {postings.data && postings.data.length > 0 && (
        <table className="text-sm">
          <thead>
            <tr className="text-ink-2 border-b border-line-strong">
              <th scope="col" className="font-reg py-1.5">
                Account
              </th>
              <th scope="col" className="font-reg py-1.5 text-right">
                Change
              </th>
              <th scope="col" className="font-reg py-1.5 text-right">
                Weight
              </th>
            </tr>
          </thead>
          <tbody>
            {postings.data.map((posting, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: postings have no names and never move
              <tr key={index} className="border-b border-line">
                <th scope="row" className="font-reg py-1.5">
                  {posting.account}
                </th>
                <td className="text-right whitespace-nowrap">
                  {isoLike(posting)
                    ? formatExactMoney(posting.quantity, locale, posting.commodity)
                    : `${formatWhole(posting.quantity, locale)} ${posting.commodity}`}
                </td>
                <td className="text-right whitespace-nowrap">
                  {formatExactMoney(posting.weight, locale, posting.currency)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {postings.data && postings.data.length > 0 && (
        <p className="mt-1.5 text-sm text-ink-3">Weights add up to zero per currency.</p>
      )}
    </section>
  );
}

const isoLike = ({
  commodity,
  currency,
}: {
  readonly commodity: string;
  readonly currency: string;
}) => commodity === currency;

function Reverse({
  row,
  onCancel,
  onDone,
}: {
  readonly row: TransactionRow;
  readonly onCancel: () => void;
  readonly onDone: () => void;
}) {
  const [reason, setReason] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const reverse = useWrite((scope, given: string) =>
    scope.client.reverseTransaction(row.id, given),
  );
  return (
    <form
      className="mt-6 pt-5 border-t border-line"
      onSubmit={(event) => {
        event.preventDefault();
        reverse.mutate(reason.trim(), {
          onSuccess: () => {
            toast('Reversed. Both entries stay in the record.');
            onDone();
          },
        });
      }}
    >
      <Field
        label="Why is it reversed?"
        hint="The reason is kept with the reversal."
        fault={reverse.isError ? describe(reverse.error) : undefined}
      >
        {(control) => (
          <input
            {...control}
            className="control"
            value={reason}
            maxLength={500}
            required
            ref={field}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2 mt-3">
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          type="submit"
          look="danger"
          busy={reverse.isPending}
          disabled={reason.trim() === ''}
        >
          Reverse it
        </Button>
      </div>
    </form>
  );
}
