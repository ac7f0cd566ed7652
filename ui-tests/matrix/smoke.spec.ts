/** Story: the published wheel, in the oldest and the newest JupyterLab and Notebook. */
import { expect, test } from '@playwright/test';
import { notebookOf, Story, upload } from '../tests/story';

test('A forgotten import is marked, run, lost by a restart and restored', async ({
  page,
  request
}, { project }) => {
  // Those of JupyterLab and Notebook themselves are theirs.
  const complaints: string[] = [];
  const hear = (complaint: string): void => {
    if (/namespace-?viz/i.test(complaint)) {
      complaints.push(complaint);
    }
  };
  page.on('pageerror', error => hear(error.stack ?? error.message));
  page.on('console', message => message.type() === 'error' && hear(message.text()));
  const isNotebook = project.name.startsWith('notebook');
  await upload(request, 'smoke.ipynb', notebookOf(['import math', 'math.pi'], {}));
  await page.goto(isNotebook ? 'notebooks/smoke.ipynb' : 'lab/tree/smoke.ipynb');
  const story = new Story(page, '');

  await test.step('opened', async () => {
    await expect(story.cell(2)).toHaveClass(/jp-NamespaceViz-cell-waiting/);
    if (isNotebook) {
      /* eslint-disable jupyter/galata-prefer-menu-helper -- this is not Galata's page */
      await page.getByRole('menuitem', { name: 'View' }).click();
      await page.getByText('Right Sidebar', { exact: true }).click();
      await page.getByRole('menu').getByText('Show Namespace', { exact: true }).click();
      /* eslint-enable jupyter/galata-prefer-menu-helper */
    } else {
      await page.getByRole('tab', { name: 'Namespace' }).click();
    }
    await story.expectStatuses('Ready', 'Not run yet');
  });

  await test.step('run', async () => {
    await story.select(2);
    await (await story.unfolded(2)).getByRole('button', { name: /^Run Dependencies/ }).click();
    await story.dialog.getByRole('button', { name: 'Run 1 Cell' }).click();
    await story.expectStatuses('Fresh', 'Ready');
    await expect(story.marks).toHaveCount(0);
  });

  await test.step('restarted, and restored', async () => {
    await story.select(2);
    await page.keyboard.press('0');
    await page.keyboard.press('0');
    await story.dialog.locator('.jp-mod-accept').click();
    await story.expectStatuses('Ready', 'Not run yet');
    await story.panel.getByRole('button', { name: 'Restore Imports' }).first().click();
    await story.expectStatuses('Ready', 'Ready');
  });

  expect(complaints).toEqual([]);
});
