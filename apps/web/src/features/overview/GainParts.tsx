import { signOf } from '@plimsoll/client';
import type { Performance } from '@plimsoll/contracts';
import { Amount } from '../../ui/Amount.tsx';
import { Section } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { Explain } from '../explain/index.ts';

type Money = 'realised' | 'unrealised' | 'income' | 'fees' | 'taxes' | 'gain' | 'fx' | 'pricePart';

const parts: readonly {
  readonly figure: Money;
  readonly label: string;
  readonly sign: '+' | '−';
}[] = [
  { figure: 'unrealised', label: 'On what is held', sign: '+' },
  { figure: 'realised', label: 'On what was sold', sign: '+' },
  { figure: 'income', label: 'Dividends, interest and other income', sign: '+' },
  { figure: 'fees', label: 'Fees', sign: '−' },
  { figure: 'taxes', label: 'Taxes', sign: '−' },
];

/** The gain as the sum it is, to the cent. */
export function GainParts({ performance }: { readonly performance: Performance | undefined }) {
  return (
    <Section title="Where the gain comes from" card>
      {performance ? (
        <table>
          <caption className="sr-only">The parts of the gain</caption>
          <tbody>
            {parts.map(({ figure, label, sign }) => (
              <tr key={figure} className="border-b border-line">
                <th scope="row" className="font-reg py-[7px]">
                  <span aria-hidden className="inline-block w-4 text-ink-3">
                    {sign}
                  </span>
                  {label}
                </th>
                <td className="text-right">
                  <Figure figure={figure} performance={performance} />
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row" className="py-2 font-semi">
                <span aria-hidden className="inline-block w-4 text-ink-3">
                  =
                </span>
                Gain
              </th>
              <td className="text-right font-semi">
                <Figure figure="gain" performance={performance} coloured />
              </td>
            </tr>
            <tr className="text-sm text-ink-2">
              <th scope="row" className="font-reg pl-4">
                of which exchange rates
              </th>
              <td className="text-right">
                <Figure figure="fx" performance={performance} />
              </td>
            </tr>
          </tbody>
        </table>
      ) : (
        <Skeleton className="h-[236px] w-full" />
      )}
    </Section>
  );
}

function Figure({
  figure,
  performance,
  coloured,
}: {
  readonly figure: Money;
  readonly performance: Performance;
  readonly coloured?: boolean;
}) {
  const value = performance[figure];
  const plain = figure === 'fees' || figure === 'taxes' || (value !== null && signOf(value) === 0);
  return (
    <Explain figure={figure}>
      {value === null ? (
        <span className="text-ink-3">n/a</span>
      ) : (
        <Amount
          value={value}
          currency={performance.currency}
          sign={plain ? 'auto' : 'plus'}
          coloured={coloured ?? false}
        />
      )}
    </Explain>
  );
}
