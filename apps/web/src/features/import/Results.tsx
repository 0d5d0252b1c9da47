import type { ImportSummary, PricesReply } from '@plimsoll/contracts';
import { Link } from '@tanstack/react-router';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useLocale } from '../../data/prefs.ts';
import { formatDay } from '../../format/days.ts';
import { formatCount, formatWhole } from '../../format/numbers.ts';
import { sentences } from '../../format/sentence.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { outcomeOf } from './import-view.ts';
import { UndoButton } from './UndoButton.tsx';

/** What the import did, whether it agrees with the file's own totals, and the way on and back. */
export function ImportResult({ summary }: { readonly summary: ImportSummary }) {
  return (
    <section aria-label="Result" className="mt-5 bg-panel border border-line rounded-lg p-5">
      <p className="flex items-center gap-2 text-lg font-semi" role="status">
        <CircleCheck size={18} aria-hidden className="text-ok" /> {outcomeOf(summary)}
      </p>
      {summary.checks.length > 0 && (
        <div className="mt-4">
          <Checks checks={summary.checks} />
        </div>
      )}
      {summary.refused.length > 0 && (
        <details className="mt-4">
          <summary className="font-med min-h-6">
            The {summary.refused.length} rows that were left out
          </summary>
          <ul className="mt-2 space-y-1 text-ink-2">
            {summary.refused.slice(0, 200).map((row) => (
              <li key={`${row.file} ${row.line} ${row.code} ${row.column}`}>
                {row.file}, line {row.line}: {sentences(row.reason, row.fix)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="mt-5 flex flex-wrap gap-2">
        <Link to="/overview" className={buttonClass('primary')}>
          See the overview
        </Link>
        {summary.importId && (
          <Link
            to="/transactions"
            search={{ import: summary.importId }}
            className={buttonClass('plain')}
          >
            See the transactions
          </Link>
        )}
        {summary.importId && <UndoButton id={summary.importId} rows={summary.added} />}
      </div>
    </section>
  );
}

/** What the file states against what we hold, each as agreed or not. */
export function Checks({ checks }: { readonly checks: ImportSummary['checks'] }) {
  const locale = useLocale();
  const agree = checks.filter(({ agrees }) => agrees).length;
  const differ = checks.filter(({ agrees }) => !agrees);
  return (
    <div className="border-t border-line pt-3">
      {agree > 0 && (
        <p className="flex items-center gap-2">
          <CircleCheck size={15} aria-hidden className="text-ok" />
          {agree} of {checks.length} {checks.length === 1 ? 'total agrees' : 'totals agree'} with
          the file
        </p>
      )}
      {differ.length > 0 && (
        <table className="mt-2 max-w-[720px]">
          <caption className="sr-only">Totals that differ from the file</caption>
          <thead>
            <tr className="text-ink-2 text-sm">
              <th scope="col" className="font-reg py-1">
                Differs
              </th>
              <th scope="col" className="font-reg py-1 text-right">
                The file says
              </th>
              <th scope="col" className="font-reg py-1 text-right">
                The record has
              </th>
            </tr>
          </thead>
          <tbody>
            {differ.map(({ what, stated, ours }) => (
              <tr key={what} className="border-t border-line">
                <th scope="row" className="font-reg py-1.5">
                  <span className="flex items-center gap-2">
                    <TriangleAlert size={14} aria-hidden className="text-warn shrink-0" /> {what}
                  </span>
                </th>
                <td className="text-right">{formatWhole(stated, locale)}</td>
                <td className="text-right">{formatWhole(ours, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** Which prices came in, of what and from when to when. */
export function PricesResult({ reply }: { readonly reply: PricesReply }) {
  const locale = useLocale();
  const count = (value: number) => formatCount(value, locale);
  return (
    <section aria-label="Prices" className="mt-5 bg-panel border border-line rounded-lg p-5">
      <p className="flex items-center gap-2 text-lg font-semi" role="status">
        <CircleCheck size={18} aria-hidden className="text-ok" />
        {count(reply.added)} prices were added
        {reply.changed > 0 && `, ${count(reply.changed)} changed`}.
      </p>
      <ul className="mt-3 space-y-1">
        {reply.series.map((series) => (
          <li key={series.instrumentId}>
            <span className="font-semi">{series.label}</span>{' '}
            <span className="text-ink-2">
              {series.first &&
                series.last &&
                `${formatDay(series.first, locale)} to ${formatDay(series.last, locale)}`}
            </span>
          </li>
        ))}
      </ul>
      {reply.refused.length > 0 && (
        <ul className="mt-3 space-y-1 text-bad">
          {reply.refused.slice(0, 50).map((row) => (
            <li key={`${row.file} ${row.line} ${row.reason}`}>
              {row.file}
              {row.line !== null && `, line ${row.line}`}: {sentences(row.reason, row.fix)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
