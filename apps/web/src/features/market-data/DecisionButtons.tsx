import type { QualityItem } from '@plimsoll/contracts';
import { type FormEvent, useState } from 'react';
import { tell, useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { describe, Note } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { choicesOf, type Decision, decisionWords } from './quality-words.ts';

/** What can be decided now. What changes prices asks for a reason first; all else can be undone. */
export function DecisionButtons({ item }: { readonly item: QualityItem }) {
  const [asking, setAsking] = useState<Decision | null>(null);
  const decide = useWrite(
    ({ client }, wanted: { readonly decision: Decision; readonly reason: string }) =>
      client.decideQuality(item.id, wanted),
  );
  const back = () =>
    tell(
      decide.mutateAsync({ decision: 'reopened', reason: 'Taken back.' }),
      () => toast('It waits again.'),
      (error) => toast(describe(error), { tone: 'bad' }),
    );
  const carryOut = (decision: Decision, reason: string) =>
    tell(
      decide.mutateAsync({ decision, reason }),
      () => {
        setAsking(null);
        const canUndo = decision === 'seen' || decision === 'rejected';
        toast(
          decisionWords(item.kind, decision).done,
          canUndo ? { action: { label: 'Undo', run: back } } : {},
        );
      },
      (error) => {
        if (asking === null) toast(describe(error), { tone: 'bad' });
      },
    );
  const choose = (decision: Decision) => {
    decide.reset();
    if (decisionWords(item.kind, decision).ask) setAsking(decision);
    else carryOut(decision, decision === 'seen' ? 'Looked at.' : 'To be looked at again.');
  };
  return (
    <div className="flex flex-wrap gap-2 items-start">
      {choicesOf(item).map((decision) => {
        const { button } = decisionWords(item.kind, decision);
        return (
          <Button
            key={decision}
            busy={decide.isPending}
            aria-label={`${button}: ${item.label}, ${item.day}`}
            onClick={() => choose(decision)}
          >
            {button}
          </Button>
        );
      })}
      {asking && (
        <ReasonDialog
          item={item}
          decision={asking}
          busy={decide.isPending}
          error={decide.error}
          onDecide={(reason) => carryOut(asking, reason)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

interface ReasonDialogProps {
  readonly item: QualityItem;
  readonly decision: Decision;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onDecide: (reason: string) => void;
  readonly onClose: () => void;
}

function ReasonDialog({ item, decision, busy, error, onDecide, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const { button, ask } = decisionWords(item.kind, decision);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDecide(reason.trim());
  };
  return (
    <Dialog
      title={ask?.title ?? button}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            form="reason"
            look="primary"
            busy={busy}
            disabled={reason.trim() === ''}
          >
            {button}
          </Button>
        </>
      }
    >
      <form id="reason" onSubmit={submit} className="space-y-4">
        {error && (
          <div role="alert">
            <Note tone="bad">{describe(error)}</Note>
          </div>
        )}
        <p>
          <b>
            {item.label}, {item.day}.
          </b>{' '}
          {item.detail}
        </p>
        <p className="text-ink-2">{ask?.after}</p>
        <Field label="Reason" hint="Kept on record with the decision.">
          {(control) => (
            <input
              {...control}
              className="control"
              required
              maxLength={500}
              autoComplete="off"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
