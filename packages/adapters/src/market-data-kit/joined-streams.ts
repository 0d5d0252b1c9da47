import type { ProviderSymbol, QuoteStream, QuoteStreamSink, StreamState } from '@plimsoll/ports';

type Start = (sink: QuoteStreamSink) => QuoteStream;

/**
 * One stream over several connections, as providers that keep one for shares and another for coins
 * have them. A connection is made when its first symbol is wanted. Open is all of it or none: a lost
 * connection is told as lost, a refused one only when no other is left.
 */
export function joinedStreams<Route extends string>(
  routeOf: (symbol: ProviderSymbol) => Route | undefined,
  starts: Readonly<Record<Route, Start>>,
  sink: QuoteStreamSink,
  signal: AbortSignal,
): QuoteStream {
  const streams = new Map<Route, QuoteStream>();
  const states = new Map<Route, StreamState>();
  const refused = Promise.withResolvers<void>();
  const tell = (route: Route, state: StreamState, detail: string): void => {
    states.set(route, state);
    const all = [...states.values()];
    const alive = all.some((one) => one !== 'refused');
    if (state === 'refused' && alive) sink.state('open', detail);
    else if (state !== 'open' || all.every((one) => one === 'open' || one === 'refused')) {
      sink.state(state, detail);
    }
    if (!alive) refused.resolve();
  };
  signal.addEventListener('abort', () => refused.resolve(), { once: true });
  const ended = refused.promise.then(async () => {
    await Promise.all([...streams.values()].map((stream) => stream.ended));
  });
  return {
    ended,
    want(symbols) {
      const routes = Object.groupBy(symbols, (symbol) => routeOf(symbol) ?? 'none');
      for (const route of Object.keys(starts) as Route[]) {
        const wanted = routes[route] ?? [];
        if (wanted.length > 0 && !streams.has(route) && !signal.aborted) {
          const own = {
            ...sink,
            state: (state: StreamState, text: string) => tell(route, state, text),
          };
          states.set(route, 'connecting');
          streams.set(route, starts[route](own));
        }
        streams.get(route)?.want(wanted);
      }
    },
  };
}
