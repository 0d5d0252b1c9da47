import { ProblemError } from '@plimsoll/client';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { accountsQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { useWrite } from '../../data/use-write.ts';
import { dayOfDate, formatDay } from '../../format/days.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { describe, Note } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { InstrumentPicker } from '../instruments/index.ts';
import { type Draft, type Faults, faultsOfProblem, readDraft, startDraft } from './entry-view.ts';
import { NewAccountFields } from './NewAccountFields.tsx';
import {
  commonFields,
  type EntryType,
  entryForms,
  entryTypes,
  type FieldSpec,
} from './transaction-forms.ts';

interface EntryDialogProps {
  readonly type: EntryType;
  readonly instrumentId: string | undefined;
  readonly onType: (type: EntryType) => void;
  readonly onClose: () => void;
}

/** A transaction by hand. The fields follow the type; what the server refuses is said at its field. */
export function EntryDialog({ type, instrumentId, onType, onClose }: EntryDialogProps) {
  const scope = useScope();
  const accounts = useQuery(accountsQuery(scope));
  const list = accounts.data ?? [];
  if (!accounts.data) return null;
  if (list.length === 0) return <FirstAccount onClose={onClose} />;
  return (
    <EntryForm
      type={type}
      instrumentId={instrumentId}
      onType={onType}
      onClose={onClose}
      accounts={list}
    />
  );
}

function FirstAccount({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="First, an account" onClose={onClose}>
      <p className="mb-4 text-ink-2">
        A transaction belongs to an account: a broker, a bank, a wallet.
      </p>
      <NewAccountFields />
    </Dialog>
  );
}

interface EntryFormProps extends EntryDialogProps {
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly currency: string;
  }[];
}

function EntryForm({ type, instrumentId, onType, onClose, accounts }: EntryFormProps) {
  const locale = useLocale();
  const form = entryForms[type];
  const [draft, setDraft] = useState<Draft>(() =>
    startDraft({
      today: dayOfDate(new Date()),
      accountId: accounts.length === 1 ? accounts[0]?.id : undefined,
      currency: accounts[0]?.currency,
      instrumentId,
    }),
  );
  const [faults, setFaults] = useState<Faults>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const record = useWrite(
    (scope, transaction: Parameters<typeof scope.client.addTransactions>[0][number]) =>
      scope.client.addTransactions([transaction]),
  );
  const fields = [...commonFields, ...form.fields];
  const set = (name: string, value: string, more: Draft = {}) => {
    setDraft({ ...draft, [name]: value, ...more });
    const { [name]: _mended, ...rest } = faults;
    setFaults(rest);
  };
  const submit = (again: boolean) => {
    const reading = readDraft(type, draft, locale);
    setRefusal(null);
    setFaults(reading.faults ?? {});
    if (reading.transaction === null) return focusFirstFault();
    record.mutate(reading.transaction, {
      onSuccess: () => {
        toast(`${form.label} of ${formatDay(draft['effectiveAt'] ?? '', locale)} recorded.`);
        if (again) setDraft(keepForNext(draft));
        else onClose();
      },
      onError: (error) => {
        if (!(error instanceof ProblemError)) return setRefusal(describe(error));
        const said = faultsOfProblem(
          error.problem,
          fields.map(({ name }) => name),
        );
        setFaults(said.faults);
        setRefusal(said.rest);
        focusFirstFault();
      },
    });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit(false);
  };
  return (
    <Dialog
      title="Add a transaction"
      wide
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button busy={record.isPending} onClick={() => submit(true)}>
            Record and add another
          </Button>
          <Button look="primary" type="submit" form="entry" busy={record.isPending}>
            Record
          </Button>
        </>
      }
    >
      <form id="entry" noValidate onSubmit={onSubmit}>
        {refusal && (
          <div role="alert" className="mb-4">
            <Note tone="bad">
              <b>It was not recorded.</b> {refusal}
            </Note>
          </div>
        )}
        <div className="grid sm:grid-cols-2 gap-x-4 gap-y-3.5">
          <TypeField
            type={type}
            onType={(next) => {
              setFaults({});
              setRefusal(null);
              onType(next);
            }}
          />
          {fields.map((spec) => (
            <EntryField
              key={spec.name}
              spec={spec}
              value={draft[spec.name] ?? ''}
              fault={faults[spec.name]}
              accounts={accounts}
              onChange={(value, more) => set(spec.name, value, more)}
            />
          ))}
          <Field label="Note" optional className="sm:col-span-2">
            {(control) => (
              <input
                {...control}
                className="control"
                maxLength={2000}
                value={draft['note'] ?? ''}
                onChange={(event) => set('note', event.target.value)}
              />
            )}
          </Field>
        </div>
      </form>
    </Dialog>
  );
}

/** The next one is likely of the same day, account and currency. */
function keepForNext(draft: Draft): Draft {
  const kept = ['effectiveAt', 'accountId', 'currency', 'sold.currency'];
  return Object.fromEntries(Object.entries(draft).filter(([name]) => kept.includes(name)));
}

function focusFirstFault(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('dialog [aria-invalid="true"]')?.focus(),
  );
}

function TypeField({
  type,
  onType,
}: {
  readonly type: EntryType;
  readonly onType: (type: EntryType) => void;
}) {
  const groups = Map.groupBy(entryTypes, (each) => entryForms[each].group);
  return (
    <Field label="Type" hint={entryForms[type].hint} className="sm:col-span-2">
      {(control) => (
        <select
          {...control}
          className="control"
          value={type}
          onChange={(event) => onType(event.target.value as EntryType)}
        >
          {[...groups].map(([group, types]) => (
            <optgroup key={group} label={group}>
              {types.map((each) => (
                <option key={each} value={each}>
                  {entryForms[each].label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}

interface EntryFieldProps {
  readonly spec: FieldSpec;
  readonly value: string;
  readonly fault: string | undefined;
  readonly accounts: EntryFormProps['accounts'];
  readonly onChange: (value: string, more?: Draft) => void;
}

function EntryField({ spec, value, fault, accounts, onChange }: EntryFieldProps) {
  const wide = spec.kind === 'instrument' || spec.kind === 'text';
  const render = (control: Parameters<Parameters<typeof Field>[0]['children']>[0]): ReactNode => {
    const plain = { ...control, className: 'control', value };
    if (spec.kind === 'instrument') {
      return (
        <InstrumentPicker
          {...control}
          value={value}
          onChange={(chosen) =>
            onChange(
              chosen?.id ?? '',
              chosen && spec.name === 'instrumentId' ? { currency: chosen.currency } : {},
            )
          }
        />
      );
    }
    if (spec.kind === 'account') {
      return (
        <select {...plain} onChange={(event) => onChange(event.target.value)}>
          <option value="">Choose …</option>
          {accounts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      );
    }
    if (spec.kind === 'day')
      return <input {...plain} type="date" onChange={(event) => onChange(event.target.value)} />;
    if (spec.kind === 'currency') {
      return (
        <input
          {...plain}
          maxLength={12}
          autoCapitalize="characters"
          onChange={(event) => onChange(event.target.value.toUpperCase())}
        />
      );
    }
    return (
      <input
        {...plain}
        inputMode={spec.kind === 'exact' ? 'decimal' : 'text'}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    );
  };
  return (
    <Field
      label={spec.label}
      hint={spec.hint}
      fault={fault}
      optional={spec.optional ?? false}
      className={wide ? 'sm:col-span-2' : ''}
    >
      {render}
    </Field>
  );
}
