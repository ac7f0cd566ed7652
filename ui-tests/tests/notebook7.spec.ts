/** Story: the same extension in Jupyter Notebook 7. */
import { expect, test } from '@playwright/test';
import { notebookOf, Story, upload } from './story';

test('The panel opens in Notebook 7 and tells the truth', async ({ page, request }, {
  repeatEachIndex
}) => {
  const path = `notebook7-${repeatEachIndex}.ipynb`; // each with a kernel of its own
  const cells = ['import math', { source: 'math.pi', count: 2 }];
  await upload(request, path, notebookOf(cells, {}));
  await page.goto(`/notebooks/${path}`);
  const story = new Story(page, '');
  await expect(story.cell(2)).toHaveClass(/jp-NamespaceViz-cell-waiting/);
  await story.select(2);
  await expect(story.mark(2)).toContainText(
    'Not run yet · math is missing: cell import math has not run since the kernel started.'
  );

  await test.step('where no tab says so, the card says whose it is', async () => {
    await story.cell(2).locator('.jp-NamespaceViz-underline').hover();
    const card = page.getByRole('group', { name: 'About math' });
    await expect(card).toContainText('Namespace');
    await page.keyboard.press('Escape');
    await expect(card).toHaveCount(0);
  });

  // eslint-disable-next-line jupyter/galata-prefer-menu-helper -- this is not Galata's page
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByText('Right Sidebar').click();
  await page.getByText('Show Namespace', { exact: true }).click();

  await expect(story.panel).toBeVisible();
  await story.expectStatuses('Ready', 'Not run yet');
  await (await story.unfolded(2)).getByRole('button', { name: /^Run Dependencies/ }).click();
  await story.dialog.getByRole('button', { name: 'Run 1 Cell' }).click();
  await story.expectStatuses('Fresh', 'Ready');
  await expect(story.count(1)).toHaveText('[1]:');
  await expect(story.marks).toHaveCount(0);
});

test('The graph opens below the notebook in Notebook 7', async ({ page, request }, {
  repeatEachIndex
}) => {
  const path = `graph7-${repeatEachIndex}.ipynb`;
  await upload(request, path, notebookOf(['a = 1', 'b = a', 'print(b)'], {}));
  await page.goto(`/notebooks/${path}`);
  const story = new Story(page, '');
  await expect(story.cell(2)).toHaveClass(/jp-NamespaceViz-cell-waiting/);
  const graph = page.getByRole('tree', { name: 'Dependency graph' });
  const tab = page.getByRole('tab', { name: `Graph of ${path}` });

  await test.step('with room for several cells', async () => {
    await story.select(1);
    await page.keyboard.press('n');
    await page.keyboard.press('g');
    await expect(graph.getByRole('treeitem')).toHaveCount(3);
    await expect(graph.getByRole('treeitem', { name: /^print/ })).toBeInViewport({ ratio: 1 });
    await expect(story.cell(1)).toBeInViewport({ ratio: 1 });
  });

  await test.step('where it leads to cells, and opens only once', async () => {
    await graph.getByRole('treeitem', { name: /^b,/ }).click();
    await expect(story.cell(2)).toHaveClass(/jp-mod-active/);
    await page.keyboard.press('n');
    await page.keyboard.press('g');
    await expect(tab).toHaveCount(1);
  });

  await test.step('until its tab is closed', async () => {
    await tab.locator('.lm-TabBar-tabCloseIcon').click();
    await expect(page.locator('.jp-NamespaceViz-graphPanel')).toHaveCount(0);
  });
});
