/** What a parameter of a statement may be. */
export type SqlValue = string | number | boolean | null | Uint8Array | readonly string[];

/** A column's value: whole numbers as numbers, `bytea` as bytes, all else as PostgreSQL's own text. */
export type Cell = string | number | boolean | null | Uint8Array;

/** One row, its cells in the order of the columns asked for. */
export type Row = readonly Cell[];

/** A connection that one caller has to itself. */
export interface Session {
  /** Runs one statement and gives its rows. */
  query(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Runs statements without parameters; gives the command tag of the last, such as `COMMIT`. */
  script(sql: string): Promise<string>;
}

/** Where sessions come from: the embedded engine, or a pool of connections to a server. */
export interface Database {
  readonly engine: 'pglite' | 'postgresql';
  /** Whether a commit was seen to reach stable storage, or the server promises so. */
  readonly durable: boolean;
  /** How long one statement may run, in milliseconds; 0 is without limit. */
  readonly statementTimeoutMs: number;
  /** Whether losing a race (serialisation failure, deadlock) can happen and is worth trying again. */
  readonly contended: boolean;
  session<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** PostgreSQL's refusal of a statement, with its SQLSTATE. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}
