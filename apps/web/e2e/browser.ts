// biome-ignore-all lint/style/noProcessEnv: the suite is told by the environment which browser and server to take
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const places = [
  process.env['PLIMSOLL_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium of this machine. `PLIMSOLL_CHROMIUM` names another. */
function findChromium(): string {
  const found = places.find((place) => place !== '' && existsSync(place));
  if (found === undefined) {
    throw new Error(
      'No Chromium found. Install it (Debian: apt-get install chromium) or name it in PLIMSOLL_CHROMIUM.',
    );
  }
  return found;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--disable-lcd-text',
  '--hide-scrollbars',
];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), headless: true, args: flags });

export interface Look {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
}

export const desktop = { width: 1440, height: 900 } as const;
export const phone = { width: 390, height: 844 } as const;

/** A window as a person would have it: theme, size, Irish English, Dublin time, no motion. */
export function openContext(browser: Browser, look: Look): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: look.scale ?? 1,
    hasTouch: look.width < 500,
    isMobile: look.width < 500,
    colorScheme: look.theme,
    reducedMotion: 'reduce',
    locale: 'en-IE',
    timezoneId: 'Europe/Dublin',
  });
}

/** Waits until nothing is being fetched and the letters are there. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
}
