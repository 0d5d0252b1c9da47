import type { QualityItem } from '@plimsoll/contracts';
import { useState } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { formatDay, isDay } from '../../format/days.ts';
import { sentences } from '../../format/sentence.ts';
import { DecisionButtons } from './DecisionButtons.tsx';
import { Evidence } from './Evidence.tsx';
import { codeWords, decidedText } from './quality-words.ts';

interface FindingProps {
  readonly item: QualityItem;
  /** As the workspace has it. */
  readonly instrument: string;
}

/** A finding: what, why, the figures and their neighbours on demand, and what can be decided. */
export function Finding({ item, instrument }: FindingProps) {
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const day = isDay(item.day) ? formatDay(item.day, locale) : item.day;
  return (
    <li className="py-3 border-b border-line">
      <div className="grid sm:grid-cols-[minmax(0,1fr)_auto] gap-x-6 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-semi">{item.label}</span>
            <span>{day}</span>
            {item.kind !== 'row' && <span className="text-ink-2">{codeWords(item.code)}</span>}
          </p>
          <p className="max-w-[90ch] break-words">{sentences(item.detail)}</p>
          <p className="text-sm text-ink-2 mt-0.5">
            Source: {item.source}
            {item.shared && '. Shared: what is decided holds for all workspaces'}.
          </p>
          {item.state !== 'open' && (
            <p className="text-sm mt-1 break-words">{sentences(decidedText(item))}</p>
          )}
          <details
            className="mt-1.5"
            open={open}
            onToggle={(event) => setOpen(event.currentTarget.open)}
          >
            <summary className="w-fit min-h-6 text-sm font-med text-accent-ink">
              {item.kind === 'note' ? 'Prices around the day' : 'Figures and prices around the day'}
            </summary>
            {open && <Evidence item={item} instrument={instrument} />}
          </details>
        </div>
        <DecisionButtons item={item} />
      </div>
    </li>
  );
}
