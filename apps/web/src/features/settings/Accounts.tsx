import type { AccountChange } from '@plimsoll/client';
import type { Account } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { accountsQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Toggle } from '../../ui/Field.tsx';
import { Section } from '../../ui/Page.tsx';
import { describe, Failure, Note, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { cashTrackings, feeTreatments, inWords, lotMethods } from './account-words.ts';

/** Where things are held, and how each account counts. */
export function Accounts() {
  const scope = useScope();
  const accounts = useQuery(accountsQuery(scope));
  const [open, setOpen] = useState<Account | 'new' | null>(null);
  return (
    <Section
      title="Accounts"
      count={accounts.data?.length}
      action={
        <Button onClick={() => setOpen('new')}>
          <Plus size={15} aria-hidden /> Add an account
        </Button>
      }
    >
      {accounts.isPending && <Skeleton className="h-24 w-full" />}
      {accounts.isError && (
        <Failure
          error={accounts.error}
          what="The accounts could not be fetched"
          onRetry={() => accounts.refetch()}
        />
      )}
      <ul className="border-t border-line">
        {accounts.data?.length === 0 && (
          <li className="py-3 text-ink-2">None yet. An import makes one, or add one here.</li>
        )}
        {accounts.data?.map((account) => (
          <li key={account.id} className="flex items-center gap-4 py-3 border-b border-line">
            <span className="grow min-w-0">
              <span className="block font-semi truncate">
                {account.name} <span className="text-ink-3 font-reg ml-1">{account.currency}</span>
              </span>
              <span className="block text-sm text-ink-2">{inWords(account)}</span>
            </span>
            <Button onClick={() => setOpen(account)} aria-label={`Change ${account.name}`}>
              Change
            </Button>
          </li>
        ))}
      </ul>
      {open && (
        <AccountDialog account={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </Section>
  );
}

const fresh: Omit<Account, 'id'> = {
  name: '',
  currency: 'EUR',
  lotMethod: 'fifo',
  cash: 'auto',
  fees: 'capitalised',
  allowShort: false,
};

function AccountDialog({
  account,
  onClose,
}: {
  readonly account: Account | null;
  readonly onClose: () => void;
}) {
  const [draft, setDraft] = useState<Omit<Account, 'id'>>(account ?? fresh);
  const save = useWrite(async (scope, next: Omit<Account, 'id'>) => {
    if (account === null) return scope.client.addAccount(next);
    const change: AccountChange = {
      name: next.name,
      lotMethod: next.lotMethod,
      cash: next.cash,
      fees: next.fees,
      allowShort: next.allowShort,
    };
    return scope.client.changeAccount(account.id, change);
  });
  const set = (change: Partial<Omit<Account, 'id'>>) => setDraft({ ...draft, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, currency, lotMethod, cash, fees, allowShort } = draft;
    save.mutate(
      { name: name.trim(), currency, lotMethod, cash, fees, allowShort },
      {
        onSuccess: () => {
          toast(account ? 'The account is changed.' : 'The account is added.');
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={account ? account.name : 'Add an account'}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            form="account"
            look="primary"
            busy={save.isPending}
            disabled={draft.name.trim() === ''}
          >
            {account ? 'Save' : 'Add'}
          </Button>
        </>
      }
    >
      <form id="account" onSubmit={submit} className="grid grid-cols-2 gap-4">
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
        <Field label="Base currency" hint={account ? 'Fixed once the account exists.' : undefined}>
          {(control) => (
            <input
              {...control}
              className="control"
              required
              disabled={account !== null}
              pattern="[A-Z0-9]{2,12}"
              value={draft.currency}
              onChange={(event) => set({ currency: event.target.value.toUpperCase() })}
            />
          )}
        </Field>
        <Choice
          label="Which lots a sale closes"
          options={lotMethods}
          value={draft.lotMethod}
          onChange={(lotMethod) => set({ lotMethod })}
        />
        <Choice
          label="Fees and taxes of trades"
          options={feeTreatments}
          value={draft.fees}
          onChange={(fees) => set({ fees })}
        />
        <Choice
          label="Cash"
          options={cashTrackings}
          value={draft.cash}
          onChange={(cash) => set({ cash })}
        />
        <div className="pt-6">
          <Toggle
            label="Allow short sales"
            checked={draft.allowShort}
            onChange={(allowShort) => set({ allowShort })}
          />
        </div>
        {account && (
          <p className="col-span-2 text-sm text-ink-2">
            Gains are worked out anew from the first transaction with what you choose here.
          </p>
        )}
      </form>
    </Dialog>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>) {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          className="control"
          value={value}
          onChange={(event) => onChange(event.target.value as Value)}
        >
          {Object.entries<string>(options).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
