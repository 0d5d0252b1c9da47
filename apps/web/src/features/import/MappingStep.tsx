import type { ColumnMapping } from '@plimsoll/client';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Section } from '../../ui/Page.tsx';
import { describe, Note } from '../../ui/states.tsx';
import { entryForms, entryTypes } from '../transactions/index.ts';
import { mappableFields, mappingFault, withColumn } from './import-view.ts';

interface MappingStepProps {
  readonly columns: readonly string[];
  readonly suggested: ColumnMapping | null;
  readonly saved: readonly ColumnMapping[];
  readonly onUse: (mapping: ColumnMapping) => void;
}

const empty: ColumnMapping = {
  name: 'My CSV',
  columns: {},
  types: {},
  dateFormat: 'iso',
  decimal: '.',
};

/** For a CSV of no known format: which column means what. Saved, and found again by its header. */
export function MappingStep({ columns, suggested, saved, onUse }: MappingStepProps) {
  const [mapping, setMapping] = useState<ColumnMapping>(suggested ?? empty);
  const [tried, setTried] = useState(false);
  const save = useWrite((scope, body: ColumnMapping) => scope.client.saveMapping(body));
  const fault = mappingFault(mapping);
  const change = (next: Partial<ColumnMapping>) => setMapping({ ...mapping, ...next });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (fault === null) save.mutate(mapping, { onSuccess: () => onUse(mapping) });
  };
  return (
    <Section
      title="What the columns mean"
      card
      action={
        saved.length > 0 && (
          <select
            aria-label="Use a saved mapping"
            className="control w-52!"
            value=""
            onChange={(event) =>
              setMapping(saved.find(({ name }) => name === event.target.value) ?? mapping)
            }
          >
            <option value="">Use a saved one …</option>
            {saved.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )
      }
    >
      <p className="text-ink-2 mb-4">
        No known format fits this file. We have guessed; mend what is wrong.
      </p>
      <form onSubmit={submit} noValidate>
        <div className="grid grid-cols-2 md:grid-cols-4 gap-x-4 gap-y-3">
          {mappableFields.map(([field, label, needed]) => (
            <Field
              key={field}
              label={label}
              optional={!needed}
              fault={
                tried && needed && !mapping.columns[field] && !mapping.constants?.[field]
                  ? 'Choose a column'
                  : undefined
              }
            >
              {(control) => (
                <select
                  {...control}
                  className="control"
                  value={mapping.columns[field] ?? ''}
                  onChange={(event) => setMapping(withColumn(mapping, field, event.target.value))}
                >
                  <option value="">None</option>
                  {columns.map((column) => (
                    <option key={column} value={column}>
                      {column}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          ))}
        </div>
        <div className="grid grid-cols-2 md:grid-cols-4 gap-x-4 gap-y-3 mt-5 pt-5 border-t border-line">
          <Field label="Dates are written">
            {(control) => (
              <select
                {...control}
                className="control"
                value={mapping.dateFormat}
                onChange={(event) =>
                  change({ dateFormat: event.target.value as ColumnMapping['dateFormat'] })
                }
              >
                <option value="iso">2026-03-31</option>
                <option value="dmy">31.03.2026</option>
                <option value="mdy">03/31/2026</option>
                <option value="ymd">2026/03/31</option>
              </select>
            )}
          </Field>
          <Field label="Numbers are written">
            {(control) => (
              <select
                {...control}
                className="control"
                value={mapping.decimal}
                onChange={(event) =>
                  change({ decimal: event.target.value as ColumnMapping['decimal'] })
                }
              >
                <option value=".">1,234.56</option>
                <option value=",">1.234,56</option>
              </select>
            )}
          </Field>
          <Field label="Currency, if no column says it" optional>
            {(control) => (
              <input
                {...control}
                className="control"
                maxLength={12}
                value={mapping.constants?.['currency'] ?? ''}
                onChange={(event) => {
                  const { currency: _before, ...rest } = mapping.constants ?? {};
                  const typed = event.target.value.toUpperCase();
                  change({ constants: typed ? { ...rest, currency: typed } : rest });
                }}
              />
            )}
          </Field>
          <Field label="Name of the mapping">
            {(control) => (
              <input
                {...control}
                className="control"
                maxLength={80}
                value={mapping.name}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
        </div>
        <TypeWords types={mapping.types} onChange={(types) => change({ types })} />
        {(save.isError || (tried && fault)) && (
          <div role="alert" className="mt-4">
            <Note tone="bad">{save.error ? describe(save.error) : fault}</Note>
          </div>
        )}
        <Button type="submit" look="primary" className="mt-5" busy={save.isPending}>
          Save and read the file
        </Button>
      </form>
    </Section>
  );
}

interface TypeWordsProps {
  readonly types: Readonly<Record<string, string>>;
  readonly onChange: (types: Record<string, string>) => void;
}

/** The file's own words for types: `Kauf` is a buy. */
function TypeWords({ types, onChange }: TypeWordsProps) {
  const [word, setWord] = useState('');
  const add = () => {
    if (word.trim() === '') return;
    onChange({ ...types, [word.trim()]: 'buy' });
    setWord('');
  };
  return (
    <fieldset className="mt-5 pt-5 border-t border-line">
      <legend className="sr-only">What the file’s words for types mean</legend>
      <p className="font-med mb-2">The file’s words for types</p>
      <ul className="grid md:grid-cols-2 gap-x-8 gap-y-2">
        {Object.entries(types).map(([term, type]) => (
          <li
            key={term}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_auto] gap-3 items-center"
          >
            <span className="truncate">{term}</span>
            <select
              aria-label={`${term} means`}
              className="control"
              value={type}
              onChange={(event) => onChange({ ...types, [term]: event.target.value })}
            >
              {entryTypes.map((each) => (
                <option key={each} value={each}>
                  {entryForms[each].label}
                </option>
              ))}
            </select>
            <Button
              look="quiet"
              aria-label={`Take ${term} away`}
              onClick={() => {
                const { [term]: _gone, ...rest } = types;
                onChange(rest);
              }}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex gap-2 mt-2 max-w-sm">
        <input
          aria-label="Another word of the file"
          className="control"
          placeholder="A word as the file writes it"
          value={word}
          onChange={(event) => setWord(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add}>Add</Button>
      </div>
    </fieldset>
  );
}
