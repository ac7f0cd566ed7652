/** Does what is on screen look right, for those who see and for those who do not? */
import AxeBuilder from '@axe-core/playwright';
import { test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { expect } from './story';
import type { Story } from './story';

/** All that is ours on the page. */
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
 * Look at a state: axe finds nothing in what is ours that would hinder people seriously.
 *
 * `SCREENSHOTS=1` looks in the dark theme too, and keeps pictures beside the results of the test.
 */
export async function look(page: Page, story: Story, state: string): Promise<void> {
  if (process.env.SCREENSHOTS) {
    await lookInThemes([DARK, LIGHT], page, story, state);
  } else {
    await expectNoFaults(page);
  }
}

/** Look at a state in each theme that JupyterLab brings along. */
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
  // JupyterLab's body has no height and hides what overflows it: axe would see no text at all.
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
