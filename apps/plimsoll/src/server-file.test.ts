import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { announce, serverOf, withdraw } from './server-file.ts';
import { temporaryFolder } from './testing/test-server.ts';

test('a server is believed only where it owns the lock of the folder', () => {
  const { folder, remove } = temporaryFolder();
  const owner = (pid: number) =>
    writeFileSync(join(folder, 'lock-owner.json'), JSON.stringify({ pid }));
  expect(serverOf(folder)).toBeUndefined();
  announce(folder, 'http://localhost:4680');
  expect(serverOf(folder)).toBeUndefined();
  owner(process.pid + 1);
  expect(serverOf(folder)).toBeUndefined();
  owner(process.pid);
  expect(serverOf(folder)).toBe('http://localhost:4680');
  writeFileSync(join(folder, 'server.json'), '{"address":');
  expect(serverOf(folder)).toBeUndefined();
  withdraw(folder);
  expect(serverOf(folder)).toBeUndefined();
  remove();
});
