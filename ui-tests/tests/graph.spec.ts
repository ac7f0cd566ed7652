/** Story: a user sees the dependencies between cells as a graph. */
import { look } from './look';
import { expect, test } from './story';
import { readFileSync } from 'node:fs';

const NOTEBOOK = [
  'import colorsys as cs',
  'a = cs.rgb_to_hls(1, 0, 0)',
  'b = a[0]',
  'print(b)',
  'alone = 1'
];

test('The graph shows who provides whom, leads to cells, and follows what happens', async ({
  page,
  story
}) => {
  await story.openNotebook(NOTEBOOK);
  await story.select(1);
  await page.keyboard.press('n');
  await page.keyboard.press('g');
  const graph = page.getByRole('group', { name: 'Dependency graph' });
  const cells = graph.getByRole('button');
  const names = () =>
    cells.evaluateAll(found => found.map(it => it.getAttribute('aria-label') ?? ''));

  await test.step('only what hands on imports is left out', async () => {
    await expect(cells).toHaveCount(3);
    expect(await names()).toEqual([
      'Cell 2: a = cs.rgb_to_hls(1,…, Waiting',
      'Cell 3: b = a[0], Waiting',
      'Cell 4: print(b), Waiting'
    ]);
    await expect(page.getByText('2 cells that have to do with no other')).toBeVisible();
    await page.getByRole('checkbox', { name: 'Show what only hands on imports' }).check();
    await expect(cells).toHaveCount(4);
    await expect(page.getByText('1 cell that has to do with no other')).toBeVisible();
  });

  await test.step('a cell of it leads to the cell', async () => {
    await graph.getByRole('button', { name: /^Cell 4/ }).focus();
    await page.keyboard.press('Enter');
    await expect(story.cell(4)).toHaveClass(/jp-mod-active/);
  });

  await test.step('a run changes the status, not the place', async () => {
    const before = await graph.getByRole('button', { name: /^Cell 2/ }).getAttribute('transform');
    await story.run(1);
    await story.run(2);
    const second = graph.getByRole('button', { name: 'Cell 2: a = cs.rgb_to_hls(1,…, Fresh' });
    await expect(second).toHaveAttribute('transform', before!);
    await look(page, story, 'graph');
  });

  await test.step('a second call brings the same graph to the front', async () => {
    await story.execute('jupyter-namespace-viz:show-graph');
    await expect(page.getByRole('tab', { name: /^Graph of/ })).toHaveCount(1);
  });
});

test('The graph is saved as a picture, and in the words of other programs', async ({
  page,
  story
}) => {
  await story.openNotebook(NOTEBOOK);
  await story.execute('jupyter-namespace-viz:show-graph');
  await expect(
    page.getByRole('group', { name: 'Dependency graph' }).getByRole('button')
  ).toHaveCount(3);
  const saved = async (format: string): Promise<[string, Buffer]> => {
    const download = page.waitForEvent('download');
    await page.getByRole('combobox', { name: 'Save the graph as' }).selectOption(format);
    const file = await download;
    return [file.suggestedFilename(), readFileSync(await file.path())];
  };
  const [svgName, svg] = await saved('SVG');
  expect(svgName).toBe('story.svg');
  expect(svg.toString()).toContain('print(b)');
  expect(svg.toString()).not.toContain('var(');
  const [pngName, png] = await saved('PNG');
  expect(pngName).toBe('story.png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const [dotName, dot] = await saved('DOT');
  expect(dotName).toBe('story.dot');
  expect(dot.toString()).toContain('digraph');
  const [mermaidName, mermaid] = await saved('Mermaid');
  expect(mermaidName).toBe('story.mmd');
  expect(mermaid.toString()).toContain('flowchart TB');
});
