import { newTransaction } from '@plimsoll/contracts';
import { type TransactionType, transactionTypes } from '@plimsoll/domain';
import type { AccountView, Engine, InstrumentView } from '@plimsoll/engine';
import type { Json } from '@plimsoll/kernel';
import { checked } from '../cli/checked.ts';
import type { Call, Command, Option } from '../cli/command.ts';
import { entryFields } from '../cli/entry-fields.ts';
import { findAccount, findInstruments, theAccount, theInstrument } from '../cli/look-up.ts';
import { CommandRefusal, requireArgument, UsageRefusal, written } from '../cli/refusals.ts';
import { plain } from '../cli/table.ts';

const references: Readonly<Record<string, Option>> = {
  account: { type: 'string', value: 'NAME', help: 'The account; made if there is none.' },
  to: { type: 'string', value: 'NAME', help: 'The account that a transfer goes to.' },
  instrument: { type: 'string', value: 'NAME', help: 'Symbol, ISIN, name or id.' },
  child: { type: 'string', value: 'NAME', help: 'What a spin-off gives.' },
  into: { type: 'string', value: 'NAME', help: 'What a merger or symbol change gives.' },
  reinvested: { type: 'string', value: '"N NAME"', help: 'Units that income bought: "0.5 VWRL".' },
};

export const command: Command = {
  summary: 'Record a transaction by hand.',
  usage: [
    'add TYPE --account NAME --date DATE [--instrument NAME] [--quantity N] [--price N] …',
    'add opening-balance --account NAME --date DATE --instrument NAME --quantity N --cost N',
    'add \'{"type":"buy", …}\'    (one transaction or a list, as the API takes them)',
  ],
  options: {
    ...references,
    ...Object.fromEntries(
      Object.entries(entryFields).map(([name, { value, help }]) => [
        name,
        { type: 'string' as const, value, help },
      ]),
    ),
  },
  notes: [
    `TYPE: ${transactionTypes.join(', ')}.`,
    'In JSON, account and instrument may be names too, in place of accountId and instrumentId.',
    'Account and instrument are made where a buy, a delivery or an opening balance names new ones.',
  ],
  run: async (call) => {
    const [what, ...more] = call.positionals;
    if (more.length > 0) throw new UsageRefusal(`"${more[0]}" is one argument too many.`);
    const drafts = entriesOf(call, requireArgument(what, 'TYPE'));
    const engine = await call.engine();
    const entered = new Entry(call, engine);
    const transactions: Json[] = [];
    for (const draft of drafts) {
      transactions.push(checked(newTransaction, await entered.resolve(draft)) as Json);
    }
    const done = written(await engine.record(call.workspace, transactions, { actor: 'owner' }));
    if (call.json) call.output.json(done);
    else call.output.print(`Recorded ${done.ids.join(', ')}.`);
  },
};

type Draft = Readonly<Record<string, unknown>>;

