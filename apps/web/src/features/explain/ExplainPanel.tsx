// biome-ignore-all lint/suspicious/noArrayIndexKey: terms have no name of their own and never move
import type { Derivation, ExplainTerm } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, X } from 'lucide-react';
import {
  type CSSProperties,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useLocale, usePrefs } from '../../data/prefs.ts';
import { explainQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { formatDay, formatInstant } from '../../format/days.ts';
import { formatCount } from '../../format/numbers.ts';
import { hiddenAmount } from '../../ui/Amount.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Failure, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import {
  hasMoreDigits,
  isCurrency,
  placeBeside,
  searchOfQuery,
  showValue,
  sourcesOf,
  splitTerms,
} from './derivation-view.ts';
import type { Asked, OwnDerivation } from './explain-store.ts';

interface PanelProps {
  readonly asked: Asked;
  readonly onClose: () => void;
}

const width = 440;
const phone = 640;

/** How a number is made: a popover beside it, a sheet on a phone. */
export function ExplainPanel({ asked, onClose }: PanelProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [path, setPath] = useState<readonly string[]>([asked.figure]);
  const figure = path.at(-1) ?? asked.figure;
  const scope = useScope();
  const own = asked.own?.figure === figure ? complete(asked.own) : undefined;
  const answer = useQuery({
    ...explainQuery(scope, { figure, ...asked.period }),
    enabled: own === undefined,
    ...(own ? { initialData: own } : {}),
  });
  const heading = useId();
  const place = usePlace(asked.anchor, dialog, answer.data);
  useEffect(() => {
    dialog.current?.showModal();
    return () => {
      dialog.current?.close();
      if (asked.anchor.isConnected) asked.anchor.focus();
    };
  }, [asked.anchor]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      className="layer fixed w-full sm:w-[440px] top-auto bottom-0 sm:bottom-auto"
      style={place}
      data-scrim={window.innerWidth < phone}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="bg-raised shadow-pop rounded-t-lg sm:rounded-lg max-h-[86dvh] flex flex-col">
        <div className="flex items-center gap-1 pl-5 pr-3 pt-3 pb-1 shrink-0">
          {path.length > 1 && (
            <IconButton label="Back" className="-ml-3" onClick={() => setPath(path.slice(0, -1))}>
              <ChevronLeft size={16} aria-hidden />
            </IconButton>
          )}
          <h2 id={heading} className="font-semi grow truncate">
            {path.length > 1
              ? (answer.data?.title ?? 'How this number is made')
              : 'How this number is made'}
          </h2>
          <IconButton label="Close" onClick={onClose}>
            <X size={16} aria-hidden />
          </IconButton>
        </div>
        <div className="px-5 pb-4 overflow-y-auto min-h-0 overscroll-contain">
          {answer.isPending && <Waiting />}
          {answer.isError && (
            <Failure
              error={answer.error}
              what="This could not be explained"
              onRetry={() => answer.refetch()}
            />
          )}
          {answer.data && (
            <Answer
              derivation={answer.data}
              onDrill={(next) => setPath([...path, next])}
              onClose={onClose}
            />
          )}
        </div>
        {answer.data && (
          <Actions
            derivation={answer.data}
            onRecompute={() => answer.refetch()}
            busy={answer.isFetching}
            onClose={onClose}
          />
        )}
      </div>
    </dialog>
  );
}

/** A sum of the page's own has no transactions and no moment of its own; its terms have. */
const complete = (own: OwnDerivation): Derivation => ({
  ...own,
  reason: null,
  conventions: [],
  transactions: { count: 0, query: '', items: [] },
  leftOut: [],
  computedAt: '',
  ledgerSeq: 0,
});

function usePlace(
  anchor: HTMLElement,
  dialog: { readonly current: HTMLDialogElement | null },
  content: Derivation | undefined,
): CSSProperties {
  const [place, setPlace] = useState<CSSProperties>({});
  // The height is known only once the answer is there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer has a new height
  useLayoutEffect(() => {
    if (window.innerWidth < phone) return;
    const panel = { width, height: dialog.current?.offsetHeight ?? 0 };
    const view = { width: window.innerWidth, height: window.innerHeight };
    setPlace(placeBeside(anchor.getBoundingClientRect(), panel, view));
  }, [anchor, dialog, content]);
  return place;
}

