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

export const THEMES = ['JupyterLab Dark', 'JupyterLab Light'];

/**
 * Look at a state in each theme: axe finds nothing in what is ours that would hinder people
 * seriously. A picture of each is kept beside the results of the test.
 */
export async function look(
  page: Page,
  story: Story,
  state: string,
  themes: readonly string[] = THEMES
): Promise<void> {
  // JupyterLab's body has no height and hides what overflows it: axe would see no text at all.
  await page.addStyleTag({ content: 'body { height: 100vh; }' });
  for (const theme of themes) {
    await test.step(`${state}, ${theme}`, async () => {
      await story.execute('apputils:change-theme', { theme });
      expect(await faultsOf(page)).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`${state}, ${theme}.png`) });
    });
  }
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
