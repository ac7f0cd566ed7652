/**
 * Story: the README's moving picture shows the current panel: a restart, what it has emptied, and
 * what one click brings back.
 *
 * `SCREENSHOTS=1` writes it to `docs/images/restart.webp`; else its frames are only taken.
 */
import { Film } from './pictures';
import { expect, test } from './story';

test.use({ viewport: { width: 1120, height: 640 } });

const CELLS = [
  { source: 'import numpy as np' },
  { source: 'from collections import Counter' },
  { source: 'dice = np.random.default_rng(6).integers(1, 7, 300)' },
  { source: 'Counter(dice.tolist()).most_common(3)' },
  { source: 'np.mean(dice)' }
];

test('A restart, and one click', async ({ page, story }, testInfo) => {
  const film = new Film('restart', page, testInfo);
  await story.openNotebook(CELLS, { name: 'dice.ipynb' });
  await page.sidebar.close('left');
  await story.panel.getByRole('button', { name: 'Got it' }).click();
  for (const n of [1, 2, 3, 4, 5]) {
    await story.run(n);
  }
  await story.select(5);
  await story.expectStatuses('Fresh', 'Fresh', 'Fresh', 'Fresh', 'Fresh');
  await page.mouse.move(0, 0);
  await film.take(2_000);

  await test.step('the kernel is restarted', async () => {
    const isUp = story.execute('notebook:restart-kernel');
    const confirm = page.getByRole('button', { name: 'Confirm Kernel Restart' });
    await expect(confirm).toBeVisible();
    await film.take(1_500);
    await confirm.click();
    await isUp;
    await story.expectStatuses('Ready', 'Ready', ...Array<string>(3).fill('Not run yet'));
    await expect(story.mark(5)).toContainText('the kernel was restarted');
    await expect(story.kernelLine).toContainText('idle');
    await film.take(3_000);
  });

  await test.step('the imports come back', async () => {
    await story.panel.getByRole('button', { name: 'Restore Imports', exact: true }).first().click();
    await story.expectStatuses('Ready', 'Ready', 'Ready', 'Not run yet', 'Not run yet');
    await page.mouse.move(0, 0);
    await film.take(2_500);
  });

  await test.step('what the cell needs is run', async () => {
    await story.mark(5).getByRole('button', { name: 'Run Dependencies' }).click();
    await expect(story.steps).not.toHaveCount(0);
    await film.take(2_500);
    await story.dialog.getByRole('button', { name: /^Run/ }).click();
    await story.expectStatuses('Ready', 'Ready', 'Fresh', 'Ready', 'Ready');
    await story.run(5);
    await expect(story.status(5)).toHaveText('Fresh');
    await page.mouse.move(0, 0);
    await film.take(3_000);
  });
  film.make();
});