function entriesOf(call: Call, what: string): readonly Draft[] {
  if (/^\s*[[{]/.test(what)) return fromJson(what);
  if (!transactionTypes.some((type) => type === what)) {
    throw new UsageRefusal(`"${what}" is no type of transaction: ${transactionTypes.join(', ')}.`);
  }
  const named = Object.keys(references).map((name) => [name, call.text(name)] as const);
  const fields = Object.entries(entryFields).map(([name, { member, read }]) => {
    const text = call.text(name);
    return [member, text === undefined ? undefined : read(text)] as const;
  });
  const given = [...named, ...fields].filter(([, value]) => value !== undefined);
  return [{ type: what, ...Object.fromEntries(given) }];
}

function fromJson(text: string): readonly Draft[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageRefusal(`It is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const list: unknown[] = Array.isArray(json) ? json : [json];
  return list.map((one) => {
    if (typeof one === 'object' && one !== null && !Array.isArray(one)) return one as Draft;
    throw new UsageRefusal('Each transaction is an object: {"type": "buy", …}.');
  });
}

/** Types that may name an instrument or account for the first time. */
const opening: ReadonlySet<unknown> = new Set<TransactionType>([
  'buy',
  'short',
  'delivery-in',
  'opening-balance',
  'deposit',
]);

/** Turns the names that a person gives into the ids of the record. */
class Entry {
  readonly #call: Call;
  readonly #engine: Engine;

  constructor(call: Call, engine: Engine) {
    this.#call = call;
    this.#engine = engine;
  }

  async resolve({ account, to, instrument, child, into, reinvested, ...rest }: Draft) {
    const { workspace } = this.#call;
    const currency = textOf(rest['currency']);
    const held = instrument === undefined ? undefined : await this.#instrument(rest, instrument);
    const on = account === undefined ? undefined : await this.#account(rest, account, held);
    const idOf = async (name: unknown) =>
      (await theInstrument(this.#engine, workspace, String(name))).id;
    return {
      ...(on && takesCurrency(rest['type']) ? { currency: held?.currency ?? on.currency } : {}),
      ...rest,
      ...(currency === undefined ? {} : { currency }),
      ...(on ? { accountId: on.id } : {}),
      ...(held ? { instrumentId: held.id } : {}),
      ...(to === undefined
        ? {}
        : { toAccountId: (await theAccount(this.#engine, workspace, String(to))).id }),
      ...(child === undefined ? {} : { childId: await idOf(child) }),
      ...(into === undefined ? {} : { intoId: await idOf(into) }),
      ...(reinvested === undefined ? {} : { reinvested: await this.#reinvested(reinvested) }),
    };
  }

  async #instrument(draft: Draft, named: unknown): Promise<InstrumentView> {
    const { workspace, output } = this.#call;
    const name = String(named);
    const found = await findInstruments(this.#engine, workspace, name);
    if (found.length > 0 || !opening.has(draft['type'])) {
      return theInstrument(this.#engine, workspace, name);
    }
    const currency = textOf(draft['currency']) ?? this.#call.base;
    if (currency === undefined) {
      throw new CommandRefusal({
        code: 'instrument.unknown',
        detail: `There is no instrument "${name}" yet. Add --currency, and it is made.`,
      });
    }
    const isin = /^[A-Z]{2}[A-Z0-9]{9}\d$/.test(name);
    const identifier = isin ? { isin: name } : { symbol: name };
    const made = written(
      await this.#engine.createInstrument(
        workspace,
        { kind: 'equity', name, currency, ...identifier },
        { actor: 'owner' },
      ),
    );
    output.note(`Made the instrument ${plain(made.label)} (${made.currency}).`);
    return made;
  }

  async #account(
    draft: Draft,
    named: unknown,
    held: InstrumentView | undefined,
  ): Promise<AccountView> {
    const { workspace, output, base } = this.#call;
    const name = String(named);
    const found = await findAccount(this.#engine, workspace, name);
    if (found) return found;
    const currency = base ?? textOf(draft['currency']) ?? held?.currency;
    if (!opening.has(draft['type']) || currency === undefined) {
      return theAccount(this.#engine, workspace, name);
    }
    const made = written(
      await this.#engine.createAccount(workspace, { name, currency }, { actor: 'owner' }),
    );
    output.note(`Made the account ${plain(made.name)} (${made.currency}).`);
    return made;
  }

  async #reinvested(given: unknown): Promise<unknown> {
    if (typeof given !== 'string') return given;
    const [, quantity, name] = /^\s*([\d.]+)\s+(.+?)\s*$/.exec(given) ?? [];
    if (quantity === undefined || name === undefined) {
      throw new UsageRefusal(`"${given}" is not units and an instrument, such as "0.5 VWRL".`);
    }
    const { id } = await theInstrument(this.#engine, this.#call.workspace, name);
    return { instrumentId: id, quantity };
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.toUpperCase() : undefined;

/** Corporate actions are in no currency. */
const takesCurrency = (type: unknown): boolean =>
  !['split', 'stock-dividend', 'spin-off', 'merger', 'symbol-change'].includes(String(type));
