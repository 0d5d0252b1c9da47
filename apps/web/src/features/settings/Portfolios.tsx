import type { NewPortfolio } from '@plimsoll/client';
import type { Portfolio } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { accountsQuery, portfoliosQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Toggle } from '../../ui/Field.tsx';
import { Section } from '../../ui/Page.tsx';
import { describe, Failure, Note, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { InstrumentPicker } from '../instruments/index.ts';

/** Sets of accounts that are seen together, each with its currency and its benchmark. */
export function Portfolios() {
  const scope = useScope();
  const portfolios = useQuery(portfoliosQuery(scope));
  const accounts = useQuery(accountsQuery(scope));
  const [open, setOpen] = useState<Portfolio | 'new' | null>(null);
  const restore = useWrite((at, body: NewPortfolio) => at.client.addPortfolio(body));
  const remove = useWrite((at, portfolio: Portfolio) => at.client.removePortfolio(portfolio.id));
  const onRemove = (portfolio: Portfolio) => {
    const { id: _gone, ...body } = portfolio;
    remove.mutate(portfolio, {
      onSuccess: () =>
        toast(`${portfolio.name} is removed. Its accounts stay.`, {
          action: { label: 'Undo', run: () => restore.mutate(body) },
        }),
      onError: (error) => toast(describe(error), { tone: 'bad' }),
    });
  };
  const names = (ids: readonly string[]) =>
    ids.map((id) => accounts.data?.find((each) => each.id === id)?.name ?? id).join(', ');
  return (
    <Section
      title="Portfolios"
      count={portfolios.data?.length}
      action={
        <Button disabled={!accounts.data?.length} onClick={() => setOpen('new')}>
          <Plus size={15} aria-hidden /> Add a portfolio
        </Button>
      }
    >
      {portfolios.isPending && <Skeleton className="h-16 w-full" />}
      {portfolios.isError && (
        <Failure
          error={portfolios.error}
          what="The portfolios could not be fetched"
          onRetry={() => portfolios.refetch()}
        />
      )}
      <ul className="border-t border-line">
        {portfolios.data?.length === 0 && (
          <li className="py-3 text-ink-2">
            None. All accounts are seen together; a portfolio is a set of some of them.
          </li>
        )}
        {portfolios.data?.map((portfolio) => (
          <li
            key={portfolio.id}
            className="flex flex-wrap items-center gap-x-2 gap-y-1 py-3 border-b border-line"
          >
            <span className="grow basis-40 min-w-0">
              <span className="block font-semi truncate">
                {portfolio.name}{' '}
                <span className="text-ink-3 font-reg ml-1">{portfolio.currency}</span>
              </span>
              <span className="block text-sm text-ink-2 truncate">
                {names(portfolio.accountIds)}
              </span>
            </span>
            <Button onClick={() => setOpen(portfolio)} aria-label={`Change ${portfolio.name}`}>
              Change
            </Button>
            <Button
              look="quiet"
              onClick={() => onRemove(portfolio)}
              aria-label={`Remove ${portfolio.name}`}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      {open && (
        <PortfolioDialog
          portfolio={open === 'new' ? null : open}
          accounts={accounts.data ?? []}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}

interface PortfolioDialogProps {
  readonly portfolio: Portfolio | null;
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly currency: string;
  }[];
  readonly onClose: () => void;
}

function PortfolioDialog({ portfolio, accounts, onClose }: PortfolioDialogProps) {
  const [draft, setDraft] = useState({
    name: portfolio?.name ?? '',
    currency: portfolio?.currency ?? accounts[0]?.currency ?? 'EUR',
    accountIds: portfolio?.accountIds ?? accounts.map(({ id }) => id),
    benchmarkId: portfolio?.benchmarkId ?? null,
  });
  const save = useWrite((scope, body: NewPortfolio) =>
    portfolio ? scope.client.changePortfolio(portfolio.id, body) : scope.client.addPortfolio(body),
  );
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const ready = draft.name.trim() !== '' && draft.accountIds.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    save.mutate(
      { ...draft, name: draft.name.trim() },
      {
        onSuccess: () => {
          toast(portfolio ? 'The portfolio is changed.' : 'The portfolio is added.');
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={portfolio ? portfolio.name : 'Add a portfolio'}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            form="portfolio"
            look="primary"
            busy={save.isPending}
            disabled={!ready}
          >
            {portfolio ? 'Save' : 'Add'}
          </Button>
        </>
      }
    >
      <form id="portfolio" onSubmit={submit} className="grid grid-cols-2 gap-4">
        {save.isError && (
          <div role="alert" className="col-span-2">
            <Note tone="bad">{describe(save.error)}</Note>
          </div>
        )}
        <Field label="Name">
          {(control) => (
            <input
              {...control}
              className="control"
              required
              maxLength={80}
              value={draft.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Base currency">
          {(control) => (
            <input
              {...control}
              className="control"
              required
              pattern="[A-Z0-9]{2,12}"
              value={draft.currency}
              onChange={(event) => set({ currency: event.target.value.toUpperCase() })}
            />
          )}
        </Field>
        <fieldset className="col-span-2">
          <legend className="text-sm font-med text-ink-2 mb-1">Accounts</legend>
          {accounts.map(({ id, name }) => (
            <Toggle
              key={id}
              label={name}
              checked={draft.accountIds.includes(id)}
              onChange={(on) =>
                set({
                  accountIds: on
                    ? [...draft.accountIds, id]
                    : draft.accountIds.filter((each) => each !== id),
                })
              }
            />
          ))}
          {draft.accountIds.length === 0 && <p className="text-sm text-bad">Choose at least one</p>}
        </fieldset>
        <Field
          label="Benchmark"
          optional
          className="col-span-2"
          hint="What the same money would have become elsewhere."
        >
          {(control) => (
            <InstrumentPicker
              {...control}
              value={draft.benchmarkId ?? ''}
              onChange={(instrument) => set({ benchmarkId: instrument?.id ?? null })}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
