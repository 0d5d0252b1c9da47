import type { ProviderSymbol, QuoteStreamSink, StreamState } from '@plimsoll/ports';
import { describe, expect, it } from 'vitest';
import { joinedStreams } from './joined-streams.ts';

interface Route {
  readonly sink: QuoteStreamSink;
  readonly wanted: string[][];
  readonly end: () => void;
}

const named = (...symbols: string[]) => symbols.map((symbol) => ({ symbol }));

function joined() {
  const stop = new AbortController();
  const routes = new Map<string, Route>();
  const states: [StreamState, string][] = [];
  const start = (name: string) => (sink: QuoteStreamSink) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wanted: string[][] = [];
    routes.set(name, { sink, wanted, end: resolve });
    stop.signal.addEventListener('abort', () => resolve());
    return {
      ended: promise,
      want: (symbols: readonly ProviderSymbol[]) =>
        void wanted.push(symbols.map((one) => one.symbol)),
    };
  };
  const stream = joinedStreams<'a' | 'b'>(
    ({ symbol }) => (symbol.startsWith('a') ? 'a' : symbol.startsWith('b') ? 'b' : undefined),
    { a: start('a'), b: start('b') },
    { ticks: () => undefined, state: (state, detail) => void states.push([state, detail]) },
    stop.signal,
  );
  const tell = (name: string, state: StreamState, detail = ''): void => {
    const route = routes.get(name) ?? expect.fail(`no connection ${name}`);
    route.sink.state(state, detail);
    if (state === 'refused') route.end();
  };
  return { stream, routes, states, stop, tell };
}

describe('a stream over several connections', () => {
  it('makes a connection when its first symbol is wanted', () => {
    const { stream, routes } = joined();
    stream.want(named('a1', 'c9'));
    expect([...routes.keys()]).toEqual(['a']);
    stream.want(named('b1', 'b2'));
    expect(routes.get('a')?.wanted).toEqual([['a1'], []]);
    expect(routes.get('b')?.wanted).toEqual([['b1', 'b2']]);
  });

  it('is open when all of it is, and lost when one is', () => {
    const { stream, states, tell } = joined();
    stream.want(named('a1', 'b1'));
    tell('a', 'open');
    expect(states).toEqual([]);
    tell('b', 'open');
    tell('a', 'lost', 'gone');
    tell('a', 'open');
    expect(states.map(([state]) => state)).toEqual(['open', 'lost', 'open']);
  });

  it('goes on where one is refused, and ends where all are', async () => {
    const { stream, states, tell } = joined();
    stream.want(named('a1', 'b1'));
    tell('b', 'open');
    tell('a', 'refused', 'not on the plan');
    expect(states.at(-1)).toEqual(['open', 'not on the plan']);
    tell('b', 'refused', 'bad key');
    expect(states.at(-1)).toEqual(['refused', 'bad key']);
    await stream.ended;
  });

  it('ends when it is told to, with or without connections', async () => {
    const without = joined();
    without.stop.abort();
    await without.stream.ended;
    const { stream, stop } = joined();
    stream.want(named('a1'));
    stop.abort();
    await stream.ended;
  });
});
