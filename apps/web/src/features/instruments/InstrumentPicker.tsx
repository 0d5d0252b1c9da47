import type { Instrument } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { instrumentsQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/class-names.ts';
import { Field } from '../../ui/Field.tsx';
import { describe } from '../../ui/states.tsx';

interface PickerProps {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
  /** Id of the chosen one, empty for none. */
  readonly value: string;
  readonly placeholder?: string;
  readonly onChange: (instrument: Instrument | null) => void;
  /** What a new one is called at first. */
  readonly suggestion?: {
    readonly name?: string | null;
    readonly symbol?: string | null;
    readonly isin?: string | null;
    readonly currency?: string | null;
  };
}

const most = 8;

/** A field that finds an instrument by symbol, name or ISIN, and makes it where there is none. */
export function InstrumentPicker(props: PickerProps) {
  const scope = useScope();
  const list = useId();
  const [text, setText] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const [making, setMaking] = useState(false);
  const all = useQuery(instrumentsQuery(scope));
  const found = useQuery({ ...instrumentsQuery(scope, text ?? ''), enabled: text !== null });
  const chosen = all.data?.find(({ id }) => id === props.value);
  const options = (found.data ?? []).slice(0, most);
  const open = text !== null && !making;
  const choose = (instrument: Instrument | null) => {
    props.onChange(instrument);
    setText(null);
    setMaking(false);
  };
  const take = () => {
    const option = options[active];
    if (option) choose(option);
    else setMaking(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      setText(text ?? '');
      setActive(Math.min(active + 1, options.length));
    } else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && open) take();
    else if (event.key === 'Escape' && open) setText(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="relative">
      <input
        id={props.id}
        aria-invalid={props['aria-invalid']}
        aria-describedby={props['aria-describedby']}
        role="combobox"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${list}-${active}` : undefined}
        autoComplete="off"
        className="control"
        placeholder={props.placeholder ?? 'Symbol, name or ISIN'}
        value={text ?? (chosen ? nameOf(chosen) : '')}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          if (props.value) props.onChange(null);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setText((typed) => (making ? typed : null))}
      />
      {open && (
        <div
          id={list}
          role="listbox"
          aria-label="Instruments"
          className="absolute z-40 inset-x-0 mt-1 bg-raised shadow-pop rounded-md p-1"
        >
          {options.map((option, index) => (
            <Option
              key={option.id}
              id={`${list}-${index}`}
              active={index === active}
              onTake={() => choose(option)}
            >
              <span className="font-semi">{option.label}</span>{' '}
              <span className="text-ink-2">{option.name === option.label ? '' : option.name}</span>
              <span className="text-ink-3 ml-auto pl-3 text-sm whitespace-nowrap">
                {option.currency}
              </span>
            </Option>
          ))}
          <Option
            id={`${list}-${options.length}`}
            active={active === options.length}
            onTake={() => setMaking(true)}
          >
            <span className="text-accent-ink font-med">
              Make a new instrument{text ? ` “${text}”` : ''}
            </span>
          </Option>
        </div>
      )}
      {making && (
        <NewInstrument
          suggestion={{ ...props.suggestion, ...(text ? guess(text) : {}) }}
          onDone={choose}
          onCancel={() => {
            setMaking(false);
            setText(null);
          }}
        />
      )}
    </div>
  );
}

const nameOf = ({ label, name }: Instrument) => (label === name ? label : `${label} · ${name}`);

/** Twelve characters of the right shape are an ISIN, one short word a symbol, else it is a name. */
function guess(text: string) {
  if (/^[A-Z]{2}[A-Z0-9]{9}\d$/i.test(text)) return { isin: text.toUpperCase() };
  return /^[\w.-]{1,8}$/.test(text) ? { symbol: text.toUpperCase() } : { name: text };
}

interface OptionProps {
  readonly id: string;
  readonly active: boolean;
  readonly onTake: () => void;
  readonly children: React.ReactNode;
}

function Option({ id, active, onTake, children }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
    <div
      id={id}
      role="option"
      aria-selected={active}
      className={cx(
        'flex items-center gap-1.5 px-2 min-h-8 pointer-coarse:min-h-11 rounded-sm cursor-pointer hover:bg-hover',
        active && 'bg-hover',
      )}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      {children}
    </div>
  );
}

interface NewInstrumentProps {
  readonly suggestion: NonNullable<PickerProps['suggestion']>;
  readonly onDone: (instrument: Instrument) => void;
  readonly onCancel: () => void;
}

const kinds = [
  ['equity', 'Share'],
  ['etf', 'ETF'],
  ['fund', 'Fund'],
  ['bond', 'Bond'],
  ['crypto', 'Crypto'],
  ['commodity', 'Commodity'],
  ['option', 'Option'],
  ['future', 'Future'],
  ['index', 'Index'],
] as const;

function NewInstrument({ suggestion, onDone, onCancel }: NewInstrumentProps) {
  const [draft, setDraft] = useState({
    name: suggestion.name ?? '',
    symbol: suggestion.symbol ?? '',
    isin: suggestion.isin ?? '',
    currency: suggestion.currency ?? 'EUR',
    kind: 'equity' as (typeof kinds)[number][0],
  });
  const make = useWrite((scope, body: Parameters<typeof scope.client.addInstrument>[0]) =>
    scope.client.addInstrument(body),
  );
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const save = () =>
    make.mutate(
      {
        kind: draft.kind,
        name: draft.name || draft.symbol || draft.isin,
        currency: draft.currency,
        ...(draft.symbol ? { symbol: draft.symbol } : {}),
        ...(draft.isin ? { isin: draft.isin } : {}),
      },
      { onSuccess: onDone },
    );
  return (
    <div className="mt-2 p-3 rounded-md border border-line bg-sunken grid grid-cols-2 gap-3">
      <Field label="Name" className="col-span-2">
        {(control) => (
          <input
            {...control}
            className="control"
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="Symbol" optional>
        {(control) => (
          <input
            {...control}
            className="control"
            value={draft.symbol}
            onChange={(event) => set({ symbol: event.target.value.toUpperCase() })}
          />
        )}
      </Field>
      <Field label="ISIN" optional>
        {(control) => (
          <input
            {...control}
            className="control"
            value={draft.isin}
            maxLength={12}
            onChange={(event) => set({ isin: event.target.value.toUpperCase() })}
          />
        )}
      </Field>
      <Field label="Priced in">
        {(control) => (
          <input
            {...control}
            className="control"
            value={draft.currency}
            maxLength={12}
            onChange={(event) => set({ currency: event.target.value.toUpperCase() })}
          />
        )}
      </Field>
      <Field label="Kind">
        {(control) => (
          <select
            {...control}
            className="control"
            value={draft.kind}
            onChange={(event) => set({ kind: event.target.value as typeof draft.kind })}
          >
            {kinds.map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {make.isError && (
        <p role="alert" className="col-span-2 text-bad">
          {describe(make.error)}
        </p>
      )}
      <div className="col-span-2 flex gap-2 justify-end">
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          busy={make.isPending}
          disabled={!(draft.name || draft.symbol || draft.isin)}
          onClick={save}
        >
          Make it
        </Button>
      </div>
    </div>
  );
}
