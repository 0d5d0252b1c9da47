import type { InstrumentMatch } from '@plimsoll/contracts';
import { useId } from 'react';
import { Section } from '../../ui/Page.tsx';
import { InstrumentPicker } from '../instruments/index.ts';
import { newInstruments } from './import-view.ts';

interface StepProps {
  readonly matches: readonly InstrumentMatch[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly onChange: (chosen: Readonly<Record<string, string>>) => void;
}

/** Instruments that the files name and the record does not know: made as they are, or told to be another. */
export function InstrumentStep({ matches, chosen, onChange }: StepProps) {
  const fresh = [
    ...newInstruments(matches),
    ...matches.filter(({ key, status }) => status === 'known' && key in chosen),
  ];
  const known = matches.length - fresh.length;
  if (fresh.length === 0) {
    return (
      <Section title="Instruments">
        <p className="border-t border-line pt-3 text-ink-2">All {known} are known already.</p>
      </Section>
    );
  }
  return (
    <Section title="Instruments" count={fresh.length}>
      <p className="text-ink-2 mb-2">
        {known > 0 && `${known} are known already. `}
        These are new and will be made. Where one is only another name for something you have, say
        so once: it is remembered.
      </p>
      <ul className="border-t border-line">
        {fresh.map((match) => (
          <MatchRow
            key={match.key}
            match={match}
            value={chosen[match.key] ?? ''}
            onChange={(id) => {
              const { [match.key]: _before, ...rest } = chosen;
              onChange(id === '' ? rest : { ...rest, [match.key]: id });
            }}
          />
        ))}
      </ul>
    </Section>
  );
}

interface MatchRowProps {
  readonly match: InstrumentMatch;
  readonly value: string;
  readonly onChange: (instrumentId: string) => void;
}

function MatchRow({ match, value, onChange }: MatchRowProps) {
  const id = useId();
  const names = [match.isin, match.symbol, match.currency].filter(Boolean).join(' · ');
  const title = match.name ?? match.symbol ?? match.key;
  return (
    <li className="grid md:grid-cols-[minmax(0,1fr)_90px_320px] gap-x-6 gap-y-1 items-center py-2.5 border-b border-line">
      <span className="min-w-0">
        <span className="block font-semi truncate">{title}</span>
        <span className="block text-sm text-ink-2 truncate">{names}</span>
      </span>
      <span className="text-sm text-ink-3">
        {match.rows} {match.rows === 1 ? 'row' : 'rows'}
      </span>
      <span>
        <label htmlFor={id} className="sr-only">
          What {title} is
        </label>
        <InstrumentPicker
          id={id}
          aria-invalid={false}
          aria-describedby={undefined}
          value={value}
          placeholder="New, unless you choose one you have"
          suggestion={match}
          onChange={(instrument) => onChange(instrument?.id ?? '')}
        />
      </span>
    </li>
  );
}
