/** Story: a user runs a cell together with the cells that it needs. */
import { look } from './look';
import { expect, test } from './story';

const NOTEBOOK = ['a = 1', 'b = a + 1', 'c = 5', 'print(a, b, c)'];

test.beforeEach(async ({ story }) => {
  await story.openNotebook(NOTEBOOK);
  await story.expectStatuses('Ready', 'Not run yet', 'Ready', 'Not run yet');
});

test('In a fresh kernel a cell runs with all that it needs, from the Run menu', async ({
  page,
  story
}) => {
  await story.select(4);
  await page.menu.clickMenuItem('Run>Run Cell with Dependencies');
  await expect(story.steps).toHaveText([
    '[ ]a = 1Defines a, which cells b = a + 1 and print(a, b, c) need.',
    '[ ]b = a + 1Defines b, which cell print(a, b, c) needs.',
    '[ ]c = 5Defines c, which cell print(a, b, c) needs.',
    '[ ]print(a, b, c)The cell itself.'
  ]);
  await look(page, story, 'plan');
  await story.dialog.getByRole('button', { name: 'Run 4 Cells' }).click();
  await expect(story.output(4)).toHaveText('1 2 5');
  await expect(page.getByText('story.ipynb: Ran 4 steps.')).toBeVisible();
});

test('After an edit, the stale cells run, and nothing that is fresh', async ({ page, story }) => {
  for (const n of [1, 2, 3, 4]) {
    await story.run(n);
  }
  await story.edit(1, 'a = 10');
  await expect(story.status(4)).toHaveText('Stale');
  await look(page, story, 'stale');
  await story.chooseView('Problems');
  await story.problems.getByRole('button', { name: 'Run Stale Cells' }).first().click();
  await expect(story.steps).toHaveText([
    '[1]a = 10This cell was edited after it ran.',
    '[2]b = a + 1In order, cell a = 10 [1] may give a another value.',
    '[4]print(a, b, c)In order, cell a = 10 [1] may give a another value.'
  ]);
  await story.dialog.getByRole('button', { name: 'Run 3 Cells' }).click();
  await expect(story.output(4)).toHaveText('10 11 5');
  await expect(story.count(3)).toHaveText('[3]:');
  await expect(story.panel).toContainText('No problems');
  await look(page, story, 'nothing needs attention');
});

test('What depends on a cell runs again, from its context menu', async ({ page, story }) => {
  for (const n of [1, 2, 3, 4]) {
    await story.run(n);
  }
  await story.count(2).click({ button: 'right' });
  await page.locator('.lm-Menu-item', { hasText: 'Namespace' }).hover();
  const items = page.getByRole('menu').last().locator('.lm-Menu-item[data-type="command"]:visible');
  await expect(items.locator('.lm-Menu-itemLabel')).toHaveText([
    'Run Dependent Cells',
    'Show Namespace Panel',
    'Show Dependency Graph'
  ]);
  await look(page, story, 'context menu');
  await items.first().click();
  await expect(story.steps).toHaveText(['[4]print(a, b, c)Uses b from cell b = a + 1 [2].']);
  await story.dialog.getByRole('button', { name: 'Run 1 Cell' }).click();
  await expect(story.count(4)).toHaveText('[5]:');
});

test('A plan stops at the first cell that fails, and says so', async ({ page, story }) => {
  await story.edit(2, 'b = a / 0');
  await story.select(4);
  await story.expectStatuses('Ready', 'Not run yet', 'Ready', 'Not run yet');
  const isDone = story.execute('jupyter-namespace-viz:run-with-needed');
  await story.dialog.getByRole('button', { name: 'Run 4 Cells' }).click();
  await isDone;
  await expect(page.getByText('story.ipynb: Stopped: “b = a / 0” failed.')).toBeVisible();
  await expect(story.count(3)).toHaveText('[ ]:');
});

test('A plan says which step runs, and can be cancelled before the next', async ({
  page,
  story
}) => {
  await story.edit(1, 'a = int(input())');
  await story.select(4);
  await story.expectStatuses('Ready', 'Not run yet', 'Ready', 'Not run yet');
  const isDone = story.execute('jupyter-namespace-viz:run-with-needed');
  await story.dialog.getByRole('button', { name: 'Run 4 Cells' }).click();
  await expect(page.getByText('story.ipynb: Running 1 of 4: a = int(input())')).toBeVisible();
  await look(page, story, 'a plan runs');
  const toast = page.locator('.jp-toastContainer');
  const [shown, panel] = await Promise.all([toast.boundingBox(), story.panel.boundingBox()]);
  expect(shown!.x + shown!.width).toBeLessThan(panel!.x);
  await toast.getByRole('button', { name: 'Cancel' }).click();
  await story.cell(1).locator('.jp-Stdin-input').fill('7');
  await page.keyboard.press('Enter');
  await isDone;
  await expect(page.getByText('story.ipynb: 3 steps cancelled.')).toBeVisible();
  await expect(page.getByText('story.ipynb: Running 1 of 4: a = int(input())')).toBeHidden();
  await expect(story.count(2)).toHaveText('[ ]:');
});