function Waiting() {
  return (
    <div className="space-y-2 pt-2" role="status" aria-label="Working it out">
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-5 w-2/3" />
    </div>
  );
}

interface AnswerProps {
  readonly derivation: Derivation;
  readonly onDrill: (figure: string) => void;
  readonly onClose: () => void;
}

function Answer({ derivation, onDrill, onClose }: AnswerProps) {
  const locale = useLocale();
  const [everyDigit, setEveryDigit] = useState(false);
  const { parts, checks, total } = splitTerms(derivation);
  return (
    <>
      <table className="mt-1">
        <caption className="sr-only">{derivation.title}</caption>
        <tbody>
          {parts.map((term, index) => (
            <TermRow
              key={index}
              term={term}
              onDrill={onDrill}
              current={derivation.figure}
              everyDigit={everyDigit}
            />
          ))}
          {total && (
            <tr className="border-t border-line-strong font-semi">
              <th scope="row" className="py-1.5 pr-4">
                {derivation.title}
              </th>
              <td className="py-1.5 text-right">
                <Shown value={derivation.value} unit={derivation.unit} everyDigit={everyDigit} />
              </td>
            </tr>
          )}
          {checks.map((term) => (
            <tr key={term.label} className="text-sm text-ink-2">
              <th scope="row" className="py-0.5 pr-4 font-reg pl-4">
                {term.label}
                {term.note && <span className="text-ink-3"> · {term.note}</span>}
              </th>
              <td className="py-0.5 text-right">
                <Shown value={term.value} unit={term.unit} everyDigit={everyDigit} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasMoreDigits(derivation) && (
        <button
          type="button"
          aria-pressed={everyDigit}
          className="text-sm text-accent-ink font-med hover:underline min-h-6 mt-1"
          onClick={() => setEveryDigit(!everyDigit)}
        >
          {everyDigit ? 'Show to the cent' : 'Show every digit'}
        </button>
      )}
      {derivation.reason && (
        <p className="mt-3 rounded-md bg-warn-wash px-3 py-2">{derivation.reason}</p>
      )}
      <dl className="mt-3 pt-3 border-t border-line grid grid-cols-[104px_1fr] gap-x-4 gap-y-1.5 text-sm">
        <Detail name="Formula">{derivation.formula}</Detail>
        {sourcesOf(derivation).length > 0 && (
          <Detail name="From">
            {sourcesOf(derivation)
              .slice(0, 6)
              .map(({ source, count }) => (
                <span key={source} className="block break-words">
                  {source}
                  {count > 1 && <span className="text-ink-3"> × {count}</span>}
                </span>
              ))}
          </Detail>
        )}
        {derivation.conventions.length > 0 && (
          <Detail name="Conventions">
            {derivation.conventions.map((each) => (
              <span key={each} className="block">
                {each}
              </span>
            ))}
          </Detail>
        )}
        {derivation.leftOut.length > 0 && (
          <Detail name="Left out">
            {derivation.leftOut.map((each) => (
              <span key={each} className="block text-warn">
                {each}
              </span>
            ))}
          </Detail>
        )}
        {derivation.computedAt !== '' && (
          <Detail name="Record">
            up to entry {formatCount(derivation.ledgerSeq, locale)}, worked out{' '}
            {formatInstant(derivation.computedAt, locale)}
          </Detail>
        )}
      </dl>
      <Entries derivation={derivation} onClose={onClose} />
    </>
  );
}

interface TermRowProps {
  readonly term: ExplainTerm;
  readonly onDrill: (figure: string) => void;
  readonly current: string;
  readonly everyDigit: boolean;
}

function TermRow({ term, onDrill, current, everyDigit }: TermRowProps) {
  const locale = useLocale();
  const result = term.sign === '=';
  const drill = term.figure !== null && term.figure !== current ? term.figure : null;
  const side = [term.day && formatDay(term.day, locale), term.note].filter(Boolean).join(' · ');
  return (
    <tr className={result ? 'border-t border-line-strong font-semi' : ''}>
      <th scope="row" className={`py-1 pr-4 align-top ${result ? 'font-semi' : 'font-reg'}`}>
        <span className="flex">
          <span className="w-4 shrink-0 text-ink-3" aria-hidden={term.sign === ''}>
            {result ? '' : term.sign}
          </span>
          <span className="min-w-0">
            {drill ? (
              <button
                type="button"
                className="text-left underline decoration-dotted underline-offset-3 hover:text-accent-ink"
                onClick={() => onDrill(drill)}
              >
                {term.label}
              </button>
            ) : (
              term.label
            )}
            {side && <span className="block text-sm text-ink-3 font-reg">{side}</span>}
          </span>
        </span>
      </th>
      <td className="py-1 text-right align-top">
        <Shown value={term.value} unit={term.unit} everyDigit={everyDigit} />
      </td>
    </tr>
  );
}

function Shown({
  value,
  unit,
  everyDigit,
}: {
  readonly value: string | null;
  readonly unit: string;
  readonly everyDigit: boolean;
}) {
  const locale = useLocale();
  const hidden = usePrefs((prefs) => prefs.hideAmounts);
  const text = showValue(value, unit, locale, everyDigit);
  const money = isCurrency(unit) || unit === 'units';
  return (
    <span className="whitespace-nowrap">
      {hidden && money && value !== null ? hiddenAmount : text}
    </span>
  );
}

function Detail({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 text-ink-2">{children}</dd>
    </>
  );
}

const firstEntries = 5;

function Entries({
  derivation,
  onClose,
}: {
  readonly derivation: Derivation;
  readonly onClose: () => void;
}) {
  const locale = useLocale();
  const { items, count } = derivation.transactions;
  if (count === 0) return null;
  return (
    <details className="mt-3 pt-3 border-t border-line text-sm">
      <summary className="font-med w-fit">
        {formatCount(count, locale)} {count === 1 ? 'transaction' : 'transactions'} behind it
      </summary>
      <ul className="mt-2 space-y-1">
        {items.slice(0, firstEntries).map((item) => (
          <li key={item.id} className="flex gap-3">
            <span className="text-ink-3 w-20 shrink-0">{formatDay(item.effectiveAt, locale)}</span>
            <Link
              to="/transactions"
              search={{ from: item.effectiveAt, to: item.effectiveAt, id: item.id }}
              onClick={onClose}
              className="min-w-0 grow truncate hover:underline"
            >
              {item.text}
            </Link>
            {item.source && <span className="text-ink-3 truncate max-w-32">{item.source}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface ActionsProps {
  readonly derivation: Derivation;
  readonly onRecompute: () => void;
  readonly busy: boolean;
  readonly onClose: () => void;
}

function Actions({ derivation, onRecompute, busy, onClose }: ActionsProps) {
  const locale = useLocale();
  const { count, query } = derivation.transactions;
  return (
    <div className="flex flex-wrap gap-2 px-5 py-3 border-t border-line shrink-0">
      {count > 0 && (
        <Link
          to="/transactions"
          search={searchOfQuery(query)}
          onClick={onClose}
          className="inline-flex items-center h-(--control) px-3 rounded-md border border-line-strong font-med hover:bg-hover"
        >
          See the {formatCount(count, locale)} {count === 1 ? 'row' : 'rows'}
        </Link>
      )}
      {derivation.computedAt !== '' && (
        <Button look="quiet" busy={busy} onClick={onRecompute}>
          Recompute
        </Button>
      )}
      <Button look="quiet" onClick={() => copy(derivation)}>
        Copy as JSON
      </Button>
    </div>
  );
}

async function copy(derivation: Derivation): Promise<void> {
  try {
    await navigator.clipboard.writeText(JSON.stringify(derivation, null, 2));
    toast('The derivation is in the clipboard.');
  } catch {
    // Browsers give the clipboard to secure origins only.
    toast('This browser does not let the page copy. GET /v1/explain gives the same JSON.', {
      tone: 'bad',
    });
  }
}
