/**
 * Story: the pictures of the README and the guide show the current panel.
 *
 * `SCREENSHOTS=1` writes them to `docs/images`, light and dark; else they are only taken, in light.
 */
import type { Page, PageScreenshotOptions } from '@playwright/test';
import { pictureOf, shrinkPictures, THEMES } from './pictures';
import { expect, test } from './story';

const CELLS = [
  { source: 'import numpy as np', count: 1 },
  { source: 'import tensorflow as tf\nfrom tensorflow import keras', count: 2 },
  {
    source:
      'rng = np.random.default_rng(7)\n' +
      'points = rng.normal(size=(2_000, 2))\n' +
      'labels = np.hypot(*points.T) < 1',
    count: 3
  },
  {
    source:
      'model = keras.Sequential([\n' +
      '    keras.layers.Dense(16, activation="relu"),\n' +
      '    keras.layers.Dense(1, activation="sigmoid"),\n' +
      '])\n' +
      'model.compile("adam", "binary_crossentropy", metrics=["accuracy"])',
    count: 4
  },
  { source: 'history = model.fit(points, labels, epochs=5, verbose=0)', count: 5 },
  { source: 'max(history.history["accuracy"])', count: 6 }
];

/** The part of the screen with the panel and its cards. */
async function aroundPanel(page: Page): Promise<NonNullable<PageScreenshotOptions['clip']>> {
  const { height, x, y } = (await page.locator('#jp-right-stack').boundingBox())!;
  return { x: x - 60, y, width: page.viewportSize()!.width - x + 60, height };
}

const QUESTIONS = [
  { source: 'import numpy as np', count: 1 },
  { source: 'points = np.arange(12).reshape(3, 4)', count: 2 },
  { source: 'scale = 2', count: 3 },
  { source: 'scaled = points * scale\nscaled.mean(axis=0)', count: 4 },
  { source: 'for np in range(3):\n    print("round", np)' },
  { source: 'import jupyterlab' }
];

test.afterAll(shrinkPictures);

for (const theme of THEMES) {
  test(`The guide's questions in the ${theme} theme`, async ({ page, story }, testInfo) => {
    const path = (name: string): Promise<string> => pictureOf(`${name}-${theme}`, page, testInfo);
    /** The notebook down to the end of its n-th cell. */
    const downTo = async (n: number): Promise<NonNullable<PageScreenshotOptions['clip']>> => {
      const top = (await story.notebook.boundingBox())!;
      const last = (await story.cell(n).boundingBox())!;
      return { ...top, height: last.y + last.height - top.y + 12 };
    };
    if (theme === 'dark') {
      await page.theme.setDarkTheme();
    }
    await story.openNotebook(QUESTIONS, { kernel: 'tensorflow-env', name: 'questions.ipynb' });
    await page.sidebar.close('left');
    await story.panel.getByRole('button', { name: 'Got it' }).click();

    await test.step('Why is np missing?', async () => {
      await story.run(1);
      await story.run(2);
      await story.restart();
      await story.run(3);
      await story.select(2);
      await expect(story.mark(2)).toContainText(
        'the kernel was restarted and cell import numpy as np has not run since'
      );
      await page.screenshot({ path: await path('missing') });
    });

    await test.step('What does the icon offer?', async () => {
      await story.mark(2).getByRole('button', { name: 'Actions for the cell' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await page.screenshot({ path: await path('menu'), clip: await downTo(5) });
      await page.keyboard.press('Escape');
    });

    await test.step('What took the name?', async () => {
      await story.run(1);
      await story.run(5);
      await story.select(2);
      await expect(story.mark(2)).toContainText('set it to an int');
      await page.mouse.move(0, 0);
      await page.screenshot({ path: await path('overwritten'), clip: await downTo(5) });
    });

    await test.step('Why is a cell stale?', async () => {
      for (const n of [1, 2, 4]) {
        await story.run(n);
      }
      await story.edit(3, 'scale = 3');
      await story.run(3);
      await story.select(4);
      await expect(story.mark(4)).toContainText('redefined scale after this cell ran.');
      await page.screenshot({ path: await path('stale'), clip: await downTo(4) });
    });

    await test.step('Is it installed?', async () => {
      await story.select(6);
      await expect(story.mark(6)).toContainText("Jupyter's own environment has it");
      await page.screenshot({ path: await path('not-installed'), clip: await downTo(6) });
    });

    await test.step('What is a ghost?', async () => {
      await story.select(3);
      await story.execute('notebook:delete-cell');
      await story.chooseView('Names');
      await story.unfolded(story.nameRow('scale'));
      await expect(story.nameRow('scale').getByRole('button', { name: /Restore/ })).toBeVisible();
      await story.panel.screenshot({ path: await path('ghost') });
    });
  });

  test(`The README's picture in the ${theme} theme`, async ({ page, story }, testInfo) => {
    if (theme === 'dark') {
      await page.theme.setDarkTheme();
    }
    await story.openNotebook(CELLS, { kernel: 'tensorflow-env', name: 'circle.ipynb' });
    await page.sidebar.close('left');
    await story.panel.getByRole('button', { name: 'Got it' }).click();
    await story.run(1);
    await story.run(3);
    await story.select(4);
    const quiet = 'Not run yet';
    await story.expectStatuses('Fresh', 'Ready', 'Fresh', quiet, quiet, quiet);
    await expect(story.marks).toHaveCount(1);
    const path = (name: string): Promise<string> => pictureOf(`${name}-${theme}`, page, testInfo);
    await page.screenshot({ path: await path('panel') });

    await story.run(6); // below the skipped import, so that there are problems to show
    await story.select(4);
    await expect(story.status(6)).toHaveText('Failed: NameError');

    for (const view of ['Names', 'Imports', 'Problems'] as const) {
      await story.chooseView(view);
      if (view === 'Names') {
        await story.unfolded(story.nameRow('points'));
      }
      await expect(story.panel.getByRole('treegrid', { name: view })).toBeVisible();
      await page.mouse.move(0, 0);
      await story.panel.screenshot({ path: await path(view.toLowerCase()) });
    }
    await story.chooseView('Cells');
    await (
      await story.unfolded(4)
    )
      .getByRole('button', { name: /^tf|^keras/ })
      .first()
      .hover();
    await expect(page.getByRole('tooltip')).toBeVisible();
    await page.screenshot({ path: await path('name-card'), clip: await aroundPanel(page) });
    await story.cell(4).locator('.jp-NamespaceViz-underline').hover();
    await expect(page.getByRole('group', { name: 'About keras' })).toBeVisible();
    await story.notebook.screenshot({ path: await path('card') });

    for (const [picture, command] of [
      ['plan', 'jupyter-namespace-viz:run-with-needed'],
      ['restart', 'jupyter-namespace-viz:restart-and-check']
    ] as const) {
      const isOver = story.execute(command);
      const dialog = page.locator('.jp-Dialog-content');
      await expect(dialog.locator('.jp-NamespaceViz-plan')).toBeVisible();
      await dialog.screenshot({ path: await path(picture) });
      await story.dialog.getByRole('button', { name: 'Cancel' }).click();
      await isOver;
    }

    await story.execute('jupyter-namespace-viz:show-graph');
    const graph = page.getByRole('tree', { name: 'Dependency graph' });
    await expect(graph.getByRole('treeitem').first()).toBeVisible();
    await page.getByRole('checkbox', { name: 'Show Import-Only Cells' }).check();
    await expect(graph.getByRole('treeitem')).toHaveCount(CELLS.length);
    await page.screenshot({ path: await path('graph') });
  });
}
