/** Story: no cell has the missing import, and the user inserts it into the notebook. */
import { look } from './look';
import { BLOCKED, expect, test } from './story';

test('A forgotten import is written into the cell, and can be undone', async ({ page, story }) => {
  await story.openNotebook(['%%time\nprint(math.floor(2.5))', 'pass']);
  await story.select(1);
  await story.expectStatuses(BLOCKED, 'Ready');
  await look(page, story, 'an import to insert');
  await story.mark(1).getByRole('button', { name: 'Add “import math”' }).click();
  await expect(story.cell(1).getByRole('textbox')).toContainText(
    '%%timeimport mathprint(math.floor(2.5))'
  );
  await expect(story.count(1)).toHaveText('[ ]:');
  await story.expectStatuses('Ready', 'Ready');
  await story.run(1);
  await expect(story.output(1).first()).toContainText('2');
  await story.expectStatuses('Fresh', 'Ready');
  await story.cell(1).getByRole('textbox').click();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(story.cell(1).getByRole('textbox')).toContainText('%%timeprint(math.floor(2.5))');
});

test('The import of a cell below is written where it is needed', async ({ story }) => {
  await story.openNotebook(['print(cs)', 'import colorsys as cs']);
  await story.select(1);
  await story.expectStatuses('Blocked by a missing import', 'Ready');
  await (
    await story.unfolded(1)
  )
    .getByRole('button', { name: 'Add “import colorsys as cs”: print(cs)' })
    .click();
  await expect(story.cell(1).getByRole('textbox')).toHaveText('import colorsys as csprint(cs)');
  await story.expectStatuses('Ready', 'Ready');
});

test('A deleted cell comes back whose names are still in the kernel', async ({ page, story }) => {
  await story.openNotebook(['pass', 'kept = 41\nother = 1', 'print(kept + 1)']);
  for (const n of [1, 2, 3]) {
    await story.run(n);
  }
  await story.select(2);
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await story.chooseView('Problems');
  await expect(story.problems.getByRole('button', { name: /Restore Deleted Cell/ })).toHaveCount(1);
  await look(page, story, 'ghost');
  await story.problems.getByRole('button', { name: 'Restore Deleted Cell: kept' }).click();
  await expect(story.cell(2).getByRole('textbox')).toHaveText('kept = 41other = 1');
  await expect(story.cell(2)).toHaveClass(/jp-mod-active/);
  await expect(story.problems.getByRole('button', { name: /Restore Deleted Cell/ })).toHaveCount(0);
});

test('A cell that becomes Markdown is not taken for a deleted one', async ({ page, story }) => {
  await story.openNotebook(['kept = [41]', 'print(kept)']);
  await story.run(1);
  await story.run(2);
  await story.select(1);
  await page.keyboard.press('m');
  await story.chooseView('Problems');
  await expect(await story.unfolded(story.problems.first())).toContainText(
    'kept comes from a cell that is no longer code; no cell defines it. A restart will lose it.'
  );
  await expect(story.problems.getByRole('button', { name: /Restore Deleted Cell/ })).toHaveCount(0);
  await story.execute('notebook:change-cell-to-code');
  await expect(story.problems).toHaveCount(0);
});

test('It comes back by the line of a cell that needs it, too, with the panel closed', async ({
  page,
  story
}) => {
  await story.openNotebook(['kept = 41\nother = 1', 'print(kept + 1)']);
  for (const n of [1, 2]) {
    await story.run(n);
  }
  await story.select(1);
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await story.select(1);
  const name = 'Restore Deleted Cell';
  await expect((await story.unfolded(1)).getByRole('button', { name })).toBeVisible();
  await page.getByRole('tab', { name: 'Namespace' }).click();
  await expect(story.panel).toBeHidden();
  await story.mark(1).getByRole('button', { name }).click();
  await expect(story.cell(1).getByRole('textbox')).toHaveText('kept = 41other = 1');
  await expect(story.mark(2)).toHaveCount(0);
});

test('The command that installs a module is copied, and does not run', async ({ page, story }) => {
  await story.openNotebook(['import yaml', ''], { kernel: 'tensorflow-env' });
  await story.select(1);
  await story.chooseView('Problems');
  await story.problems.getByRole('button', { name: 'Copy Install Command: PyYAML' }).click();
  const line = /\.venv-tensorflow\/bin\/python -m pip install PyYAML$/;
  await expect(page.getByText(/^Copied: /)).toHaveText(line);
  await story.cell(2).getByRole('textbox').click();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(story.cell(2).getByRole('textbox')).toHaveText(line);
  await expect(story.count(2)).toHaveText('[ ]:');
});

test('A card tells of a name where the pointer rests, or the focus is', async ({ page, story }) => {
  await story.openNotebook(['import math', 'x = math.pi', 'print(x)']);
  await story.run(1);
  await story.select(3);
  await story.expectStatuses('Fresh', 'Ready', 'Not run yet');
  const card = page.getByRole('tooltip');
  await (await story.unfolded(2)).getByRole('button', { name: /^math, available/ }).hover();
  await expect(card).toHaveText(
    'math availableTypemoduleModulemath Assigned incell import math [1]Defined inimport math [1]Used inx = math.pi'
  );
  await look(page, story, 'card on a name');
  await page.mouse.move(5, 5);
  await expect(card).toBeHidden();
  await story.row(3).focus();
  await page.keyboard.press('Tab'); // to the cell that the sentence mentions
  await page.keyboard.press('Tab');
  await expect(card).toContainText('x missing');
  await expect(card).toContainText('cell x = math.pi has not run since the kernel started.');
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
});
