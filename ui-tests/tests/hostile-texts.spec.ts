/** Story: a user opens a notebook of somebody who hopes that a text is taken for HTML. */
import { expect, test } from './story';

const IMAGE = `<img src="x" onerror="window.wasRun = true">`;

const NOTEBOOK = [
  { markdown: `# ${IMAGE}` },
  `'${IMAGE}'`,
  `# ${IMAGE}\nglobals()['${IMAGE}'] = 1`,
  [
    `Class = type('${IMAGE}', (), {'__module__': '${IMAGE}'})`,
    'value = Class()',
    `import types; module = types.ModuleType('${IMAGE}'); module.__version__ = '${IMAGE}'`
  ].join('\n'),
  `print(missing) # ${IMAGE}`,
  `"""</script>${IMAGE}`
];

test('Texts of a notebook and its kernel are shown, and never run', async ({ page, story }) => {
  await story.openNotebook(NOTEBOOK, { name: `<b onclick=x>.ipynb` });
  for (const cell of [1, 2, 3]) {
    await story.run(cell);
  }
  await expect(story.row(1)).toContainText(IMAGE.slice(0, 10));

  await test.step('in each view of the panel, and unfolded', async () => {
    await story.unfolded(4);
    for (const view of ['Names', 'Imports', 'Problems', 'Cells'] as const) {
      await story.chooseView(view);
      await expect(story.panel).toBeVisible();
      if (view === 'Names') {
        await story.nameRow('value').click();
        await expect(story.nameRow('value')).toContainText('<img');
      }
    }
  });

  await test.step('on the mark, in its menu and on a card', async () => {
    await story.goTo(4);
    await story.mark(4).getByRole('button').first().click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+.');
  });

  await test.step('in the graph', async () => {
    await story.execute('jupyter-namespace-viz:show-graph');
    await page.getByRole('checkbox', { name: 'Show Unconnected Cells' }).check();
    const graph = page.getByRole('tree', { name: 'Dependency graph' });
    await expect(graph.getByRole('treeitem', { name: /<img/ }).first()).toBeVisible();
  });

  const ours = page.locator('[class*="jp-NamespaceViz"]');
  await expect(ours.locator('img, script, b')).toHaveCount(0);
  expect(await page.evaluate(() => 'wasRun' in window)).toBe(false);
});
