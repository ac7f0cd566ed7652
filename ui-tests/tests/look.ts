/** Does the screen pass the accessibility checks, in each theme? */
import AxeBuilder from '@axe-core/playwright';
import { test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { expect } from './story';
import type { Story } from './story';

/** All elements of the extension. */
const OURS = [
  '.jp-NamespaceViz',
  '.jp-NamespaceViz-card',
  '.jp-NamespaceViz-graph',
  '.jp-NamespaceViz-mark',
  '.jp-NamespaceViz-planBody',
  '.jp-NamespaceViz-statusItem'
];

const LIGHT = 'JupyterLab Light';
const DARK = 'JupyterLab Dark';

/**
 * Check a state: axe finds no serious problem in the elements of the extension.
 *
 * `SCREENSHOTS=1` checks the dark theme too, and keeps pictures with the test results.
 */
export async function look(page: Page, story: Story, state: string): Promise<void> {
  if (process.env.SCREENSHOTS) {
    await lookInThemes([DARK, LIGHT], page, story, state);
  } else {
    await expectNoFaults(page);
  }
}

/** Check a state in each theme of JupyterLab. */
export async function lookInAllThemes(page: Page, story: Story, state: string): Promise<void> {
  await lookInThemes([`${DARK} High Contrast`, DARK, LIGHT], page, story, state);
}

async function lookInThemes(
  themes: string[],
  page: Page,
  story: Story,
  state: string
): Promise<void> {
  for (const theme of themes) {
    await test.step(`${state}, ${theme}`, async () => {
      await story.execute('apputils:change-theme', { theme });
      await expect(page.locator('body')).toHaveAttribute('data-jp-theme-name', theme);
      await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
      await expectNoFaults(page);
      if (process.env.SCREENSHOTS) {
        await page.screenshot({ path: test.info().outputPath(`${state}, ${theme}.png`) });
      }
    });
  }
}

async function expectNoFaults(page: Page): Promise<void> {
  // JupyterLab's body has no height and hides its overflow: axe would see no text at all.
  await page.addStyleTag({ content: 'body { height: 100vh; }' });
  expect(await faultsOf(page)).toEqual([]);
}

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await OURS.reduce(
    (axe, selector) => axe.include(selector),
    new AxeBuilder({ page })
  ).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`));
}
