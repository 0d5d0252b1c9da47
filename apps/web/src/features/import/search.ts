/** The address of the import page says only which account a file goes to, where a link knows it. */
export interface ImportSearch {
  readonly account?: string | undefined;
}

export function readImportSearch(search: Record<string, unknown>): ImportSearch {
  const account = search['account'];
  return typeof account === 'string' && account !== '' ? { account } : {};
}
