/**
 * Keeps files by name: `bars/main/1m/AAPL/2026-01.parquet`. A name is a relative path whose parts begin
 * with a letter, a digit, `_`, `=` or `-` and go on with these or a dot; at most 900 characters. What
 * cannot be done is thrown as an `ObjectRefusal`.
 */
export interface ObjectStore {
  readonly id: string;
  /** Whole and at once: a reader sees the old bytes or the new ones. Resolves once they are durable. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Null where there is no such file. */
  get(name: string): Promise<Uint8Array | null>;
  /** Names that begin with the prefix, sorted by code unit. */
  list(prefix: string): Promise<readonly string[]>;
  /** No error where there is none. */
  remove(name: string): Promise<void>;
  /**
   * A path at which the file can be read on this machine, fetched first where it lies elsewhere; null
   * where there is no such file. What is given is held against `sha256` (hex) where given, and a
   * file that differs is refused as `objects.damaged`. The file stays there for a few minutes at
   * least, unless it is removed.
   */
  localPath(name: string, sha256?: string): Promise<string | null>;
}
