/**
 * The chart and the search of Yahoo Finance through the npm client yahoo-finance2, which follows
 * Yahoo's changes and checks each reply. https://github.com/gadicc/yahoo-finance2, read 2026-11-21.
 */
import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import type { ProviderReply } from '../../market-data-kit/http/reply.ts';
import { chartShape, searchShape, type YahooChart, type YahooMatches } from './yahoo-shapes.ts';

const title = 'Yahoo Finance';

export interface ChartQuery {
  /** Milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly interval: '1m' | '5m' | '15m' | '1h' | '1d';
}

type Answer<T> = Promise<Result<T, MarketDataFault>>;

export interface YahooClient {
  /** Refused as unreadable where it is of another symbol. */
  readonly chart: (symbol: string, query: ChartQuery, signal: AbortSignal) => Answer<YahooChart>;
  readonly search: (text: string, count: number, signal: AbortSignal) => Answer<YahooMatches>;
}

const silent = () => undefined;
const logger = { info: silent, warn: silent, error: silent, debug: silent, dir: silent };

type Client = Awaited<ReturnType<typeof load>>;
type Use = (client: Client, options: { readonly fetch: typeof fetch }) => Promise<unknown>;

/** A refusal of ours on its way through the client. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly fault: MarketDataFault;

  constructor(fault: MarketDataFault) {
    super(fault.detail);
    this.fault = fault;
  }
}

/** The client on our own connection: its limits, breaker and deadlines hold for it too. */
export function yahooClient(http: ProviderHttp): YahooClient {
  let loading: ReturnType<typeof load> | undefined;
  const call = async <T>(shape: z.ZodType<T>, signal: AbortSignal, use: Use): Answer<T> => {
    loading ??= load();
    try {
      const came = await use(await loading, { fetch: fetchThrough(http, signal) });
      const read = shape.safeParse(came);
      return read.success ? ok(read.data) : http.unusable(strange(read.error.issues[0]?.message));
    } catch (error) {
      // Whatever the client throws over a reply says that the reply is not what it knows.
      return error instanceof Refusal ? refuse(error.fault) : http.unusable(strange(whyOf(error)));
    }
  };
  return {
    async chart(symbol, { from, until, interval }, signal) {
      const query = {
        period1: Math.floor(from / 1000),
        period2: Math.floor(until / 1000),
        interval,
        includePrePost: false,
        events: 'div|split',
        return: 'object' as const,
      };
      const chart = await call(chartShape, signal, (client, options) =>
        client.chart(encodeURIComponent(symbol), query, options),
      );
      const told = chart.ok ? chart.value.meta.symbol : symbol;
      return told.toUpperCase() === symbol
        ? chart
        : http.unusable(`was asked for ${symbol} and answered with ${told.slice(0, 40)}.`);
    },
    search: (text, count, signal) =>
      call(searchShape, signal, (client, options) =>
        client.search(text, { quotesCount: count, newsCount: 0 }, options),
      ),
  };
}

/** Loaded when it is first asked: most who start the program never ask it. */
async function load() {
  const [{ default: create }, { default: chart }, { default: search }] = await Promise.all([
    import('yahoo-finance2/createYahooFinance'),
    import('yahoo-finance2/modules/chart'),
    import('yahoo-finance2/modules/search'),
  ]);
  const Client = create({ modules: { chart, search } });
  return new Client({
    logger,
    versionCheck: false,
    validation: { logErrors: false, logOptionsErrors: false },
  });
}

/** A `fetch` that asks for the path and query on our own host, whatever host the client names. */
const fetchThrough =
  (http: ProviderHttp, signal: AbortSignal): typeof fetch =>
  async (input) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const answer = await http.text(`${pathname}${search}`, {}, { signal });
    if (!answer.ok) throw new Refusal(answer.fault);
    return new Response(answer.value, { headers: { 'content-type': 'application/json' } });
  };

/** What the client says of a reply that it does not know. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  const [first]: readonly unknown[] =
    'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const where = z.object({ instancePath: z.string(), message: z.string() }).safeParse(first);
  const why = where.success
    ? `${where.data.instancePath} ${where.data.message}`
    : error.message.replace(/\s+/g, ' ');
  return why.trim();
}

const strange = (why: string | undefined): string =>
  `answered in another shape than it is known for (${(why ?? 'it is wrong').slice(0, 120)}).`;

/** Yahoo's refusals have a body of their own. */
export function yahooFault(reply: ProviderReply): MarketDataFault | undefined {
  if (reply.status < 400) return undefined;
  const text = reply.bytes.length < 4000 ? reply.text() : '';
  if (/data doesn't exist for startdate/i.test(text)) {
    return { code: 'market-data.no-data', detail: `${title} has no prices in that range.` };
  }
  if (/must be within the last|data not available for starttime/i.test(text)) {
    return { code: 'market-data.not-covered', detail: `${title} has no bars that old.` };
  }
  if (/symbol may be delisted|no fundamentals data|quote not found/i.test(text)) {
    return { code: 'market-data.unknown-symbol', detail: `${title} does not know the symbol.` };
  }
  return undefined;
}
