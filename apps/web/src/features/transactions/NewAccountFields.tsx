import type { Account } from '@plimsoll/contracts';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { describe } from '../../ui/states.tsx';

/** The two things that a new account needs. The rest has good defaults and is in the settings. */
export function NewAccountFields({ onDone }: { readonly onDone?: (account: Account) => void }) {
  const [name, setName] = useState('');
  const [currency, setCurrency] = useState('EUR');
  const make = useWrite((scope, body: { name: string; currency: string }) =>
    scope.client.addAccount(body),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ name: name.trim(), currency }, { onSuccess: (account) => onDone?.(account) });
  };
  return (
    <form onSubmit={submit} className="grid grid-cols-[1fr_110px] gap-3 items-start">
      <Field label="Name" fault={make.isError ? describe(make.error) : undefined}>
        {(control) => (
          <input
            {...control}
            className="control"
            required
            maxLength={80}
            placeholder="My broker"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="Currency">
        {(control) => (
          <input
            {...control}
            className="control"
            required
            pattern="[A-Z0-9]{2,12}"
            value={currency}
            onChange={(event) => setCurrency(event.target.value.toUpperCase())}
          />
        )}
      </Field>
      <Button
        type="submit"
        look="primary"
        className="col-span-2 justify-self-end"
        busy={make.isPending}
        disabled={name.trim() === ''}
      >
        Add the account
      </Button>
    </form>
  );
}
