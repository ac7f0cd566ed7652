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

test('What a restart makes untrue goes away in one frame, in the panel and in the notebook', async ({
  page,
  story
}) => {
  await story.openNotebook(['import math', 'r = 2 * math.pi', 'print(r)']);
  for (const n of [1, 2, 3]) {
    await story.run(n);
  }
  await story.expectStatuses('Fresh', 'Fresh', 'Fresh');
  const frames = await page.evaluateHandle(recordFrames);
  await story.restart();
  await expect(story.kernelLine).toHaveText('The kernel is idle.');
  expect(await frames.jsonValue()).toEqual([
    'Everything this notebook needs is available. Fresh Fresh Fresh',
    'The kernel was restarted: 1 cell waits for the imports of cell import math, 1 cell waits for the cells above. ' +
      'Ready Not run yet, marked Not run yet, marked'
  ]);
});

test('A restart leaves no name available, not for one frame', async ({ page, story }) => {
  await story.openNotebook(['import math', 'r = 2 * math.pi']);
  await story.run(1);
  await story.run(2);
  await story.chooseView('Names');
  await expect(story.nameRow('r')).toHaveAccessibleName('r, available');
  const frames = await page.evaluateHandle(recordFrames);
  await story.restart();
  await expect(story.nameRow('r')).toHaveAccessibleName('r, not run yet');
  const [before, ...after] = await frames.jsonValue();
  expect(before).toContain('r, available');
  expect(after.filter(frame => frame.includes(', available'))).toEqual([]);
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

/** Records from now on what the page shows of the verdicts, in each frame in which that is new. */
function recordFrames(): string[] {
  const frames: string[] = [];
  const record = (): void => {
    const texts = (selector: string): (string | null)[] =>
      [...document.querySelectorAll(selector)].map(it => it.textContent);
    const marked = [...document.querySelectorAll('.jp-CodeCell')].map(cell =>
      cell.matches('.jp-NamespaceViz-cell-waiting') ? ', marked' : ''
    );
    const statuses = texts('#jp-NamespaceViz-panel [role="group"][aria-label="Status"]');
    const names = [...document.querySelectorAll('[aria-label="Names"] [role="row"]')];
    const frame = [
      ...texts('#jp-NamespaceViz-panel [role="group"][aria-label="Summary"]'),
      ...statuses.map((status, index) => `${status}${marked[index]}`),
      ...names.map(row => row.getAttribute('aria-label'))
    ].join(' ');
    if (frame !== frames.at(-1)) {
      frames.push(frame);
    }
    requestAnimationFrame(record);
  };
  record();
  return frames;
}
