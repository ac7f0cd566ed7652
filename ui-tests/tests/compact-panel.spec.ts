/** Story: a user keeps the panel open in a narrow side bar, and nothing in it jumps. */
import type { Locator, Page } from '@playwright/test';
import { expect, galata, test } from './story';

/** Twenty-five cells that each define two names and need one of the cell above. */
const NOTEBOOK = Array.from({ length: 25 }, (_, n) =>
  n === 0 ? 'x0 = 1\ny0 = 2' : `x${n} = x${n - 1} + 1\ny${n} = x${n}`
);

test.use({
  mockSettings: {
    ...galata.DEFAULT_SETTINGS,
    'jupyter-namespace-viz:plugin': { showHelp: false }
  }
});

/** Give the panel this size. */
async function resize(page: Page, panel: Locator, width: number, height: number): Promise<void> {
  await page.addStyleTag({
    content: `#jp-NamespaceViz-panel { width: ${width}px !important; height: ${height}px !important; }`
  });
  await expect.poll(async () => (await panel.boundingBox())?.height).toBe(height);
}

/** The heights of the rows that are seen in full. */
async function seenRows(panel: Locator): Promise<number[]> {
  return panel.evaluate(node => {
    const view = node.querySelector('.jp-NamespaceViz-scroll')!.getBoundingClientRect();
    return [...node.querySelectorAll('[role="row"]')]
      .map(row => row.getBoundingClientRect())
      .filter(({ bottom, top }) => top >= view.top && bottom <= view.bottom + 0.5)
      .map(({ height }) => height);
  });
}

test('At 250 by 600 pixels, twenty cells are seen, each a line of its own', async ({
  page,
  story
}) => {
  await story.openNotebook(NOTEBOOK);
  await story.run(25);
  await expect(story.rows).toHaveCount(25);
  await resize(page, story.panel, 250, 600);
  await story.select(1); // unfolded
  await expect(story.row(1)).toHaveAttribute('aria-expanded', 'true');
  await expect.poll(async () => (await seenRows(story.panel)).length).toBeGreaterThanOrEqual(20);
  const [active, ...folded] = await seenRows(story.panel);
  expect(active).toBeGreaterThan(26);
  expect(Math.max(...folded)).toBeLessThanOrEqual(26);

  await test.step('so in the other views', async () => {
    for (const view of ['Names', 'Imports', 'Problems'] as const) {
      await story.chooseView(view);
      const rows = story.panel.getByRole('row');
      if ((await rows.count()) > 0) {
        expect(Math.max(...(await seenRows(story.panel)))).toBeLessThanOrEqual(26);
      }
    }
  });
});

test('The header stays as high as it is while cells run, fail and the kernel restarts', async ({
  page,
  story
}) => {
  await story.openNotebook(['import time', 'time.sleep(1)', '1 / 0', 'time.time()']);
  await resize(page, story.panel, 250, 600);
  await story.select(4);
  await expect(story.kernelLine).toHaveText('The kernel is idle.');
  const heights = await page.evaluateHandle(() => {
    const found: number[] = [];
    const view = document.querySelector('.jp-NamespaceViz-view')!;
    const note = (): void => {
      found.push(view.getBoundingClientRect().top);
      requestAnimationFrame(note);
    };
    note();
    return found;
  });
  for (const n of [1, 2, 3]) {
    await story.run(n);
  }
  await expect(story.output(3)).toContainText('ZeroDivisionError');
  await story.restart();
  await expect(story.status(1)).toHaveText('Ready');
  await story.execute('notebook:shutdown-kernel');
  await expect(story.kernelLine).toContainText('No kernel');
  expect(new Set(await heights.jsonValue()).size).toBe(1);
});

test('With the keyboard alone: into the panel, along its rows, back to the notebook', async ({
  page,
  story
}) => {
  await story.openNotebook(['import math', 'x = math.pi', 'print(x)']);
  await story.select(2);
  await story.expectStatuses('Ready', 'Not run yet', 'Not run yet');
  await story.execute('jupyter-namespace-viz:show-panel');
  await expect(story.row(2)).toBeFocused();
  await expect(story.row(2)).toHaveAccessibleName('x, Not run yet');
  await page.keyboard.press('ArrowDown');
  await expect(story.row(3)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(story.row(3)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(story.row(3)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(story.cell(3)).toHaveClass(/jp-mod-active/);
  await expect(story.activeCell).toBeFocused();
  await story.execute('jupyter-namespace-viz:show-panel');
  await expect(story.row(3)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(story.activeCell).toBeFocused();
});

test('In a narrow panel, a summary of four lines keeps clear of the tabs', async ({
  page,
  story
}) => {
  await story.openNotebook([
    '1 / 0',
    'import time; time.sleep(300)',
    'import json as module_with_a_long_name',
    'module_with_a_long_name.dumps(1)',
    'not_defined_anywhere'
  ]);
  await resize(page, story.panel, 250, 600);
  await story.run(1);
  await expect(story.output(1)).toContainText('ZeroDivisionError');
  await story.startRunning(2);
  await expect(story.summary).toContainText(/Running .* would raise an error, .* waits for the/);
  const lines = story.summary.locator('.jp-NamespaceViz-summaryText');
  await expect.poll(async () => (await lines.boundingBox())?.height).toBe(4 * 14);
  const { height, y } = (await lines.boundingBox())!;
  const tabs = (await story.panel.getByRole('tablist').boundingBox())!;
  expect(tabs.y - (y + height)).toBeGreaterThanOrEqual(4);
});

test('The active row is in view when the panel is opened again', async ({ story }) => {
  await story.openNotebook(Array.from({ length: 90 }, (_, cell) => `n${cell} = ${cell}`));
  await story.select(60);
  await expect(story.row(60)).toBeInViewport();
  for (const [before, after] of [
    [60, 5],
    [5, 80],
    [80, 80]
  ] as const) {
    await expect(story.row(before)).toBeInViewport();
    await story.execute('application:toggle-right-area');
    await expect(story.panel).toBeHidden();
    await story.select(after);
    await story.openPanel();
    await expect(story.row(after)).toBeInViewport();
  }
});

test('The active row stays in view when it grows', async ({ page, story }) => {
  await story.openNotebook([...NOTEBOOK, 'print(x24, y24)']);
  await resize(page, story.panel, 300, 600);
  await story.startAll();
  await expect(story.output(26)).toContainText('25 25');
  await story.select(26);
  const list = story.panel.locator('.jp-NamespaceViz-scroll');
  const below = async (): Promise<number> => {
    const [row, view] = await Promise.all([story.row(26).boundingBox(), list.boundingBox()]);
    return row!.y + row!.height - (view!.y + view!.height);
  };
  await expect(story.status(26)).toHaveText('Fresh');
  await expect.poll(below).toBeLessThanOrEqual(0.5);
  const before = (await story.row(26).boundingBox())!.height;
  await story.restart();
  await expect(story.status(26)).toHaveText('Not run yet');
  await expect
    .poll(async () => (await story.row(26).boundingBox())!.height)
    .toBeGreaterThan(before);
  await expect.poll(below).toBeLessThanOrEqual(0.5);
});
