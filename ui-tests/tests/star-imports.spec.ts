/** Story: the names of a star import are known before it runs, and can be restored. */
import { expect, test } from './story';

const LOST =
  'rgb_to_hsv is missing: the kernel was restarted and cell from colorsys import * has not run since.';

test('What a star import gives is known before it runs', async ({ story }) => {
  await story.openNotebook(['from colorsys import *', 'rgb_to_hsv(0, 0, 1)', 'rgb_to_cmyk']);

  await test.step('a name that it binds waits for it, another name has no definition', async () => {
    await story.expectStatuses('Ready', 'Not run yet', 'Blocked by a missing name');
    await expect(await story.defines(1)).toHaveText('Definesrgb_to_hsv');
    await expect(await story.sentence(3)).toHaveText('rgb_to_cmyk is missing: no cell defines it.');
  });

  await test.step('it runs, and gives what was said', async () => {
    await story.run(1);
    await story.run(2);
    await expect(story.output(2)).toContainText('0.66');
    await story.expectStatuses('Fresh', 'Fresh', 'Blocked by a missing name');
  });

  await test.step('after a restart the star import can be restored', async () => {
    await story.restart();
    await expect(await story.sentence(2)).toHaveText(LOST);
    await (await story.unfolded(2)).getByRole('button', { name: /^Restore Imports/ }).click();
    await expect(story.status(2)).toHaveText('Ready');
    await story.run(2);
    await expect(story.output(2)).toContainText('0.66');
  });

  await test.step('then it counts as one that ran', async () => {
    await story.expectStatuses('Ready', 'Fresh', 'Blocked by a missing name');
    await story.chooseView('Imports');
    const imports = story.panel.getByRole('treegrid', { name: 'Imports' }).getByRole('row');
    await expect(imports).toContainText('available');
    await story.chooseView('Names');
    await expect(story.nameRow('hls_to_rgb')).toContainText('available');
  });
});

test('A restart loses nothing that star imports gave', async ({ page, story }) => {
  await story.openNotebook(['from pylab import *', 'from math import *\n!true', 'plot([sin(pi)])']);
  for (const n of [1, 2, 3]) {
    await story.run(n);
  }
  await story.expectStatuses('Fresh', 'Fresh', 'Fresh');
  await page.menu.clickMenuItem('Kernel>Check Before Restarting…');
  await expect(story.dialog).toContainText('3 cells have run in this kernel.');
  await expect(story.dialog).toContainText(
    'Nothing. The cells of the notebook define every name in the kernel.'
  );
  await expect(story.dialog).toContainText('No missing names or modules found.');
});
