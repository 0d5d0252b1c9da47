import { seededRandom } from '@plimsoll/kernel';
import type { Importer, ParsedFile } from '@plimsoll/ports';
import { importFile } from '../decode-text.ts';
import { type CsvShape, readCsv } from '../read-csv.ts';

const isWholeFileRefusal = (parsed: ParsedFile): boolean =>
  parsed.rows.length === 0 &&
  parsed.ignored.length === 0 &&
  parsed.refused.length === 1 &&
  parsed.refused[0]?.line === 1;

/** Lines that became rows; one line may state two transactions (a conversion of one coin to another). */
const takenLines = (parsed: ParsedFile): readonly number[] => {
  const origins = new Map(
    parsed.rows.map((row) => {
      const lines = row.lines ?? [row.line];
      return [lines.join(), lines];
    }),
  );
  return [...origins.values()].flat();
};

const linesOf = (parsed: ParsedFile): readonly number[] => [
  ...takenLines(parsed),
  ...parsed.refused.map((row) => row.line),
  ...parsed.ignored.map((row) => row.line),
];

/**
 * What is wrong with how a parsed CSV file accounts for its lines: each record below the header
 * must be in exactly one of rows, refused and ignored. Empty when all is well.
 */
export function accountingFaults(
  text: string,
  parsed: ParsedFile,
  shape: CsvShape = {},
): readonly string[] {
  if (isWholeFileRefusal(parsed)) return [];
  const records = readCsv(text, shape)?.records.map((record) => record.line) ?? [];
  const times = new Map<number, number>();
  for (const line of linesOf(parsed)) times.set(line, (times.get(line) ?? 0) + 1);
  const uncounted = records.filter((line) => !times.has(line));
  const repeated = [...times].filter(([, count]) => count > 1).map(([line]) => line);
  return [
    ...uncounted.map((line) => `line ${line} is not accounted for`),
    ...repeated.map((line) => `line ${line} is accounted for more than once`),
  ];
}

const spoilers = [
  '\0',
  '"',
  ',',
  ';',
  '\n',
  '\r',
  '\t',
  '-',
  '999999999999',
  '٣',
  '💥',
  'e400',
  '',
];

/** One way to damage bytes, chosen by the random numbers: cut, swap, repeat, insert, overwrite. */
function damage(bytes: Uint8Array, next: () => number): Uint8Array {
  const at = Math.floor(next() * (bytes.length + 1));
  const until = Math.min(bytes.length, at + Math.floor(next() * 40));
  const before = [...bytes.subarray(0, at)];
  const cut = [...bytes.subarray(at, until)];
  const after = [...bytes.subarray(until)];
  const spoiler = [
    ...new TextEncoder().encode(spoilers[Math.floor(next() * spoilers.length)] ?? ''),
  ];
  switch (Math.floor(next() * 6)) {
    case 0:
      return Uint8Array.from(before);
    case 1:
      return Uint8Array.from([...before, ...after]);
    case 2:
      return Uint8Array.from([...before, ...cut, ...cut, ...after]);
    case 3:
      return Uint8Array.from([...before, ...spoiler, ...cut, ...after]);
    case 4:
      return Uint8Array.from([...before, ...cut.toReversed(), ...after]);
    default:
      return Uint8Array.from([...before, ...cut.map(() => Math.floor(next() * 256)), ...after]);
  }
}

/**
 * Parses damaged copies of a file and answers every fault found: a throw, or a line that is not
 * accounted for exactly once. The same seed damages in the same way.
 */
export function faultsUnderDamage(
  importer: Importer,
  text: string,
  { seed = 1, runs = 250, shape = {} }: { seed?: number; runs?: number; shape?: CsvShape } = {},
): readonly string[] {
  const random = seededRandom(seed);
  const next = () => random.next();
  const faults: string[] = [];
  for (let run = 0; run < runs; run++) {
    let bytes: Uint8Array = new TextEncoder().encode(text);
    for (let hurts = 1 + Math.floor(next() * 3); hurts > 0; hurts--) bytes = damage(bytes, next);
    const file = importFile('damaged.csv', bytes);
    importer.detect(file);
    const found = accountingFaults(file.text, importer.parse(file, {}), shape);
    faults.push(...found.map((fault) => `run ${run}: ${fault}`));
  }
  return faults;
}
