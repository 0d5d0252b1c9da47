import type { ActionProposal } from '@plimsoll/contracts';
import { type FormEvent, useState } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { formatDay } from '../../format/days.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { describe, Note } from '../../ui/states.tsx';
import { InstrumentPicker } from '../instruments/index.ts';
import { readNumber } from '../transactions/index.ts';
import { kindLabels, mustSay, type OwnFigure, ownFigures } from './action-words.ts';
import { Meaning } from './ProposalRow.tsx';
import { Recorded } from './Recorded.tsx';
import { type ProposalDecision, useDecide } from './use-decide.ts';

interface ConfirmDialogProps {
  readonly proposal: ActionProposal;
  readonly onClose: () => void;
}

type Draft = Readonly<Partial<Record<OwnFigure, string>>>;
const numbers: readonly OwnFigure[] = ['amount', 'tax', 'costShare'];

/** Confirms one proposal with figures as the broker booked them. */
export function ConfirmDialog({ proposal, onClose }: ConfirmDialogProps) {
  const locale = useLocale();
  const { decide, busy, error } = useDecide();
  const [draft, setDraft] = useState<Draft>({});
  const [tried, setTried] = useState(false);
  const fields = ownFigures(proposal);
  const faults = faultsOf(draft, mustSay(proposal), locale);
  const set = (change: Draft) => setDraft({ ...draft, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    decide([decisionOf(proposal.id, draft, locale)], {
      onDone: onClose,
      // The dialog shows it.
      onError: () => undefined,
    });
  };
  const shown = tried ? faults : {};
  return (
    <Dialog
      title={`${kindLabels[proposal.kind]} of ${proposal.instrument}`}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form="proposal" look="primary" busy={busy}>
            Confirm
          </Button>
        </>
      }
    >
      <form id="proposal" noValidate onSubmit={submit} className="space-y-4">
        {error && (
          <div role="alert">
            <Note tone="bad">
              <b>Nothing is recorded.</b> {describe(error)}
            </Note>
          </div>
        )}
        <div>
          <p className="text-ink-2">
            {formatDay(proposal.day, locale)}, {proposal.account}
          </p>
          <Meaning proposal={proposal} />
          <Recorded transactions={proposal.transactions} title="As reckoned" />
        </div>
        <div className="grid sm:grid-cols-2 gap-4">
          {fields.map((name) => (
            <OwnField
              key={name}
              name={name}
              proposal={proposal}
              value={draft[name] ?? ''}
              fault={shown[name]}
              onChange={(value) => set({ [name]: value })}
            />
          ))}
        </div>
        <p className="text-sm text-ink-3">What you leave empty stays as reckoned.</p>
      </form>
    </Dialog>
  );
}

/** What cannot be sent as it stands, by field. */
function faultsOf(draft: Draft, needsShare: boolean, locale: string): Draft {
  const faults: Partial<Record<OwnFigure, string>> = {};
  for (const name of numbers) {
    const text = draft[name] ?? '';
    if (text !== '' && readNumber(text, locale) === null) faults[name] = 'Not a number.';
  }
  if (needsShare && (draft.costShare ?? '') === '')
    faults.costShare = 'Say it: your broker or the company’s notice has it.';
  return faults;
}

function decisionOf(id: string, draft: Draft, locale: string): ProposalDecision {
  const said = Object.entries(draft).flatMap(([name, text]) => {
    if (text === undefined || text === '') return [];
    const isNumber = numbers.includes(name as OwnFigure);
    return [[name, isNumber ? (readNumber(text, locale) ?? text) : text]];
  });
  return { id, decision: 'confirmed', ...Object.fromEntries(said) };
}

interface OwnFieldProps {
  readonly name: OwnFigure;
  readonly proposal: ActionProposal;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (value: string) => void;
}

function OwnField({ name, proposal, value, fault, onChange }: OwnFieldProps) {
  const reckoned = proposal.transactions[0] ?? {};
  const locale = useLocale();
  const placeholder = (key: string) => String(reckoned[key] ?? '');
  if (name === 'successor') {
    return (
      <Field
        label="The other instrument"
        optional
        hint="Made by itself where you choose none."
        className="sm:col-span-2"
      >
        {(control) => (
          <InstrumentPicker
            {...control}
            value={value}
            onChange={(chosen) => onChange(chosen?.id ?? '')}
          />
        )}
      </Field>
    );
  }
  if (name === 'on') {
    return (
      <Field
        label="Booked on"
        optional
        hint={`Else ${formatDay(placeholder('effectiveAt') || proposal.day, locale)}.`}
      >
        {(control) => (
          <input
            {...control}
            type="date"
            className="control"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
    );
  }
  const { label, hint } = figures[name];
  const currency = String(reckoned['currency'] ?? '');
  return (
    <Field
      label={name === 'costShare' || currency === '' ? label : `${label}, ${currency}`}
      hint={hint}
      fault={fault}
      optional={name !== 'costShare' || !mustSay(proposal)}
    >
      {(control) => (
        <input
          {...control}
          className="control"
          inputMode="decimal"
          autoComplete="off"
          placeholder={placeholder(name)}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

const figures = {
  amount: { label: 'Amount before tax', hint: 'As your broker booked it.' },
  tax: { label: 'Tax withheld', hint: 'None where you leave it empty.' },
  costShare: { label: 'Share of the cost', hint: 'That goes to the child, 0 to 1.' },
} as const;
