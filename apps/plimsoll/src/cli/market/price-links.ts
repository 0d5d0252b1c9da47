import type { Engine } from '@plimsoll/engine';
import type { Call } from '../command.ts';
import { theInstrument } from '../look-up.ts';
import { requireArgument, taken, UsageRefusal, written } from '../refusals.ts';
import { plain, table } from '../table.ts';

const by = { actor: 'owner' } as const;

/** Shows which listings instruments are, or what may be one; links it to a provider's symbol. */
export async function linkPrices(call: Call, [name, symbol]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  if (name === undefined) return showLinks(call, engine);
  const { id } = await theInstrument(engine, call.workspace, name);
  if (symbol === undefined) return showCandidates(call, engine, id);
  const [, provider, named] = /^([a-z][a-z0-9-]*):(.+)$/.exec(symbol) ?? [];
  if (provider === undefined || named === undefined) {
    throw new UsageRefusal(`"${symbol}" is not like yahoo:AAPL.`);
  }
  const wanted = { instrument: id, provider, symbol: named };
  const link = written(await engine.linkInstrument(call.workspace, wanted, by));
  if (call.json) return call.output.json(link);
  call.output.print(
    plain(`${link.label} is ${symbol}. Fetch its prices: plimsoll prices refresh ${name}`),
  );
}

/** Says that an instrument has no listing. */
export async function unlinkPrices(call: Call, [name]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const wanted = requireArgument(name, 'INSTRUMENT');
  const { id } = await theInstrument(engine, call.workspace, wanted);
  const link = written(await engine.unlinkInstrument(call.workspace, id, by));
  if (call.json) return call.output.json(link);
  call.output.print(plain(`${link.label} has no listing, and is not given one by rule again.`));
}

async function showLinks(call: Call, engine: Engine): Promise<void> {
  const links = taken(await engine.priceLinks(call.workspace));
  if (call.json) return call.output.json(links);
  if (links.length === 0) return call.output.print('There is nothing that a market quotes yet.');
  const rows = links.map(({ label, listingId, linkedBy, evidence, symbols }) => [
    plain(label),
    listingId === null ? '' : (linkedBy ?? ''),
    plain(symbols.map((one) => `${one.provider}:${one.symbol}`).join(' ')),
    plain(evidence),
  ]);
  call.output.print(table(linkColumns, rows));
}

async function showCandidates(call: Call, engine: Engine, id: string): Promise<void> {
  const found = taken(await engine.linkCandidates(call.workspace, id));
  if (call.json) return call.output.json(found);
  if (found.length === 0) return call.output.print('No provider that is turned on finds it.');
  const rows = found.map(({ provider, symbol, name, currency, mic }) => [
    plain(`${provider}:${symbol}`),
    plain(name ?? ''),
    plain(currency ?? ''),
    plain(mic ?? ''),
  ]);
  call.output.print(table(candidateColumns, rows));
}

const linkColumns = [
  { title: 'Instrument' },
  { title: 'Linked by' },
  { title: 'Symbols' },
  { title: 'Why' },
];
const candidateColumns = [
  { title: 'Symbol' },
  { title: 'Name' },
  { title: 'Currency' },
  { title: 'Venue' },
];
