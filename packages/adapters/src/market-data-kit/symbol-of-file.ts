const ending = /\.(?:csv|txt|tsv)(?:\.gz)?$/i;
const suffix =
  /(?:[ _.-](?:daily|1d|d|eod|prices?|history|historical[ _-]?data|historical[ _-]?prices))$/i;

/** `prices/AAPL_daily.csv.gz` → `AAPL`: the file's stem without what only says that it is a price file. */
export function symbolOfFile(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const stem = name.replace(ending, '');
  const bare = stem.replace(suffix, '').trim();
  return bare === '' ? stem : bare;
}
