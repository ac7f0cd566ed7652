/**
 * Story: a user opens yesterday's notebook and forgets that its import has not run today.
 *
 * With the real TensorFlow, in an environment of its own.
 */
import { drawn, expect, test } from './story';
import type { Story } from './story';

const NEVER_RAN =
  'tf is missing: cell `import tensorflow as tf` has not run since the kernel started.';
const RAISED = 'Raised NameError when it last ran.';
const RESTARTED =
  'tf is missing: the kernel was restarted and cell `import tensorflow as tf` has not run since.';

test.beforeEach(async ({ story }) => {
  await story.openExample('1-forgotten-import.ipynb');
});

/** Expect a quiet mark on the second cell, which says why where the user is: it only waits. */
async function expectMarked(story: Story, sentence: string): Promise<void> {
  await story.select(2);
  await story.expectStatuses('Ready', 'Not run yet');
  await expect(await story.sentence(2)).toHaveText(drawn(sentence));
  await expect(story.mark(2)).toHaveAccessibleName(`Not run yet: ${sentence}`);
  await expect(story.mark(2)).toContainText(`Not run yet · ${drawn(sentence)}`);
  await expect(story.mark(2).locator('svg')).toBeVisible();
  await expect(story.cell(2)).toHaveClass(/jp-NamespaceViz-cell-waiting/);
  await expect(story.cell(2)).toHaveAccessibleDescription(`Not run yet: ${sentence}`);
  await story.select(1);
  await expect(story.cell(2)).toHaveClass(/jp-NamespaceViz-cell-waiting/);
  await expect(story.marks).toHaveCount(0);
  await story.select(2);
}

/** Expect that no cell is marked. */
async function expectUnmarked(story: Story, ...statuses: [string, string]): Promise<void> {
  await story.expectStatuses(...statuses);
  await expect(story.summary).toHaveText('Everything this notebook needs is available.');
  await expect(story.marks).toHaveCount(0);
  await expect(story.cell(2)).not.toHaveClass(/jp-NamespaceViz-cell-/);
}

test('In a fresh kernel it is said before anything runs', async ({ story }) => {
  await expectMarked(story, NEVER_RAN);
  await expect(story.row(1)).toHaveText(/^tf/);
  await expect(await story.defines(1)).toHaveText('Definestf');
  await expect(await story.needs(2)).toHaveText('Needstf');
  await expect(story.summary).toHaveText(
    'Nothing has run in this kernel yet: 1 cell waits for the imports of cell import tensorflow as tf.'
  );

  await test.step('a click on the name goes to the cell that provides it', async () => {
    await story.select(2);
    await (await story.needs(2)).getByRole('button', { name: /^tf, not run yet/ }).click();
    await expect(story.cell(1)).toHaveClass(/jp-mod-active/);
    await expect(story.row(1)).toHaveAttribute('aria-current', 'true');
  });
});

test('"Restore Imports" runs just the import, and shows that it runs', async ({ page, story }) => {
  const restore = story.panel.getByRole('button', { name: 'Restore Imports', exact: true }).first();
  await expectMarked(story, NEVER_RAN);

  await test.step('one click runs the import, and the marks vanish', async () => {
    await restore.click();
    await expect(restore).toHaveAttribute('aria-busy', 'true');
    await expectUnmarked(story, 'Ready', 'Ready');
    await expect(restore).toHaveAttribute('aria-busy', 'false');
    await expect(story.dialog).toHaveCount(0);
  });

  await test.step('that was no run of the cell: the next number is 1', async () => {
    await expect(story.row(1)).toHaveAccessibleName(/from an earlier kernel/);
    await story.run(2);
    await expect(story.count(2)).toHaveText('[1]:');
    await expect(story.output(2)).toHaveText(/^\d+\.\d+\.\d+/);
    await expectUnmarked(story, 'Ready', 'Fresh');
  });

  await test.step('the button on the cell does the same after a restart', async () => {
    await story.restart();
    await expectMarked(story, RESTARTED);
    await story.mark(2).getByRole('button', { name: 'Restore Imports' }).click();
    await expectUnmarked(story, 'Ready', 'Ready');
  });

  await test.step('a setting shows first what would run', async () => {
    await page.evaluate(async () => {
      const settings = await window.galata.getPlugin('@jupyterlab/apputils-extension:settings');
      await settings!.set('jupyter-namespace-viz:plugin', 'confirmImports', true);
    });
    await story.restart();
    await expectMarked(story, RESTARTED);
    await story.mark(2).getByRole('button', { name: 'Restore Imports' }).click();
    await expect(story.dialog).toContainText('Restore Imports of “print(tf.__version__)”');
    await expect(story.steps).toHaveText([
      '[ ]import tensorflow as tfimport onlyImports tf, which cell print(tf.__version__) needs.'
    ]);
    await story.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(story.dialog).toHaveCount(0);
    await expectMarked(story, RESTARTED);
    await story.mark(2).getByRole('button', { name: 'Restore Imports' }).click();
    await expect(story.dialog.getByRole('button', { name: 'Run 1 Step' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expectUnmarked(story, 'Ready', 'Ready');
  });
});

test('After a restart the cell is marked at once, whatever its old count says', async ({
  story
}) => {
  await story.run(1);
  await expectUnmarked(story, 'Fresh', 'Ready');
  await story.run(2);
  await expectUnmarked(story, 'Fresh', 'Fresh');

  await story.restart();

  await expectMarked(story, RESTARTED);
  await expect(story.count(1)).toHaveText('[1]:');
  await expect(story.count(2)).toHaveText('[2]:');
  await expect(story.summary).toHaveText(
    'The kernel was restarted: 1 cell waits for the imports of cell import tensorflow as tf.'
  );

  await test.step('"Run Dependencies" shows the list, then runs it', async () => {
    await (await story.unfolded(2)).getByRole('button', { name: /^Run Dependencies/ }).click();
    await expect(story.steps).toHaveText([
      /^\[ \]import tensorflow as tfDefines tf, which cell print\(tf\.__version__\) needs\. It took \d+ s last time\.$/
    ]);
    await expect(story.cell(2)).toHaveClass(/jp-NamespaceViz-cell-waiting/);
    await story.dialog.getByRole('button', { name: 'Run 1 Cell' }).click();
    await expectUnmarked(story, 'Fresh', 'Ready');
    await expect(story.count(1)).toHaveText('[1]:');
    await expect(story.row(1)).toContainText('[1]');
  });
});

test('Cell 2 first, then cell 1, then cell 2', async ({ story }) => {
  await expectMarked(story, NEVER_RAN);
  await story.run(2);
  await expect(story.output(2)).toContainText("NameError: name 'tf' is not defined");
  await expect(story.cell(2)).toHaveClass(/jp-NamespaceViz-cell-failed/);
  await expect(story.mark(2)).toHaveAccessibleName(`Failed: NameError: ${RAISED} ${NEVER_RAN}`);
  await story.run(1);
  await expectUnmarked(story, 'Fresh', 'Ready');
  await story.run(2);
  await expectUnmarked(story, 'Fresh', 'Fresh');
  await expect(story.count(2)).toHaveText('[3]:');
});
