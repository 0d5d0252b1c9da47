import { signOf } from '@plimsoll/client';
import type { Performance } from '@plimsoll/contracts';
import { useLocale, usePrefs } from '../../data/prefs.ts';
import { formatDay } from '../../format/days.ts';
import { splitMoney } from '../../format/numbers.ts';
import { Amount, hiddenAmount, Percent, Triangle, toneOf } from '../../ui/Amount.tsx';
import { cx } from '../../ui/class-names.ts';
import { Skeleton } from '../../ui/states.tsx';
import { Explain } from '../explain/index.ts';
import { storyOf, storyTerms } from './overview-view.ts';

/** One number, one sentence. */
export function Hero({ performance }: { readonly performance: Performance | undefined }) {
  if (!performance) return <HeroSkeleton />;
  return (
    <section aria-label="Net worth" className="min-h-[136px] max-sm:min-h-[152px]">
      <p className="text-ink-2">Net worth</p>
      <p className="text-hero font-semi tracking-[-0.022em] mb-1.5">
        <Explain figure="value">
          <Worth performance={performance} />
        </Explain>
      </p>
      <GainLine performance={performance} />
      <Sentence performance={performance} />
    </section>
  );
}

function HeroSkeleton() {
  return (
    <div
      className="min-h-[136px] max-sm:min-h-[152px] space-y-3"
      role="status"
      aria-label="Fetching the figures"
    >
      <Skeleton className="h-4 w-20" />
      <Skeleton className="h-11 w-72 max-w-full" />
      <Skeleton className="h-5 w-56" />
      <Skeleton className="h-5 w-[480px] max-w-full" />
    </div>
  );
}

function Worth({ performance }: { readonly performance: Performance }) {
  const locale = useLocale();
  const hidden = usePrefs((prefs) => prefs.hideAmounts);
  if (performance.value === null) return <span className="text-2xl text-ink-2">Not known</span>;
  if (hidden)
    return (
      <span className="text-ink-3" role="img" aria-label="hidden">
        {hiddenAmount}
      </span>
    );
  const { main, cents } = splitMoney(performance.value, { locale, currency: performance.currency });
  return (
    <>
      {main}
      <span className="text-[26px] text-ink-3 font-med">{cents}</span>
    </>
  );
}

function GainLine({ performance }: { readonly performance: Performance }) {
  const locale = useLocale();
  const { gain, currency, simpleReturn, from } = performance;
  const since = from ? `since ${formatDay(from, locale)}` : '';
  if (gain === null) {
    return (
      <p className="text-ink-2">
        The gain is not known: {performance.reasons['gain'] ?? 'a price is missing'}
      </p>
    );
  }
  return (
    <p className={cx('text-lg font-med', toneOf(gain))}>
      <Explain figure="gain">
        {signOf(gain) !== 0 && <Triangle up={signOf(gain) > 0} />}
        <Amount value={gain} currency={currency} sign="plus" />
      </Explain>
      {simpleReturn !== null && (
        <>
          {' ('}
          <Explain figure="simpleReturn">
            <Percent value={simpleReturn} sign="plus" digits={2} />
          </Explain>
          {')'}
        </>
      )}
      <span className="text-md text-ink-2 font-reg ml-2">{since}</span>
    </p>
  );
}

function Sentence({ performance }: { readonly performance: Performance }) {
  const story = storyOf(performance);
  if (story === null) return null;
  const { currency, startValue } = performance;
  const later = startValue !== null && signOf(startValue) !== 0;
  const own = (which: 'markets' | 'costs') => ({
    figure: `page:${which}`,
    title: which === 'markets' ? 'Markets and income, before costs' : 'Costs and taxes',
    value: story[which],
    unit: currency,
    formula:
      which === 'markets'
        ? 'Before costs = gain + fees + taxes'
        : 'Costs = fees + taxes, apart and inside cost and proceeds',
    terms: storyTerms(performance, which),
  });
  const out = signOf(story.paidIn) < 0;
  const lost = signOf(story.markets) < 0;
  return (
    <p className="text-lg text-ink mt-2 max-w-[62ch]">
      {later && (
        <>
          It began at{' '}
          <Explain figure="startValue" marked>
            <Amount value={startValue} currency={currency} cents="whole" />
          </Explain>
          .{' '}
        </>
      )}
      You {out ? 'took out' : 'paid in'}{' '}
      <Explain figure="paidIn" marked>
        <Amount value={story.paidIn.replace('-', '')} currency={currency} cents="whole" />
      </Explain>
      . Markets {lost ? 'took' : 'added'}{' '}
      <span className={toneOf(story.markets)}>
        <Explain figure="page:markets" own={own('markets')} marked>
          <Amount value={story.markets.replace('-', '')} currency={currency} cents="whole" />
        </Explain>
      </span>
      , and costs and taxes {lost ? 'another' : 'took'}{' '}
      <Explain figure="page:costs" own={own('costs')} marked>
        <Amount value={story.costs} currency={currency} cents="whole" />
      </Explain>
      .
    </p>
  );
}
