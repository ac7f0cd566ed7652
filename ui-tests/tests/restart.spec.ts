/** Story: a user wants to know what a restart of the kernel means before it happens. */
import { look } from './look';
import { expect, test } from './story';

test('What a restart would mean is shown first, and it happens only if the user confirms it', async ({
  page,
  story
}) => {
  await story.openNotebook(['kept = 1\nlost = 5', 'print(kept + lost)', 'pass']);
  await story.run(1);
  await story.run(2);
  await story.edit(1, 'kept = 1');
  await story.expectStatuses('Stale', 'At risk', 'Ready'); // before the click: the marks move the cells
  await story.select(3);
  const entry = 'Kernel>Check Before Restarting…';

  await test.step('the list', async () => {
    await page.menu.clickMenuItem(entry);
    await expect(story.dialog).toContainText('2 cells have run in this kernel');
    await expect(story.dialog.getByRole('list', { name: 'Would be lost' })).toHaveText(
      'Defined by cell kept = 1 [1]:lost int'
    );
    await expect(story.dialog.getByRole('list', { name: 'Would fail' })).toHaveText(
      'print(kept + lost) [2]: lost would be missing: no cell defines it. Define or import it above.'
    );
    await look(page, story, 'restart');
  });

  await test.step('nothing happens', async () => {
    await story.dialog.getByRole('button', { name: 'Cancel' }).click();
    await story.run(2);
    await expect(story.count(2)).toHaveText('[3]:');
  });

  await test.step('restart and run all', async () => {
    await page.menu.clickMenuItem(entry);
    await story.dialog.getByRole('button', { name: 'Restart and Run All Cells' }).click();
    await expect(story.output(2)).toContainText("NameError: name 'lost' is not defined");
    await story.select(2);
    await story.expectStatuses('Fresh', 'Failed: NameError', 'Ready');
  });
});

test('By a setting the imports come back after every restart, and nothing else', async ({
  page,
  story
}) => {
  const setRestoring = (isOn: boolean) =>
    page.evaluate(async isOn => {
      const settings = await window.galata.getPlugin('@jupyterlab/apputils-extension:settings');
      await settings!.set('jupyter-namespace-viz:plugin', 'restoreImports', isOn);
    }, isOn);
  await story.openNotebook(['import colorsys as cs\nx = 1', 'print(cs.rgb_to_hls(1, 1, 1))', 'x']);
  for (const n of [1, 2, 3]) {
    await story.run(n);
  }
  await setRestoring(true);
  await story.restart();
  await story.select(2);
  await story.expectStatuses('Ready', 'Ready', 'Not run yet');
  // The cell itself did not run.
  await expect(story.row(1)).toHaveAccessibleName(/\[1\] from an earlier kernel\b/);
  await setRestoring(false);
  await story.restart();
  await story.expectStatuses('Ready', 'Not run yet', 'Not run yet');
});

test('Keys begin what the menus do', async ({ page, story }) => {
  await story.openNotebook(['a = 1', 'print(a)']);
  await story.select(2);
  await story.expectStatuses('Ready', 'Not run yet');
  await page.keyboard.press('n');
  await page.keyboard.press('r');
  await expect(story.steps).toHaveCount(2);
  await story.dialog.getByRole('button', { name: 'Run 2 Cells' }).click();
  await expect(story.output(2)).toHaveText('1');
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await expect(story.row(2)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(story.activeCell).toBeFocused();
});
