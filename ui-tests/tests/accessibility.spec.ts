/** Story: somebody who sees little, or nothing, or uses no mouse, is told the same as all others. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './story';

const NOTEBOOK = [
  'import colorsys as cs\nimport no_such_module_anywhere',
  'hue = cs.rgb_to_hsv(1, 0, 0)',
  { source: 'print(hue)', count: 3 },
  'print(late)\nunfinished = (',
  'late = 3',
  ''
];

/** What axe finds in what is ours on the page, but for what hardly anybody is hindered by. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include('.jp-NamespaceViz')
    .include('.jp-NamespaceViz-mark')
    .include('.jp-NamespaceViz-statusItem')
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`));
}

const THEMES = [
  'JupyterLab Light',
  'JupyterLab Dark',
  'JupyterLab Light High Contrast',
  'JupyterLab Dark High Contrast'
];

test('axe finds no serious fault in any view, in any theme', async ({ page, story }) => {
  test.slow(); // six states in four themes
  // JupyterLab's body has no height and hides what overflows it: axe would see no text at all.
  await page.addStyleTag({ content: 'body { height: 100vh; }' });
  await story.openNotebook(NOTEBOOK);
  await story.run(2);
  await story.run(5);
  const expectNone = async (state: string): Promise<void> => {
    for (const theme of THEMES) {
      await test.step(`${state}, ${theme}`, async () => {
        await story.execute('apputils:change-theme', { theme });
        expect(await faultsOf(page)).toEqual([]);
      });
    }
  };
  for (const view of ['Cells', 'Names', 'Imports', 'Problems'] as const) {
    await story.chooseView(view);
    if (view === 'Names') {
      await story.nameRow('late').getByRole('button', { expanded: false }).click();
    }
    await expectNone(view);
  }
  await story.execute('kernelmenu:shutdown');
  await expect(story.kernelLine).toContainText('No kernel');
  await expectNone('no kernel');
  await page.notebook.close(true);
  await expect(story.notice).toContainText('No notebook is open');
  await expectNone('no notebook');
});
