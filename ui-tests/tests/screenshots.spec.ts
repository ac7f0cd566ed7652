/**
 * Story: the pictures of the README and of the guide show what a user sees.
 *
 * `SCREENSHOTS=1` writes them to `docs/images`; else they are only made.
 */
import type { Page, PageScreenshotOptions } from '@playwright/test';
import { join } from 'node:path';
import { BLOCKED, BLOCKED_BY_IMPORT, expect, test } from './story';

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

/** The part of the screen with the panel and what stands over it. */
async function aroundPanel(page: Page): Promise<NonNullable<PageScreenshotOptions['clip']>> {
  const { height, x, y } = (await page.locator('#jp-right-stack').boundingBox())!;
  return { x: x - 60, y, width: page.viewportSize()!.width - x + 60, height };
}

for (const theme of ['light', 'dark']) {
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
    await story.expectStatuses('Fresh', 'Ready', 'Fresh', BLOCKED_BY_IMPORT, BLOCKED, BLOCKED);
    await expect(story.marks).toHaveCount(3);
    const folder = process.env.SCREENSHOTS
      ? join(__dirname, '..', '..', 'docs', 'images')
      : testInfo.outputDir;
    await page.screenshot({ path: join(folder, `panel-${theme}.png`) });

    for (const view of ['Names', 'Imports', 'Problems'] as const) {
      await story.chooseView(view);
      if (view === 'Names') {
        await story.nameRow('points').getByRole('button', { expanded: false }).click();
      }
      await expect(story.panel.getByRole('list', { name: view })).toBeVisible();
      await page.mouse.move(0, 0);
      await story.panel.screenshot({ path: join(folder, `${view.toLowerCase()}-${theme}.png`) });
    }
    await story.chooseView('Cells');
    await story
      .row(4)
      .getByRole('button', { name: /^tf|^keras/ })
      .first()
      .hover();
    await expect(page.getByRole('tooltip')).toBeVisible();
    await page.screenshot({
      path: join(folder, `name-card-${theme}.png`),
      clip: await aroundPanel(page)
    });
    await story.cell(4).locator('.jp-NamespaceViz-underline').hover();
    await expect(page.getByRole('group', { name: 'About keras' })).toBeVisible();
    await story.notebook.screenshot({ path: join(folder, `card-${theme}.png`) });

    for (const [picture, command] of [
      ['plan', 'jupyter-namespace-viz:run-with-needed'],
      ['restart', 'jupyter-namespace-viz:restart-and-check']
    ] as const) {
      const isOver = story.execute(command);
      const dialog = page.locator('.jp-Dialog-content');
      await expect(dialog.locator('.jp-NamespaceViz-plan')).toBeVisible();
      await dialog.screenshot({ path: join(folder, `${picture}-${theme}.png`) });
      await story.dialog.getByRole('button', { name: 'Cancel' }).click();
      await isOver;
    }

    await story.execute('jupyter-namespace-viz:show-graph');
    const graph = page.getByRole('group', { name: 'Dependency graph' });
    await expect(graph.getByRole('button').first()).toBeVisible();
    await page.getByRole('checkbox', { name: 'Show what only hands on imports' }).check();
    await expect(graph.getByRole('button')).toHaveCount(CELLS.length);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.screenshot({ path: join(folder, `graph-${theme}.png`) });
  });
}
