import type { MarketProvider, MarketProviders, MarketStatus } from '@plimsoll/contracts';
import { useLocale } from '../../data/prefs.ts';
import { formatInstant } from '../../format/days.ts';
import { formatCount } from '../../format/numbers.ts';
import { Mark } from '../../ui/Mark.tsx';
import { Section } from '../../ui/Page.tsx';
import { Empty, Note } from '../../ui/states.tsx';
import { Command } from './Command.tsx';
import {
  enableCommand,
  keyWords,
  type ProviderState,
  providerState,
  usesOf,
} from './provider-words.ts';

interface ProvidersProps {
  readonly reply: MarketProviders;
  readonly health: MarketStatus['providers'];
}

/** Who is asked, how they answer, and how another one is turned on. */
export function Providers({ reply, health }: ProvidersProps) {
  const on = reply.providers
    .filter(({ enabled }) => enabled)
    .map((one) =>
      providerState(
        one,
        health.find(({ id }) => id === one.id),
      ),
    );
  const off = reply.providers.filter(({ enabled }) => !enabled);
  return (
    <Section title="Providers" count={on.length || undefined}>
      {reply.mistakes.length > 0 && <Mistakes mistakes={reply.mistakes} />}
      {on.length === 0 ? (
        <Empty title="No provider is turned on">
          Nobody on the network is asked for anything. Prices come from your files and from what you
          enter. Turn one on below, in <code className="font-mono">market-data.yaml</code> or at the
          command line.
        </Empty>
      ) : (
        <ul className="border-t border-line">
          {on.map((one) => (
            <Provider key={one.provider.id} state={one} />
          ))}
        </ul>
      )}
      {off.length > 0 && (
        <details className="mt-4" open={on.length === 0}>
          <summary className="w-fit min-h-6 font-med">
            Not turned on <span className="text-ink-3 font-reg ml-1">{off.length}</span>
          </summary>
          <ul className="mt-2 border-t border-line">
            {off.map((one) => (
              <Unused key={one.id} provider={one} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Mistakes({ mistakes }: Pick<MarketProviders, 'mistakes'>) {
  return (
    <div className="mb-4">
      <Note tone="bad">
        <p className="font-semi">market-data.yaml has mistakes. What is right of it holds.</p>
        <ul>
          {mistakes.map(({ line, detail }) => (
            <li key={`${line} ${detail}`}>
              Line {line}: {detail}
            </li>
          ))}
        </ul>
      </Note>
    </div>
  );
}

function Provider({ state }: { readonly state: ProviderState }) {
  const locale = useLocale();
  const { provider, tone, word, uses, trouble, lastSuccess, requests, failures } = state;
  const count = (value: number) => formatCount(value, locale);
  const asked = [
    lastSuccess ? `Last answered ${formatInstant(lastSuccess, locale)}` : '',
    requests > 0
      ? `${count(requests)} ${requests === 1 ? 'request' : 'requests'}${failures > 0 ? `, ${count(failures)} failed` : ''}`
      : '',
  ].filter((text) => text !== '');
  return (
    <li className="py-3 border-b border-line">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
        <span className="font-semi">{provider.title}</span>
        <Mark tone={tone}>{word}</Mark>
        {asked.length > 0 && (
          <span className="text-sm text-ink-2 sm:ml-auto">{asked.join(' · ')}</span>
        )}
      </div>
      <p className="text-sm text-ink-2 max-w-[90ch]">{uses}</p>
      {trouble !== '' && (
        <p
          className={`mt-1.5 rounded-md px-3 py-1.5 break-words ${tone === 'bad' ? 'bg-bad-wash' : 'bg-warn-wash'}`}
        >
          {trouble}
        </p>
      )}
    </li>
  );
}

function Unused({ provider }: { readonly provider: MarketProvider }) {
  const { title, about } = provider;
  return (
    <li className="grid lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)] gap-x-8 gap-y-2 py-3 border-b border-line">
      <div className="min-w-0">
        <p>
          <span className="font-semi">{title}</span>{' '}
          <span className="text-sm text-ink-2 ml-1">{keyWords(provider)}</span>
        </p>
        <p className="text-sm text-ink-2">{usesOf(provider)}</p>
        {about && about.terms !== '' && (
          <p className="text-sm text-ink-2 mt-1 max-w-[90ch]">{about.terms}</p>
        )}
        {about && about.site !== '' && (
          <a
            href={about.site}
            target="_blank"
            rel="noreferrer"
            className="text-sm text-accent-ink font-med hover:underline break-all"
          >
            {hostOf(about.site)}
          </a>
        )}
      </div>
      <Command text={enableCommand(provider)} what={title} />
    </li>
  );
}

const hostOf = (site: string): string => site.replace(/^https?:\/\//, '').replace(/\/$/, '');
