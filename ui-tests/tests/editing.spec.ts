/** Story: panel and marks follow the edits of a notebook, without saving. */
import { BLOCKED, BLOCKED_BY_IMPORT, expect, savedCells, test } from './story';

const NOWHERE = 'json is missing: no cell defines it.';
const FURTHER_DOWN = 'json is missing: only cell import json, further down, defines it.';

test('Panel and marks follow what is typed, added, moved, cut and pasted', async ({
  page,
  story
}) => {
  const path = await story.openNotebook(['import math', 'math.pi', '']);
  await story.expectStatuses('Ready', 'Not run yet', 'Empty');

  await test.step('typing', async () => {
    await story.edit(3, 'json.dumps(math.e)');
    await story.expectStatuses('Ready', 'Not run yet', BLOCKED);
    await story.edit(3, 'json.dumps(1)');
    await story.expectStatuses('Ready', 'Not run yet', BLOCKED);
    await expect(await story.sentence(3)).toHaveText(NOWHERE);
    await expect(story.mark(3)).toHaveAccessibleName(`${BLOCKED}: ${NOWHERE}`);
  });

  await test.step('adding a cell that defines the name', async () => {
    await story.select(1);
    await page.keyboard.press('a');
    await expect(story.rows).toHaveCount(4);
    await story.edit(1, 'import json');
    await story.expectStatuses('Ready', 'Ready', 'Not run yet', 'Not run yet');
    await expect(await story.needs(4)).toHaveText('Needsjson');
  });

  await test.step('moving it below the cell that needs it', async () => {
    await story.select(1);
    await page.keyboard.press('ControlOrMeta+Shift+ArrowDown');
    await page.keyboard.press('ControlOrMeta+Shift+ArrowDown');
    await page.keyboard.press('ControlOrMeta+Shift+ArrowDown');
    await story.expectStatuses('Ready', 'Not run yet', BLOCKED_BY_IMPORT, 'Ready');
    await expect(await story.sentence(3)).toHaveText(FURTHER_DOWN);
  });

  await test.step('cutting, and pasting it at the top', async () => {
    await story.select(4);
    await page.keyboard.press('x');
    await story.expectStatuses('Ready', 'Not run yet', BLOCKED);
    await story.select(1);
    await page.keyboard.press('v');
    await story.expectStatuses('Ready', 'Ready', 'Not run yet', 'Not run yet');
    await expect(story.row(2)).toContainText(/^json/);
  });

  await test.step('nothing of this was saved', async () => {
    const cells = await savedCells(page.request, path);
    expect(cells).toHaveLength(3);
    await expect(story.row(4)).toContainText('json.dumps(1)');
  });
});

test('A cell is deleted, and brought back', async ({ page, story }) => {
  // These are the first changes: JupyterLab undoes changes within half a second as one.
  await story.openNotebook(['import math', 'math.pi', 'json.dumps(1)', 'import json']);
  await story.expectStatuses('Ready', 'Not run yet', BLOCKED_BY_IMPORT, 'Ready');
  await expect(await story.sentence(3)).toHaveText(FURTHER_DOWN);

  await test.step('deleting it', async () => {
    await story.select(4);
    await page.keyboard.press('d');
    await page.keyboard.press('d');
    await story.expectStatuses('Ready', 'Not run yet', BLOCKED);
    await expect(await story.sentence(3)).toHaveText(NOWHERE);
    await expect(story.mark(3)).toHaveAccessibleName(`${BLOCKED}: ${NOWHERE}`);
  });

  await test.step('undoing that', async () => {
    await page.keyboard.press('z');
    await story.expectStatuses('Ready', 'Not run yet', BLOCKED_BY_IMPORT, 'Ready');
    await expect(await story.sentence(3)).toHaveText(FURTHER_DOWN);
    await expect(story.row(4)).toContainText(/^json/);
  });

  await test.step('and deleting it again', async () => {
    await page.keyboard.press('Shift+Z');
    await story.expectStatuses('Ready', 'Not run yet', BLOCKED);
    await expect(await story.sentence(3)).toHaveText(NOWHERE);
  });
});

test('A half-typed cell and a split one', async ({ page, story }) => {
  await story.openNotebook(['import math\nmath.pi', 'math.e']);
  await story.expectStatuses('Ready', 'Not run yet');

  await test.step('the readable part of a half-typed cell is still read', async () => {
    await story.edit(2, 'import json\nmath.floor(');
    await story.expectStatuses('Ready', 'Syntax error');
    await expect(await story.defines(2)).toHaveText('Definesjson');
    await expect(story.mark(2)).toHaveCount(0); // the user may be typing the rest
    await story.select(1);
    await expect(story.mark(2)).toHaveAccessibleName(/^Syntax error/);
    await story.edit(2, 'math.e');
    await story.expectStatuses('Ready', 'Not run yet');
  });

  await test.step('splitting makes two cells of one', async () => {
    await story.cell(1).getByRole('textbox').click();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ControlOrMeta+Shift+Minus');
    await story.expectStatuses('Ready', 'Not run yet', 'Not run yet');
    await expect(story.row(2)).toContainText('math.pi');
    await story.select(1);
    await expect(story.mark(2)).toHaveCount(0);
    await expect(story.cell(2)).toHaveClass(/jp-NamespaceViz-cell-waiting/);
  });
});
