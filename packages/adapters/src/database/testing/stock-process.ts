/**
 * The control to `writer-process.ts`: PGlite as it comes, without our file system. Writes rows for
 * ever and the number of each, once committed, to the file ACKNOWLEDGED.
 */
import { openSync, writeSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';

const [, , folder = '', acknowledged = ''] = process.argv;
const log = openSync(acknowledged, 'a');
const database = await PGlite.create(folder);
await database.exec('CREATE TABLE fact (id int PRIMARY KEY, detail text)');
writeSync(1, 'ready\n');
for (let id = 1; ; id++) {
  await database.query("INSERT INTO fact VALUES ($1, repeat('x', 200))", [id]);
  writeSync(log, `${id}\n`);
}
