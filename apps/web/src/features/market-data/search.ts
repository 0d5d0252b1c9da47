/** What the address of the data page says beside the scope. */
export interface DataSearch {
  readonly tab?: 'quality' | 'jobs' | undefined;
  /** Prices: all instruments instead of those that need somebody, or the other way round. */
  readonly show?: 'attention' | undefined;
  readonly q?: string | undefined;
  /** The instrument that is open. */
  readonly instrument?: string | undefined;
  /** Quality: which findings, and whether decided ones too. */
  readonly kind?: 'note' | 'repair' | undefined;
  readonly all?: true | undefined;
  /** The job that is open. */
  readonly job?: string | undefined;
}

/** Reads the address; what does not fit is left out. */
export function readDataSearch(search: Record<string, unknown>): DataSearch {
  const { tab, show, kind, all, q, instrument, job } = search;
  const text = (value: unknown) =>
    value === undefined || value === '' ? undefined : String(value);
  return {
    ...(tab === 'quality' || tab === 'jobs' ? { tab } : {}),
    ...(show === 'attention' ? { show } : {}),
    ...(kind === 'note' || kind === 'repair' ? { kind } : {}),
    ...(all === true ? { all } : {}),
    q: text(q),
    instrument: text(instrument),
    job: text(job),
  };
}
