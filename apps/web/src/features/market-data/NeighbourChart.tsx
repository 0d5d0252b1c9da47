import { useState } from 'react';
import { useLocale } from '../../data/prefs.ts';
import { formatDay } from '../../format/days.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { QualityKind } from './quality-words.ts';

interface NeighbourChartProps {
  readonly around: Neighbourhood;
  readonly box: { readonly width: number; readonly height: number };
  readonly day: string;
  readonly kind: QualityKind;
}

/** The closes that count around a day, with the odd one among them; the same as a table on demand. */
export function NeighbourChart({ around, box, day, kind }: NeighbourChartProps) {
  const locale = useLocale();
  const [asTable, setAsTable] = useState(false);
  const price = (value: number) =>
    new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 }).format(value);
  const closes = around.points.map(({ close }) => close);
  const odd = around.odd
    ? ` The ring is the close ${kind === 'repair' ? 'before the repair' : 'that was kept back'}, of ${formatDay(day, locale)}.`
    : '';
  const scale = around.isLogarithmic ? ' Heights count in ratios.' : '';
  return (
    <figure>
      {asTable ? (
        <div className="max-h-60 overflow-y-auto" tabIndex={-1}>
          <table className="text-sm">
            <thead>
              <tr>
                <th scope="col" className="head-cell">
                  Day
                </th>
                <th scope="col" className="head-cell text-right">
                  Close
                </th>
              </tr>
            </thead>
            <tbody>
              {around.points.map((one) => (
                <tr key={one.day}>
                  <th scope="row" className="cell h-7! font-reg">
                    {formatDay(one.day, locale)}
                  </th>
                  <td className="cell h-7! text-right">{price(one.close)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${box.width} ${box.height}`}
          className="w-full border-y border-line"
        >
          <path d={around.path} fill="none" stroke="var(--c1)" strokeWidth="1.5" />
          {around.odd && (
            <circle
              cx={around.odd.x}
              cy={around.odd.y}
              r="4.5"
              fill="var(--panel)"
              stroke="var(--bad)"
              strokeWidth="2"
            />
          )}
        </svg>
      )}
      <figcaption className="mt-1 text-sm text-ink-2">
        Closes that count, between {price(Math.min(...closes))} and {price(Math.max(...closes))}.
        {odd}
        {scale}{' '}
        <button
          type="button"
          className="text-accent-ink font-med hover:underline min-h-6"
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'View as chart' : 'View as table'}
        </button>
      </figcaption>
    </figure>
  );
}
