import type { LinkCandidate, PriceLink } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { linkCandidatesQuery, marketProvidersQuery } from '../../data/market-queries.ts';
import { useScope } from '../../data/scope.ts';
import { tell, useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { describe, Note, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';

interface ProviderSymbol {
  readonly provider: string;
  readonly symbol: string;
}

interface LinkChoiceProps {
  readonly instrument: string;
  readonly link: PriceLink | undefined;
}

/** Which public listing an instrument is, and what may be chosen instead. */
export function LinkChoice({ instrument, link }: LinkChoiceProps) {
  const linking = useLinking(instrument);
  const isLinked = link !== undefined && link.listingId !== null;
  const [choosing, setChoosing] = useState(false);
  const [unlinking, setUnlinking] = useState(false);
  const before = link?.symbols[0];
  return (
    <>
      {linking.error && (
        <div role="alert" className="mb-3">
          <Note tone="bad">{describe(linking.error)}</Note>
        </div>
      )}
      <p className="text-ink-2">
        {isLinked
          ? `Linked${link.linkedBy === null ? '' : ` by ${link.linkedBy}`}: ${link.evidence}`
          : link?.evidence || 'It is not linked to a listing, so no provider is asked for it.'}
      </p>
      {isLinked && link.symbols.length > 0 && (
        <ul className="mt-2">
          {link.symbols.map(({ provider, symbol }) => (
            <li key={provider} className="flex gap-3">
              <span className="text-ink-2 w-28">{provider}</span>
              <code className="font-mono">{symbol}</code>
            </li>
          ))}
        </ul>
      )}
      {isLinked && (
        <div className="mt-3 flex flex-wrap gap-2">
          {!choosing && <Button onClick={() => setChoosing(true)}>Choose another</Button>}
          <Button look="danger" disabled={unlinking} onClick={() => setUnlinking(true)}>
            Unlink
          </Button>
        </div>
      )}
      {isLinked && unlinking && (
        <div className="mt-3">
          <Note
            tone="warn"
            action={
              <>
                <Button onClick={() => setUnlinking(false)}>Keep it</Button>
                <Button
                  look="danger"
                  busy={linking.busy}
                  onClick={() => linking.unlink(before, () => setUnlinking(false))}
                >
                  Unlink it
                </Button>
              </>
            }
          >
            No provider is asked for it then, and it is not linked by rule again. Prices of your own
            stay.
          </Note>
        </div>
      )}
      {(choosing || !isLinked) && (
        <Choices
          instrument={instrument}
          busy={linking.busy}
          onChoose={(symbol) => linking.link(symbol, before, () => setChoosing(false))}
        />
      )}
    </>
  );
}

/** The drawer shows what was refused. */
const shownInPlace = () => undefined;

/** Links and unlinks, each with its way back. */
function useLinking(instrument: string) {
  const link = useWrite(({ client }, symbol: ProviderSymbol) =>
    client.linkInstrument({ instrument, ...symbol }),
  );
  const unlink = useWrite(({ client }, _: null) => client.unlinkInstrument(instrument));
  const backTo = (before: ProviderSymbol | undefined) => () =>
    tell(
      before ? link.mutateAsync(before) : unlink.mutateAsync(null),
      () => toast('It is as it was before.'),
      (error) => toast(describe(error), { tone: 'bad' }),
    );
  return {
    busy: link.isPending || unlink.isPending,
    error: link.error ?? unlink.error,
    link: (symbol: ProviderSymbol, before: ProviderSymbol | undefined, done: () => void) =>
      tell(
        link.mutateAsync(symbol),
        () => {
          toast(`Linked to ${symbol.provider}:${symbol.symbol}.`, {
            action: { label: 'Undo', run: backTo(before) },
          });
          done();
        },
        shownInPlace,
      ),
    unlink: (before: ProviderSymbol | undefined, done: () => void) =>
      tell(
        unlink.mutateAsync(null),
        () => {
          toast(
            'Unlinked. It is not linked by rule again.',
            before ? { action: { label: 'Undo', run: backTo(before) } } : {},
          );
          done();
        },
        shownInPlace,
      ),
  };
}

interface ChoicesProps {
  readonly instrument: string;
  readonly busy: boolean;
  readonly onChoose: (symbol: ProviderSymbol) => void;
}

function Choices({ instrument, busy, onChoose }: ChoicesProps) {
  const scope = useScope();
  const providers = useQuery(marketProvidersQuery(scope));
  const found = useQuery(linkCandidatesQuery(scope, instrument));
  const enabled = providers.data?.providers.filter((one) => one.enabled) ?? [];
  if (providers.data && enabled.length === 0)
    return (
      <p className="mt-2 text-ink-2">Turn a provider on first: without one nobody is asked.</p>
    );
  return (
    <div className="mt-4">
      <h4 className="font-med mb-1">What the providers find</h4>
      {found.isPending && <Skeleton className="h-20 w-full" />}
      {found.isError && <p className="text-bad">{describe(found.error)}</p>}
      {found.data?.length === 0 && <p className="text-ink-2">Nothing. Name a symbol below.</p>}
      <ul className="border-t border-line empty:border-0">
        {found.data?.map((one) => (
          <Candidate
            key={`${one.provider} ${one.symbol}`}
            candidate={one}
            busy={busy}
            onChoose={onChoose}
          />
        ))}
      </ul>
      <OwnSymbol
        providers={enabled.map(({ id, title }) => ({ id, title }))}
        busy={busy}
        onChoose={onChoose}
      />
    </div>
  );
}

function Candidate({
  candidate,
  busy,
  onChoose,
}: Omit<ChoicesProps, 'instrument'> & { readonly candidate: LinkCandidate }) {
  const { provider, symbol, name, currency, mic } = candidate;
  const facts = [provider, currency, mic].filter((one) => one !== null && one !== '');
  return (
    <li className="flex items-center gap-3 py-2 border-b border-line">
      <span className="grow min-w-0">
        <span className="block truncate">
          <code className="font-mono">{symbol}</code> {name}
        </span>
        <span className="block text-sm text-ink-2">{facts.join(', ')}</span>
      </span>
      <Button
        busy={busy}
        aria-label={`Link to ${provider}:${symbol}`}
        onClick={() => onChoose({ provider, symbol })}
      >
        Link
      </Button>
    </li>
  );
}

interface OwnSymbolProps extends Omit<ChoicesProps, 'instrument'> {
  readonly providers: readonly { readonly id: string; readonly title: string }[];
}

/** A symbol that a person knows. */
function OwnSymbol({ providers, busy, onChoose }: OwnSymbolProps) {
  const [provider, setProvider] = useState('');
  const [symbol, setSymbol] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChoose({ provider: provider || (providers[0]?.id ?? ''), symbol: symbol.trim() });
  };
  return (
    <form
      onSubmit={submit}
      className="mt-4 grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] gap-2 items-end"
    >
      <Field label="Provider">
        {(control) => (
          <select
            {...control}
            className="control"
            value={provider}
            onChange={(event) => setProvider(event.target.value)}
          >
            {providers.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Its symbol">
        {(control) => (
          <input
            {...control}
            className="control"
            maxLength={80}
            autoComplete="off"
            value={symbol}
            onChange={(event) => setSymbol(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" busy={busy} disabled={symbol.trim() === ''}>
        Link
      </Button>
    </form>
  );
}
