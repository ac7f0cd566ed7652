/** Story: a user runs a cell together with the cells that it needs. */
import { look } from './look';
import { BLOCKED, expect, test } from './story';

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
  await page.menu.clickMenuItem('Run>Run What the Cell Needs, and the Cell');
  await expect(story.steps).toHaveText([
    'Cell 1aa = 1Defines a, which cells b = a + 1 and print(a, b, c) need.',
    'Cell 2bb = a + 1Defines b, which cell print(a, b, c) needs.',
    'Cell 3cc = 5Defines c, which cell print(a, b, c) needs.',
    'Cell 4print(a, b, c)The cell itself.'
  ]);
  await look(page, story, 'plan');
  await story.dialog.getByRole('button', { name: 'Run 4 cells' }).click();
  await expect(story.output(4)).toHaveText('1 2 5');
  await expect(page.getByText('4 steps ran.')).toBeVisible();
});

test('After an edit, the stale cells run, and nothing that is fresh', async ({ page, story }) => {
  for (const n of [1, 2, 3, 4]) {
    await story.run(n);
  }
  await story.edit(1, 'a = 10');
  await expect(story.status(4)).toHaveText('Stale');
  await look(page, story, 'stale');
  await story.chooseView('Problems');
  await story.problems.getByRole('button', { name: 'Run stale cells' }).first().click();
  await expect(story.steps).toHaveText([
    'Cell 1a = 10This cell was edited after it ran.',
    'Cell 2b = a + 1Cell a = 10 [1], which gives it a, is out of date itself.',
    'Cell 4print(a, b, c)Cell a = 10 [1], which gives it a, is out of date itself.'
  ]);
  await story.dialog.getByRole('button', { name: 'Run 3 cells' }).click();
  await expect(story.output(4)).toHaveText('10 11 5');
  await expect(story.count(3)).toHaveText('[3]:');
  await expect(story.panel).toContainText('Nothing needs attention');
  await look(page, story, 'nothing needs attention');
});

test('What depends on a cell runs again, from its context menu', async ({ page, story }) => {
  for (const n of [1, 2, 3, 4]) {
    await story.run(n);
  }
  await story.count(2).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Run What Depends on the Cell' }).click();
  await expect(story.steps).toHaveText(['Cell 4print(a, b, c)Uses b of cell b = a + 1 [2].']);
  await story.dialog.getByRole('button', { name: 'Run 1 cell' }).click();
  await expect(story.count(4)).toHaveText('[5]:');
});

test('A plan stops at the first cell that fails, and says so', async ({ page, story }) => {
  await story.edit(2, 'b = a / 0');
  await story.select(4);
  await story.expectStatuses('Ready', 'Not run yet', 'Ready', BLOCKED);
  const isDone = story.execute('jupyter-namespace-viz:run-with-needed');
  await story.dialog.getByRole('button', { name: 'Run 4 cells' }).click();
  await isDone;
  await expect(page.getByText('Stopped: cell 2 failed. 1 step ran.')).toBeVisible();
  await expect(story.count(3)).toHaveText('[ ]:');
});

test('A plan says which step runs, and can be cancelled before the next', async ({
  page,
  story
}) => {
  await story.edit(1, 'a = int(input())');
  await story.select(4);
  await story.expectStatuses('Ready', 'Not run yet', 'Ready', BLOCKED);
  const isDone = story.execute('jupyter-namespace-viz:run-with-needed');
  await story.dialog.getByRole('button', { name: 'Run 4 cells' }).click();
  await expect(page.getByText('Running 1 of 4: cell 1')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel the rest' }).click();
  await story.cell(1).locator('.jp-Stdin-input').fill('7');
  await page.keyboard.press('Enter');
  await isDone;
  await expect(page.getByText('Cancelled. 1 step ran.')).toBeVisible();
  await expect(page.getByText('Running 1 of 4: cell 1')).toBeHidden();
  await expect(story.count(2)).toHaveText('[ ]:');
});
