/** `npm run test:browser`: the web page in a real browser. */
import { existsSync } from 'node:fs';
import { ensureWebPage } from '../launcher/web-page.mjs';
import { installDebian } from './debian.ts';
import { isPresent, repository, runVitest } from './suite.ts';

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function chromium(): string {
  const named = process.env['PLIMSOLL_CHROMIUM'];
  const found = (): string | undefined =>
    [named ?? '', ...candidates].find((path) => existsSync(path));
  if (found() === undefined) installDebian(['chromium'], 'the browser suite');
  const path = found();
  if (path === undefined) throw new Error('Chromium was installed but is not at /usr/bin/chromium');
  return path;
}

if (isPresent('browser')) {
  const browser = chromium();
  ensureWebPage(repository, process.execPath);
  process.exitCode = runVitest('browser', { PLIMSOLL_CHROMIUM: browser });
}
