import type { QualityItem } from '@plimsoll/contracts';

export type QualityKind = QualityItem['kind'];
export type Decision = 'released' | 'rejected' | 'undone' | 'seen' | 'reopened';

/** What a kind is called as the name of its list, and what an empty list says. */
export const kindWords: Readonly<
  Record<QualityKind, { readonly title: string; readonly empty: string; readonly about: string }>
> = {
  row: {
    title: 'Kept back',
    empty: 'No row is kept back',
    about:
      'Rows that cannot be true, or cannot be believed yet. They count nowhere until released.',
  },
  note: {
    title: 'Notes',
    empty: 'No note waits for you',
    about: 'What is odd and may be true. Nothing was changed.',
  },
  repair: {
    title: 'Repairs',
    empty: 'Nothing was repaired',
    about: 'What was provably wrong and is mended, with the evidence. Each can be undone.',
  },
};

const codes: Readonly<Record<string, string>> = {
  'unit-slip': 'Another unit',
  'unit-slip-100x': 'A hundred times off',
  'zero-row': 'Missing or zero prices',
  'phantom-dividend': 'Dividend told twice',
  'dividend-on-wrong-day': 'Dividend on the wrong day',
  'capital-gain-counted-twice': 'Capital gain counted twice',
  'history-rewritten': 'History rewritten',
  'sources-disagree': 'Sources disagree',
  'wrong-currency': 'Another currency',
  'suspect-split': 'Looks like a split',
  gap: 'Days without prices',
  'provider-note': 'Remark of the provider',
  quarantined: 'Kept back',
};

/** What kind of finding it is, as a heading: of a code that is not known here, its own words. */
export const codeWords = (code: string): string => {
  const words = codes[code] ?? code.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

/** Notes that keep an answer out until somebody wants it after all. */
const holding: ReadonlySet<string> = new Set(['history-rewritten', 'sources-disagree']);

/** Which decisions can be made now, the usual one first. */
export function choicesOf({
  kind,
  code,
  state,
}: Pick<QualityItem, 'kind' | 'code' | 'state'>): Decision[] {
  if (state !== 'open') return kind === 'row' && state === 'released' ? [] : ['reopened'];
  if (kind === 'row') return ['released', 'rejected'];
  if (kind === 'repair') return ['undone', 'seen'];
  return holding.has(code) ? ['seen', 'released'] : ['seen'];
}

interface DecisionWords {
  readonly button: string;
  readonly done: string;
  /** The question of the dialog, and what follows; of what is done at once, null. */
  readonly ask: { readonly title: string; readonly after: string } | null;
}

/** What a decision is called and what it does. */
export function decisionWords(kind: QualityKind, decision: Decision): DecisionWords {
  switch (decision) {
    case 'released':
      return {
        button: kind === 'note' ? 'Take it' : 'Release',
        done: kind === 'note' ? 'The next refresh takes it.' : 'The row counts from now on.',
        ask:
          kind === 'note'
            ? {
                title: 'Take this history after all?',
                after:
                  'The next refresh takes what the provider says now. What was known before stays on record.',
              }
            : {
                title: 'Release this row?',
                after:
                  'It counts in values and returns from now on. That cannot be taken back; another price of the day can be entered at any time.',
              },
      };
    case 'rejected':
      return {
        button: 'Reject',
        done: 'The row stays out.',
        ask: {
          title: 'Reject this row?',
          after: 'It stays out, however often it is fetched again. You can reopen it later.',
        },
      };
    case 'undone':
      return {
        button: 'Undo the repair',
        done: 'The provider’s own figures count.',
        ask: {
          title: 'Undo this repair?',
          after:
            'The provider’s own figures count, now and in later refreshes, until you reopen it and fetch the history again.',
        },
      };
    case 'seen':
      return { button: 'Seen', done: 'It does not wait any more.', ask: null };
    case 'reopened':
      return { button: 'Reopen', done: 'It waits again.', ask: null };
  }
}

const stateNames: Readonly<Record<QualityItem['state'], string>> = {
  open: 'open',
  released: 'released',
  rejected: 'rejected',
  undone: 'undone',
  seen: 'seen',
};

/** `Released by owner: The exchange confirms it.` */
export function decidedText({ state, decidedBy, reason }: QualityItem): string {
  const name = stateNames[state];
  const who = decidedBy === null ? '' : ` by ${decidedBy}`;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${who}${reason === '' ? '' : `: ${reason}`}`;
}

/** A figure of the evidence under its name. */
export interface EvidenceRow {
  readonly name: string;
  readonly value: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const rowNames: Readonly<Record<string, string>> = {
  open: 'Open',
  high: 'High',
  low: 'Low',
  close: 'Close',
  adjustedClose: 'Adjusted close',
  volume: 'Volume',
};

/** The figures of a row that was kept back, in the order of a price list; what is unknown is left out. */
export function rowFigures(evidence: unknown): EvidenceRow[] {
  // A line that could not be read stands as it came.
  if (typeof evidence === 'string' && evidence !== '')
    return [{ name: 'As it came', value: evidence }];
  if (!isRecord(evidence)) return [];
  const known = Object.keys(rowNames).filter((field) => field in evidence);
  const other = Object.keys(evidence).filter((field) => !(field in rowNames));
  return [...known, ...other].flatMap((field) => {
    const value = evidence[field];
    if (typeof value !== 'number' && typeof value !== 'string') return [];
    return [{ name: rowNames[field] ?? field, value: String(value) }];
  });
}

/** What a repair changed. */
export interface RepairFigures {
  readonly before: number | null;
  readonly after: number | null;
  readonly factor: number | null;
  readonly rows: number;
  readonly from: string;
  readonly until: string;
  readonly fields: string;
  readonly certainty: number | null;
}

/** The figures of a repair; null where the evidence is not of a repair. */
export function repairFigures(evidence: unknown): RepairFigures | null {
  if (!isRecord(evidence)) return null;
  const number = (name: string) => (typeof evidence[name] === 'number' ? evidence[name] : null);
  const { from, until, fields } = evidence;
  if (typeof from !== 'string' || typeof until !== 'string') return null;
  const names = Array.isArray(fields)
    ? fields.map((one) => rowNames[String(one)] ?? String(one))
    : [];
  return {
    before: number('before'),
    after: number('after'),
    factor: number('factor'),
    certainty: number('certainty'),
    rows: number('rows') ?? 1,
    from,
    until,
    fields: names.join(', ').toLowerCase(),
  };
}

/** The close that a finding speaks of, to be shown among its neighbours: what was given, not what counts. */
export function oddClose({
  kind,
  evidence,
  day,
}: Pick<QualityItem, 'kind' | 'evidence' | 'day'>): number | null {
  if (!isRecord(evidence)) return null;
  const row = kind === 'row' ? evidence : givenRow(evidence, day);
  const close = row?.['close'];
  return typeof close === 'number' && Number.isFinite(close) && close > 0 ? close : null;
}

function givenRow(evidence: Readonly<Record<string, unknown>>, day: string) {
  const { given } = evidence;
  const row = isRecord(given) ? given[day] : undefined;
  return isRecord(row) ? row : undefined;
}
