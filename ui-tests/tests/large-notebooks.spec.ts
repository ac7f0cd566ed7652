/** Story: a user opens a very large notebook; the panel stays usable, and nothing is lost. */
import { expect, savedCells, test } from './story';

test('A notebook of 2,000 cells', async ({ story }) => {
  const uses = Array.from({ length: 1999 }, (_, index) => `x${index} = math.floor(${index})`);
  await story.openNotebook(['import math', ...uses]);

  await expect(story.summary).toHaveText(
    'Nothing has run in this kernel yet: 1999 cells wait for the imports of cell import math.'
  );
  await story.row(1).focus();
  await story.page.keyboard.press('End');
  await expect(story.row(2000)).toBeFocused();
  await expect(story.row(2000)).toHaveAttribute('aria-setsize', '2000');
  expect(await story.rows.count()).toBeLessThan(80); // the others are not rendered
  await story.page.keyboard.press('Enter');
  await expect(story.activeCell).toContainText('x1998 = math.floor(1998)');
  await expect(story.activeCell).toBeInViewport();
  await expect(story.status(2000)).toHaveText('Not run yet');

  await (await story.unfolded(2000)).getByRole('button', { name: /^Restore Imports/ }).click();
  await expect(story.summary).toHaveText('Everything this notebook needs is available.');
  await expect(story.status(2000)).toHaveText('Ready');
});

test('A cell of 5 MB', async ({ page, story }) => {
  const large = `text = "${'a'.repeat(5_000_000)}"`;
  const path = await story.openNotebook(['import math', large, 'math.pi']);

  await story.expectStatuses('Ready', 'At risk', 'Not run yet');
  await expect(await story.sentence(2)).toHaveText(
    'This cell is longer than 200,000 characters and is not read.'
  );
  await story.run(1);
  await story.expectStatuses('Fresh', 'At risk', 'Ready');

  await story.execute('docmanager:save');
  const cells = await savedCells(page.request, path);
  expect(cells[1]).toBe(large);
});
