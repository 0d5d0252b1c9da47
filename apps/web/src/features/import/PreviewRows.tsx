import type { ImportPreview, PreviewRow } from '@plimsoll/contracts';
import { CircleCheck, CircleMinus, CircleX, Copy } from 'lucide-react';
import { useState } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { formatDay } from '../../format/days.ts';
import { formatCount } from '../../format/numbers.ts';
import { Amount, PriceText, Quantity } from '../../ui/Amount.tsx';
import { Button } from '../../ui/Button.tsx';
import { Section } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { typeLabel } from '../transactions/index.ts';
import { countsOf, type Status, statuses, statusLabel } from './import-view.ts';

const pageRows = 100;
const icons = {
  add: CircleCheck,
  refused: CircleX,
  duplicate: Copy,
  ignored: CircleMinus,
} as const;
const tones = {
  add: 'text-ink-2',
  refused: 'text-bad',
  duplicate: 'text-ink-3',
  ignored: 'text-ink-3',
} as const;

/** Every row of the dry run: what becomes of it, and for a refused one why and what would mend it. */
export function PreviewRows({ preview }: { readonly preview: ImportPreview }) {
  const locale = useLocale();
  const counts = countsOf(preview);
  const [only, setOnly] = useState<Status | 'all'>(counts.refused > 0 ? 'refused' : 'all');
  const [shown, setShown] = useState(pageRows);
  const fit = preview.rows.filter(({ status }) => only === 'all' || status === only);
  const all = statuses.reduce((sum, status) => sum + counts[status], 0);
  return (
    <Section title="Rows">
      <div className="mb-3 overflow-x-auto">
        <Segmented
          label="Show rows"
          value={only}
          options={[
            { value: 'all', label: `All ${formatCount(all, locale)}` },
            ...statuses
              .filter((status) => counts[status] > 0)
              .map((status) => ({
                value: status,
                label: `${statusLabel[status]} ${formatCount(counts[status], locale)}`,
              })),
          ]}
          onChange={(next) => {
            setOnly(next);
            setShown(pageRows);
          }}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it */}
      <section aria-label="Rows of the files" tabIndex={0} className="overflow-x-auto">
        <table className="min-w-[820px]">
          <thead>
            <tr>
              {['Line', 'What becomes of it', 'Date', 'Type', 'Instrument'].map((title) => (
                <th key={title} scope="col" className="head-cell">
                  {title}
                </th>
              ))}
              {['Quantity', 'Price', 'Amount', 'Costs'].map((title) => (
                <th key={title} scope="col" className="head-cell text-right">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fit.slice(0, shown).map((row) => (
              <Row
                key={`${row.file} ${row.line} ${row.type} ${row.amount} ${row.quantity} ${row.reason}`}
                row={row}
              />
            ))}
          </tbody>
        </table>
      </section>
      {fit.length > shown && (
        <Button className="mt-3" onClick={() => setShown(shown + 5 * pageRows)}>
          Show more ({formatCount(fit.length - shown, locale)} left)
        </Button>
      )}
      {preview.rows.length < all && (
        <p className="mt-2 text-sm text-ink-2">
          The first {formatCount(preview.rows.length, locale)} rows are listed; the numbers count
          all.
        </p>
      )}
    </Section>
  );
}

function Row({ row }: { readonly row: PreviewRow }) {
  const locale = useLocale();
  const Icon = icons[row.status];
  const currency = row.currency ?? 'EUR';
  const dim = row.status === 'duplicate' || row.status === 'ignored' ? 'text-ink-3' : '';
  return (
    <tr className={dim}>
      <th scope="row" className="cell font-reg text-ink-3" title={row.file}>
        {row.line}
      </th>
      <td className="cell min-w-56 h-auto! py-2">
        <span className={`flex items-center gap-1.5 font-med ${tones[row.status]}`}>
          <Icon
            size={14}
            aria-hidden
            className={`shrink-0 ${row.status === 'add' ? 'text-ok' : ''}`}
          />{' '}
          {statusLabel[row.status]}
        </span>
        {row.reason && <span className="block text-sm text-ink-2 max-w-[52ch]">{row.reason}</span>}
        {row.fix && <span className="block text-sm text-ink max-w-[52ch]">{row.fix}</span>}
      </td>
      <td className="cell whitespace-nowrap">
        {row.effectiveAt && formatDay(row.effectiveAt, locale)}
      </td>
      <td className="cell whitespace-nowrap">{row.type && typeLabel(row.type)}</td>
      <td className="cell max-w-48 truncate" title={row.instrument ?? ''}>
        {row.instrument}
      </td>
      <td className="cell text-right">
        {row.quantity !== null && <Quantity value={row.quantity} />}
      </td>
      <td className="cell text-right">
        {row.price !== null && <PriceText value={row.price} currency={currency} />}
      </td>
      <td className="cell text-right">
        {row.amount !== null && <Amount value={row.amount} currency={currency} />}
      </td>
      <td className="cell text-right">
        {[row.fee, row.tax].map((cost, index) =>
          cost !== null && !/^-?0*\.?0*$/.test(cost) ? (
            <span
              key={index === 0 ? 'fee' : 'tax'}
              className="block"
              title={index === 0 ? 'Fee' : 'Tax'}
            >
              <Amount value={cost} currency={currency} />
            </span>
          ) : null,
        )}
      </td>
    </tr>
  );
}
