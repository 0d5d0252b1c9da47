import type { MarketDataProvider, ProviderWorld } from '@plimsoll/ports';
import {
  type FakeAnswer,
  type FakeProvider,
  type FakeRequest,
  fakeProvider,
  standardNowMs,
  type VirtualWorld,
  virtualWorld,
} from '@plimsoll/ports/conformance';
import { afterAll, beforeAll, beforeEach } from 'vitest';

export interface ScriptedProvider {
  /** A new provider of the fake server, with its own limits and cache. */
  readonly open: () => MarketDataProvider;
  readonly world: () => VirtualWorld;
  /** How the server answers from now on. */
  readonly answers: (answer: (request: FakeRequest) => FakeAnswer) => void;
  /** What the server was asked since the test began. */
  readonly asked: () => readonly FakeRequest[];
}

/** For tests of what is particular to one provider: a server of its own for all tests of a `describe`. */
export function scriptedProvider(
  create: (baseUrl: string, world: ProviderWorld) => MarketDataProvider,
): ScriptedProvider {
  let server: FakeProvider;
  let world: VirtualWorld;
  let before = 0;
  beforeAll(async () => {
    server = await fakeProvider(
      () => ({ status: 404, text: '' }),
      () => world.nowMs(),
    );
  });
  beforeEach(() => {
    world = virtualWorld(standardNowMs);
    before = server.requests.length;
  });
  afterAll(() => server.close());
  return {
    open: () => create(server.baseUrl, world),
    world: () => world,
    answers: (answer) => {
      server.answer = answer;
    },
    asked: () => server.requests.slice(before),
  };
}
