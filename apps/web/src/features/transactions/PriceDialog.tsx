import { type FormEvent, useState } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { useWrite } from '../../data/use-write.ts';
import { dayOfDate } from '../../format/days.ts';
import { sentences } from '../../format/sentence.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { describe, Note } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { InstrumentPicker } from '../instruments/index.ts';
import { readNumber } from './read-number.ts';

interface PriceDialogProps {
  readonly instrumentId: string | undefined;
  readonly onClose: () => void;
}

/** One price of one day, by hand. */
export function PriceDialog({ instrumentId, onClose }: PriceDialogProps) {
  const locale = useLocale();
  const [instrument, setInstrument] = useState(instrumentId ?? '');
  const [currency, setCurrency] = useState('');
  const [day, setDay] = useState(dayOfDate(new Date()));
  const [close, setClose] = useState('');
  const [tried, setTried] = useState(false);
  const add = useWrite((scope, body: Parameters<typeof scope.client.addPrices>[0]) =>
    scope.client.addPrices(body),
  );
  const read = readNumber(close, locale);
  const refused = add.data?.refused[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (instrument === '' || read === null) return;
    add.mutate(
      { instrumentId: instrument, prices: [{ day, close: read }] },
      {
        onSuccess: ({ refused: none }) => {
          if (none.length > 0) return;
          toast('The price is recorded.');
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title="Add a price"
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form="price" busy={add.isPending}>
            Record
          </Button>
        </>
      }
    >
      <form id="price" noValidate onSubmit={submit} className="grid grid-cols-2 gap-4">
        {(add.isError || refused) && (
          <div role="alert" className="col-span-2">
            <Note tone="bad">
              {add.error
                ? describe(add.error)
                : sentences(refused?.reason ?? '', refused?.fix ?? '')}
            </Note>
          </div>
        )}
        <Field
          label="Instrument"
          className="col-span-2"
          fault={tried && instrument === '' ? 'Choose an instrument' : undefined}
        >
          {(control) => (
            <InstrumentPicker
              {...control}
              value={instrument}
              onChange={(chosen) => {
                setInstrument(chosen?.id ?? '');
                setCurrency(chosen?.currency ?? '');
              }}
            />
          )}
        </Field>
        <Field label="Day">
          {(control) => (
            <input
              {...control}
              type="date"
              className="control"
              value={day}
              onChange={(event) => setDay(event.target.value)}
            />
          )}
        </Field>
        <Field
          label={currency ? `Closing price, ${currency}` : 'Closing price'}
          hint="In the currency and unit it is quoted in."
          fault={tried && read === null ? 'Write a number such as 12.34' : undefined}
        >
          {(control) => (
            <input
              {...control}
              inputMode="decimal"
              className="control"
              autoComplete="off"
              value={close}
              onChange={(event) => setClose(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
