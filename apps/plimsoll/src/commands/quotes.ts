import { openQuoteSocket, type QuoteSocket } from '@plimsoll/client';
import type { Engine, QuoteView } from '@plimsoll/engine';
import type { Call, Command } from '../cli/command.ts';
import { CommandRefusal, taken } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';
import { environment, inFolder, readConfig } from '../config.ts';
import { serverOf } from '../server-file.ts';

type Quotes = Extract<Awaited<ReturnType<Engine['quotes']>>, { ok: true }>['value'];

export const command: Command = {
  summary: 'Show the latest quotes.',
  usage: ['quotes [SYMBOL …]', 'quotes [SYMBOL …] --watch'],
  options: {
    watch: { type: 'boolean', help: 'Stay, and show each change as it comes. Ctrl+C ends it.' },
  },
  notes: [
    'SYMBOL is what an instrument of the workspace goes by: symbol, ISIN, name or id. None: all.',
    'Live quotes come from a running server (plimsoll serve) whose providers of quotes are turned on;',
    'without one the last closes are shown. Each quote says how it is known.',
  ],
  run: async (call) => (call.flag('watch') ? watch(call) : show(call)),
};

async function show(call: Call): Promise<void> {
  const engine = await call.engine();
  const view = taken(await engine.quotes(call.workspace, wanted(call)));
  if (call.json) return call.output.json(view);
  printQuotes(call, view);
}

const wanted = ({ positionals }: Call) =>
  positionals.length === 0 ? {} : { symbols: positionals };

function printQuotes(call: Call, { quotes, unknown, sources }: Quotes): void {
  if (quotes.length > 0) call.output.print(table(columns, quotes.map(rowOf)));
  else call.output.print('There are no quotes.');
  for (const { id, state, detail } of sources) {
    if (state !== 'open') call.output.note(plain(`${id} is ${state}. ${detail}`));
  }
  for (const { symbol, heldBack, note } of quotes) {
    if (heldBack !== null) call.output.note(plain(`${symbol}: ${note}`));
  }
  if (unknown.length > 0) {
    call.output.note(plain(`No instrument goes by ${unknown.join(', ')}.`));
  }
}

const columns = [
  { title: 'Symbol' },
  { title: 'Last', right: true },
  { title: 'Bid', right: true },
  { title: 'Ask', right: true },
  { title: 'Change', right: true },
  { title: 'Cur.' },
  { title: 'Age', right: true },
  { title: 'Known' },
];

const number = (value: number | null): string => (value === null ? '–' : String(value));

const rowOf = (quote: QuoteView): string[] => [
  plain(quote.symbol),
  number(quote.last),
  number(quote.bid),
  number(quote.ask),
  changeOf(quote),
  quote.priceFactor === 0.01 ? `${quote.currency}/100` : quote.currency,
  ageOf(quote.age),
  plain(knownBy(quote)),
];

function changeOf({ last, previousClose, state }: QuoteView): string {
  if (last === null || previousClose === null || state === 'close') return '';
  const percent = (last / previousClose - 1) * 100;
  return `${percent >= 0 ? '+' : ''}${percent.toFixed(2)} %`;
}

function ageOf(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3_600)} h`
    : `${Math.round(seconds / 86_400)} d`;
}

const knownBy = ({ state, source, delayed, simulated }: QuoteView): string =>
  [state, delayed ? 'delayed' : '', simulated ? 'simulated' : '', source ?? '']
    .filter((word, place, all) => word !== '' && all.indexOf(word) === place)
    .join(' ');

/** Shows changes until the process is asked to end or the server refuses. */
async function watch(call: Call): Promise<void> {
  const config = readConfig(environment(), inFolder(call.dataFolder));
  const server = call.server ?? serverOf(config.dataFolder);
  if (server === undefined) {
    throw new CommandRefusal({
      code: 'request.not-found',
      detail:
        'No server is running on this data folder, and quotes are live only in one. Start it with: plimsoll serve',
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket: QuoteSocket = openQuoteSocket({
    origin: server.replace(/\/+$/, ''),
    workspace: call.workspace,
    WebSocket: globalThis.WebSocket,
    random: Math.random,
    onQuotes: (ids) => {
      for (const id of ids) {
        const quote = socket.quotes.get(id);
        if (quote) tell(call, quote);
      }
    },
    onState: (state, detail) => {
      if (state === 'lost') call.output.note(`The connection was lost. ${detail}`.trim());
      if (state === 'refused') reject(refusal('request.invalid', detail));
    },
    onProblem: (code, detail) => reject(refusal(code, detail)),
  });
  socket.want(wanted(call));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  try {
    await promise;
  } finally {
    socket.close();
  }
}

const refusal = (code: string, detail: string): CommandRefusal =>
  new CommandRefusal({ code, detail });

function tell(call: Call, quote: QuoteView): void {
  if (call.json) call.output.json(quote);
  else call.output.print(rowOf(quote).join('  '));
}
