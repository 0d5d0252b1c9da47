import type { MarketProvider, MarketStatus } from '@plimsoll/contracts';
import { sentences } from '../../format/sentence.ts';
import type { MarkTone } from '../../ui/Mark.tsx';

type Health = MarketStatus['providers'][number];

/** A provider that is turned on, with how it answered when it was last asked. */
export interface ProviderState {
  readonly provider: MarketProvider;
  readonly tone: MarkTone;
  readonly word: string;
  /** What it is asked for. */
  readonly uses: string;
  /** What is wrong, in sentences; empty where nothing is. */
  readonly trouble: string;
  readonly lastSuccess: string | null;
  readonly requests: number;
  readonly failures: number;
}

const states: Readonly<Record<MarketProvider['state'], readonly [MarkTone, string]>> = {
  up: ['ok', 'Answers'],
  down: ['bad', 'Does not answer'],
  unknown: ['wait', 'Not asked yet'],
  throttled: ['warn', 'Asked us to wait'],
  unauthorised: ['bad', 'Refuses the key'],
};

/** What is read on this machine has nobody who could fail to answer. */
const local: readonly [MarkTone, string] = ['ok', 'On this machine'];

const gives: Readonly<Record<MarketProvider['gives'][number], string>> = {
  daily: 'daily prices',
  actions: 'splits and dividends',
  intraday: 'intraday bars',
  quotes: 'quotes',
  stream: 'live quotes',
  search: 'search',
};

const kindNames: Readonly<Record<string, string>> = {
  equity: 'shares',
  etf: 'ETFs',
  fund: 'funds',
  bond: 'bonds',
  crypto: 'crypto',
  fx: 'exchange rates',
  index: 'indices',
  commodity: 'commodities',
  option: 'options',
  future: 'futures',
};

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** `Daily prices and search of shares and ETFs`. */
export function usesOf({ gives: given, kinds }: Pick<MarketProvider, 'gives' | 'kinds'>): string {
  const what = listed(given.map((one) => gives[one]));
  const of = kinds === null ? 'everything' : listed(kinds.map((one) => kindNames[one] ?? one));
  const text = what === '' ? of : `${what} of ${of}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** How a provider that is turned on stands. */
export function providerState(provider: MarketProvider, health: Health | undefined): ProviderState {
  const state = health?.state ?? provider.state;
  const [tone, word] = state === 'unknown' && provider.about === null ? local : states[state];
  const waiting = waitText(health?.waitingMs ?? 0);
  const fault = isUnwell(health) ? (health?.lastFault?.detail ?? '') : '';
  return {
    provider,
    tone,
    word,
    uses: usesOf(provider),
    trouble: sentences(fault, health?.note ?? '', waiting),
    lastSuccess: health?.lastSuccess ?? null,
    requests: health?.requests ?? 0,
    failures: health?.failures ?? 0,
  };
}

/** A fault that it has answered since is no trouble any more. */
function isUnwell(health: Health | undefined): boolean {
  if (!health?.lastFault) return false;
  return health.lastSuccess === null || health.lastSuccess < health.lastFault.at;
}

function waitText(ms: number): string {
  if (ms < 1000) return '';
  const seconds = Math.ceil(ms / 1000);
  const long = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `It is asked again in about ${long}`;
}

const keyName = (id: string) => `${id.toUpperCase().replaceAll('-', '_')}_KEY`;

/** What turns a provider on, at the command line. */
export function enableCommand({ id, about }: Pick<MarketProvider, 'id' | 'about'>): string {
  const more: Readonly<Record<string, string>> = {
    'csv-folder': ' --set folder=prices',
    alpaca: ' --set key=env:ALPACA_KEY --set secret=env:ALPACA_SECRET',
  };
  const key = about?.key === 'needed' ? ` --set key=env:${keyName(id)}` : '';
  return `plimsoll providers enable ${id}${more[id] ?? key}`;
}

const keys = {
  none: 'No key',
  optional: 'A key, if you have one',
  needed: 'Needs a key',
} as const;

/** `Needs a key`, `No network`. */
export const keyWords = ({ about }: Pick<MarketProvider, 'about'>): string =>
  about === null ? 'No network' : keys[about.key];
