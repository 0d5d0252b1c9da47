import type { NewCorporateAction } from '@plimsoll/client';
import type { CorporateActionReply } from '@plimsoll/contracts';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { describe, Note } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { InstrumentPicker } from '../instruments/index.ts';
import { type ActionKind, actionKinds, entryFields, kindLabels } from './action-words.ts';
import { type ActionDraft, bodyOf, emptyDraft, faultsOf } from './entry.ts';

/** One by hand, for all who hold the instrument. */
export function AddAction({ onClose }: { readonly onClose: () => void }) {
  const locale = useLocale();
  const search = useSearch({ from: '/actions' });
  const [draft, setDraft] = useState<ActionDraft>({
    ...emptyDraft,
    instrument: search.instrument ?? '',
  });
  const [tried, setTried] = useState(false);
  const withdraw = useWrite(({ client }, id: string) => client.withdrawAction(id));
  const add = useWrite(({ client }, body: NewCorporateAction) => client.addAction(body));
  const set = (change: Partial<ActionDraft>) => setDraft({ ...draft, ...change });
  const faults = faultsOf(draft, locale);
  const undo = ({ id }: CorporateActionReply) =>
    withdraw.mutate(id, {
      onSuccess: () => toast('The action is withdrawn.'),
      onError: (error) => toast(describe(error), { tone: 'bad' }),
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    add.mutate(bodyOf(draft, locale), {
      onSuccess: (action) => {
        toast('The action is entered, and offered to each account that held it.', {
          action: { label: 'Undo', run: () => undo(action) },
        });
        onClose();
      },
    });
  };
  return (
    <Dialog
      title="Enter a corporate action"
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form="action" look="primary" busy={add.isPending}>
            Enter
          </Button>
        </>
      }
    >
      <form id="action" noValidate onSubmit={submit} className="grid sm:grid-cols-2 gap-4">
        {add.isError && (
          <div role="alert" className="sm:col-span-2">
            <Note tone="bad">{describe(add.error)}</Note>
          </div>
        )}
        <DraftFields draft={draft} faults={tried ? faults : {}} onChange={set} />
        <p className="sm:col-span-2 text-sm text-ink-3">
          It counts for everyone who holds the instrument here. Of a public listing it counts in all
          workspaces.
        </p>
      </form>
    </Dialog>
  );
}

interface DraftFieldsProps {
  readonly draft: ActionDraft;
  readonly faults: Partial<Record<keyof ActionDraft, string>>;
  readonly onChange: (change: Partial<ActionDraft>) => void;
}

function DraftFields({ draft, faults: shown, onChange: set }: DraftFieldsProps) {
  const { value, cash, other, second, pays } = entryFields(draft.kind);
  const field = (name: keyof ActionDraft, label: string, more: Partial<TextFieldProps> = {}) => (
    <TextField
      label={label}
      value={draft[name]}
      fault={shown[name]}
      onChange={(text) => set({ [name]: text })}
      {...more}
    />
  );
  return (
    <>
      <Field label="Instrument" fault={shown.instrument} className="sm:col-span-2">
        {(control) => (
          <InstrumentPicker
            {...control}
            value={draft.instrument}
            onChange={(chosen) =>
              set({
                instrument: chosen?.id ?? '',
                currency: draft.currency || (chosen?.currency ?? ''),
              })
            }
          />
        )}
      </Field>
      <Field label="Kind">
        {(control) => (
          <select
            {...control}
            className="control"
            value={draft.kind}
            onChange={(event) => set({ kind: event.target.value as ActionKind })}
          >
            {actionKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kindLabels[kind]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {field('day', 'Ex-day', {
        type: 'date',
        hint: 'Whoever held it the day before has it.',
      })}
      {value && field('value', value.label, { hint: value.hint, numeric: draft.kind !== 'split' })}
      {cash && field('currency', 'Currency', { upper: true })}
      {other && field('other', other.label, { upper: true, optional: other.optional })}
      {second &&
        field('second', second.label, { hint: second.hint, optional: true, numeric: true })}
      {pays && field('payDay', 'Paid on', { type: 'date', optional: true })}
    </>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
  readonly hint?: ReactNode;
  readonly type?: 'date';
  readonly optional?: boolean;
  readonly numeric?: boolean;
  readonly upper?: boolean;
}

function TextField({
  label,
  value,
  fault,
  onChange,
  hint,
  type,
  optional,
  numeric,
  upper,
}: TextFieldProps) {
  return (
    <Field label={label} hint={hint} fault={fault} optional={optional ?? false}>
      {(control) => (
        <input
          {...control}
          className="control"
          type={type ?? 'text'}
          inputMode={numeric ? 'decimal' : 'text'}
          autoComplete="off"
          maxLength={60}
          value={value}
          onChange={(event) =>
            onChange(upper ? event.target.value.toUpperCase() : event.target.value)
          }
        />
      )}
    </Field>
  );
}
