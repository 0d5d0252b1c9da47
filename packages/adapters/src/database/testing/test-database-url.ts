/** The server that the PostgreSQL suite provides; without it there is nothing to test against. */
export function testDatabaseUrl(): string {
  const url = process.env['PLIMSOLL_TEST_DATABASE_URL'];
  if (url === undefined) {
    throw new Error('PLIMSOLL_TEST_DATABASE_URL is not set; run npm run test:postgres');
  }
  return url;
}
