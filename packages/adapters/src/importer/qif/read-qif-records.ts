/** One record of a QIF file: its fields by their letter, up to the `^`. */
export interface QifRecord {
  /** The list it is in, as the file calls it: `Bank`, `Invst`, `Security`, `Account` … */
  readonly list: string;
  /** The account that the last account record before it named; empty where there is none. */
  readonly account: string;
  /** 1-based line of its first field. */
  readonly line: number;
  readonly fields: ReadonlyMap<string, { readonly text: string; readonly line: number }>;
  /** The file ends before its `^`. */
  readonly isCut: boolean;
}

/** Fields that may come several times; the record's own comes first. */
const ofSplits = new Set(['S', 'E', '$', '%']);

const listName = (text: string): string =>
  text
    .replace(/^!type:/i, '')
    .replace(/^!/, '')
    .trim();

class QifReader {
  readonly records: QifRecord[] = [];
  #list = '';
  #account = '';
  #fields = new Map<string, { text: string; line: number }>();
  #inSplits = false;

  read(row: string, line: number): void {
    const letter = row.charAt(0);
    if (letter === '!') this.#open(row);
    else if (letter === '^') this.close(false);
    else this.#field(letter, row.slice(1).trim(), line);
  }

  close(isCut: boolean): void {
    const [first] = this.#fields.values();
    if (!first) return;
    if (this.#list.toLowerCase() === 'account') this.#account = this.#fields.get('N')?.text ?? '';
    const { line } = first;
    this.records.push({
      list: this.#list,
      account: this.#account,
      line,
      fields: this.#fields,
      isCut,
    });
    this.#fields = new Map();
    this.#inSplits = false;
  }

  #open(row: string): void {
    this.close(true);
    if (!/^!(?:option|clear):/i.test(row)) this.#list = listName(row);
  }

  /** In the list of securities an S is the symbol; elsewhere it begins the record's splits. */
  #field(letter: string, text: string, line: number): void {
    if (letter === 'S' && this.#list.toLowerCase() !== 'security') this.#inSplits = true;
    const key = this.#inSplits && ofSplits.has(letter) ? `split ${letter}` : letter;
    if (!this.#fields.has(key)) this.#fields.set(key, { text, line });
  }
}

/** Reads all records of a file in one pass. */
export function readQifRecords(text: string): readonly QifRecord[] {
  const reader = new QifReader();
  text.split(/\r\n|\r|\n/).forEach((row, at) => {
    if (row.trim() !== '') reader.read(row, at + 1);
  });
  reader.close(true);
  return reader.records;
}
