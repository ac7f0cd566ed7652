/** Story: a user sees the dependencies between cells as a graph. */
import type { Locator, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { look, lookInAllThemes } from './look';
import { expect, test } from './story';
import type { CellOfStory } from './story';

const NOTEBOOK = [
  'import colorsys as cs',
  'a = cs.rgb_to_hls(1, 0, 0)',
  'b = a[0]',
  'print(b)',
  'alone = 1'
];

function graphOf(page: Page): Locator {
  return page.getByRole('tree', { name: 'Dependency graph' });
}

function namesIn(graph: Locator): Promise<(string | null)[]> {
  const nodes = graph.getByRole('treeitem');
  return nodes.evaluateAll(found => found.map(it => it.getAttribute('aria-label')));
}

test('The graph shows who provides whom, leads to cells, and follows what happens', async ({
  page,
  story
}) => {
  await story.openNotebook(NOTEBOOK);
  await story.select(1);
  await page.keyboard.press('n');
  await page.keyboard.press('g');
  const graph = graphOf(page);
  const nodes = graph.getByRole('treeitem');

  await test.step('cells without edges, or with edges for imports only, are hidden', async () => {
    await expect(nodes).toHaveCount(3);
    expect(await namesIn(graph)).toEqual([
      'a, Not run yet',
      'b, uses a, Not run yet',
      'print(b), uses b, Not run yet'
    ]);
    const hidden = page.getByText('1 unconnected cell hidden · 1 import-only cell hidden');
    await expect(hidden).toBeVisible();
    await page.getByRole('checkbox', { name: 'Show Import-Only Cells' }).check();
    await expect(nodes).toHaveCount(4);
    await page.getByRole('checkbox', { name: 'Show Unconnected Cells' }).check();
    await expect(nodes).toHaveCount(5);
  });

  await test.step('a cell of it leads to the cell', async () => {
    await graph.getByRole('treeitem', { name: /^print/ }).focus();
    await page.keyboard.press('Enter');
    await expect(story.cell(4)).toHaveClass(/jp-mod-active/);
  });

  await test.step('a run changes the status, not the place', async () => {
    const second = graph.getByRole('treeitem', { name: /\ba, uses cs/ });
    const before = await second.getAttribute('transform');
    await story.run(1);
    await story.run(2);
    await expect(second).toHaveAccessibleName('[2] a, uses cs, Fresh');
    await expect(second).toHaveAttribute('transform', before!);
    await look(page, story, 'graph');
  });

  await test.step('a second call brings the same graph to the front', async () => {
    await story.execute('jupyter-namespace-viz:show-graph');
    await expect(page.getByRole('tab', { name: /^Graph of/ })).toHaveCount(1);
  });
});

/** Three sections of 11 cells; each cell takes the name of the one before. */
const LONG = [0, 11, 22].flatMap((first, part): CellOfStory[] => [
  { markdown: `# Part ${part + 1}` },
  ...Array.from({ length: 11 }, (_, at) => first + at).map(n => `v${n} = ${n ? `v${n - 1}` : 1}`)
]);

test('The graph of a long notebook is folded by its headings', async ({ page, story }) => {
  await story.openNotebook(LONG);
  await story.execute('jupyter-namespace-viz:show-graph');
  const graph = graphOf(page);
  const node = (name: RegExp): Locator => graph.getByRole('treeitem', { name });

  await test.step('each section is one node with its cells and the worst status', async () => {
    await expect(graph.getByRole('treeitem')).toHaveCount(3);
    expect(await namesIn(graph)).toEqual([
      'Part 1, 11 cells · Not run yet',
      'Part 2, 11 cells · Not run yet',
      'Part 3, 11 cells · Not run yet'
    ]);
  });

  await test.step('a click, or a key, unfolds a section and folds it', async () => {
    await node(/^Part 2/).click();
    await expect(graph.getByRole('treeitem')).toHaveCount(14);
    await expect(node(/^Part 2/)).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(node(/^v11,/)).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(node(/^Part 2/)).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(graph.getByRole('treeitem')).toHaveCount(3);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await expect(node(/^v32,/)).toBeFocused();
    await expect(node(/^v32,/)).toBeInViewport();
    await look(page, story, 'graph of a long notebook');
  });
});

test('The graph of a long notebook can be searched, and shown as a whole', async ({
  page,
  story
}) => {
  await story.openNotebook(LONG);
  await story.execute('jupyter-namespace-viz:show-graph');
  const graph = graphOf(page);
  const node = (name: RegExp): Locator => graph.getByRole('treeitem', { name });

  await test.step('a search unfolds the section of what it finds', async () => {
    const box = page.getByRole('searchbox', { name: 'Find names and cells' });
    await box.fill('v5');
    await expect(node(/^v5,/)).toBeInViewport();
    await expect(page.getByText('1 of 2')).toBeVisible();
    await box.press('Enter');
    await expect(page.getByText('2 of 2')).toBeVisible();
    await expect(node(/^v6,/)).toBeInViewport();
    await box.press('Escape');
    await expect(box).toHaveValue('');
    await expect(page.getByText('2 of 2')).toBeHidden();
  });

  await test.step('all sections can be folded, and all cells shown', async () => {
    await page.getByRole('button', { name: 'Fold All' }).click();
    await expect(graph.getByRole('treeitem')).toHaveCount(3);
    await page.getByRole('button', { name: 'Show All', exact: true }).click();
    await graph.getByRole('treeitem').first().focus();
    await page.keyboard.press('End');
    await expect(node(/^v32,/)).toBeInViewport();
  });
});

test('The graph can be read in each theme', async ({ page, story }) => {
  await story.openNotebook(NOTEBOOK);
  await story.execute('jupyter-namespace-viz:show-graph');
  await expect(graphOf(page).getByRole('treeitem')).toHaveCount(3);
  await lookInAllThemes(page, story, 'graph in each theme');
});

test('The graph is saved as a picture, and in the words of other programs', async ({
  page,
  story
}) => {
  await story.openNotebook(LONG);
  await story.execute('jupyter-namespace-viz:show-graph');
  await expect(graphOf(page).getByRole('treeitem')).toHaveCount(3);
  const saved = async (format: string): Promise<[string, Buffer]> => {
    const download = page.waitForEvent('download');
    await page.getByRole('combobox', { name: 'Save the graph as' }).selectOption(format);
    const file = await download;
    return [file.suggestedFilename(), readFileSync(await file.path())];
  };
  const [svgName, folded] = await saved('svg');
  expect(svgName).toBe('story.svg');
  expect(folded.toString()).toContain('Part 3');
  expect(folded.toString()).not.toContain('v32');
  expect(folded.toString()).not.toContain('var(');
  await page.getByRole('button', { name: 'Show All', exact: true }).click();
  const [, unfolded] = await saved('svg');
  expect(unfolded.toString()).toContain('v1<');
  expect(unfolded.toString()).toContain('v32<');
  const [pngName, png] = await saved('png');
  expect(pngName).toBe('story.png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const [dotName, dot] = await saved('dot');
  expect(dotName).toBe('story.dot');
  expect(dot.toString()).toContain('digraph');
  const [mermaidName, mermaid] = await saved('mermaid');
  expect(mermaidName).toBe('story.mmd');
  expect(mermaid.toString()).toContain('flowchart TB');
});

test('From right to left, the graph is mirrored, and so are the arrow keys', async ({
  page,
  story
}) => {
  await story.openNotebook(LONG);
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  await story.execute('jupyter-namespace-viz:show-graph');
  const graph = graphOf(page);
  const nodes = graph.getByRole('treeitem');
  await expect(nodes).toHaveCount(3);
  await nodes.first().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(nodes).toHaveCount(14);
  const [section, child, edge] = await Promise.all(
    [nodes.first(), nodes.nth(1), graph.locator('.jp-NamespaceViz-edge').first()].map(
      async part => (await part.boundingBox())!
    )
  );
  const endOf = (box: typeof section): number => box!.x + box!.width;
  expect(endOf(child)).toBeLessThan(endOf(section));
  expect(endOf(edge)).toBeGreaterThan(endOf(section));
  await page.keyboard.press('ArrowRight');
  await expect(nodes).toHaveCount(3);
});

test('Cells with a problem are always in the graph, and all cells in the status', async ({
  page,
  story
}) => {
  await story.openNotebook(['a = 1', 'print(a)', 'alone = 1', 'nowhere']);
  await story.execute('jupyter-namespace-viz:show-graph');
  const graph = graphOf(page);
  await expect(graph.getByRole('treeitem')).toHaveCount(3);
  await expect(graph.getByRole('treeitem', { name: /^nowhere/ })).toHaveAccessibleName(
    'nowhere, Blocked by a missing name'
  );
  await expect(page.getByText('1 unconnected cell hidden')).toBeVisible();
});
