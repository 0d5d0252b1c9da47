import axe from 'axe-core';
import type { Page } from 'playwright-core';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface AxeResult {
  violations: {
    id: string;
    help: string;
    nodes: { target: string[]; failureSummary?: string }[];
  }[];
}

/** What axe finds, a line each, with the first places. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result = await page.evaluate(async (values) => {
    const run = (window as unknown as { axe: { run: (options: object) => Promise<AxeResult> } }).axe
      .run;
    return run({ runOnly: { type: 'tag', values } });
  }, standards);
  return result.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes
        .slice(0, 3)
        .map(({ target }) => target.join(' '))
        .join(' | ')})`,
  );
}

/** A phone must never scroll sideways, nor 320 px, which is a desktop at 400 %. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
