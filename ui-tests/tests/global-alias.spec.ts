/** Story: a second name of a module stays valid when the first one is assigned something else. */
import { drawn, expect, test } from './story';

const TAKEN = 'tf should be the module tensorflow, but cell `tf = 3` [2] set it to an int.';

test('The alias lives on when `tf = 3` takes the name of the module', async ({ story }) => {
  await story.openExample('3-global-alias.ipynb');
  const provider = async (n: number, name: string) =>
    (await story.needs(n)).getByRole('button', { name: new RegExp(`^${name}, `) });

  await test.step('both cells wait for the first, which provides both names', async () => {
    await story.expectStatuses('Ready', 'Not run yet', 'Not run yet', 'Ready');
    await expect(await story.defines(1)).toHaveText('Definesglobal_tftf');
    await expect(story.summary).toHaveText(
      'Nothing has run in this kernel yet: 1 cell waits for the imports of cell import tensorflow as tf, ' +
        '1 cell waits for the cells above.'
    );
    await (await provider(2, 'global_tf')).click();
    await expect(story.cell(1)).toHaveClass(/jp-mod-active/);
  });

  await test.step('the first cell makes both ready', async () => {
    await story.run(1);
    await story.expectStatuses('Fresh', 'Ready', 'Ready', 'Ready');
    await expect(story.marks).toHaveCount(0);
  });

  await test.step('the last cell takes the name: only the cell that needs the module is at risk', async () => {
    await story.run(4);
    await story.expectStatuses('Fresh', 'Ready', 'At risk', 'Fresh');
    await expect(await story.sentence(3)).toHaveText(drawn(TAKEN));
    await expect(story.mark(3)).toHaveAccessibleName(`At risk: ${TAKEN}`);
    await expect(story.cell(3)).toHaveClass(/jp-NamespaceViz-cell-at-risk/);
    await expect(story.marks).toHaveCount(1);
    await expect(story.summary).toHaveText('1 cell at risk.');
  });

  await test.step('it is so: the alias works, the name does not', async () => {
    await story.run(2);
    await expect(story.output(2)).toHaveText(/^\d+\.\d+\.\d+/);
    await story.run(3);
    await expect(story.output(3)).toContainText("'int' object has no attribute '__version__'");
  });

  await test.step('restoring the import fixes it', async () => {
    await (await story.unfolded(3)).getByRole('button', { name: /^Restore Imports/ }).click();
    await expect(story.marks).toHaveCount(0);
    await story.run(3);
    await expect(story.output(3)).toHaveText(/^\d+\.\d+\.\d+/);
  });
});
