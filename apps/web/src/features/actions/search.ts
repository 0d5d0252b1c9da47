/** What the address of the page of corporate actions says beside the scope. */
export interface ActionsSearch {
  readonly tab?: 'decided' | 'known' | 'rules' | undefined;
  readonly instrument?: string | undefined;
  readonly kind?: string | undefined;
  /** The proposal that is being confirmed with figures of one's own. */
  readonly id?: string | undefined;
  /** The form for one by hand is open. */
  readonly enter?: true | undefined;
}

/** Reads the address; what does not fit is left out. */
export function readActionsSearch(search: Record<string, unknown>): ActionsSearch {
  const { tab, instrument, kind, id, enter } = search;
  const text = (value: unknown) =>
    value === undefined || value === '' ? undefined : String(value);
  return {
    ...(tab === 'decided' || tab === 'known' || tab === 'rules' ? { tab } : {}),
    ...(enter === true ? { enter } : {}),
    instrument: text(instrument),
    kind: text(kind),
    id: text(id),
  };
}
