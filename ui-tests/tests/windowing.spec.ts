/** Story: marks stay while a long notebook is scrolled, in each of JupyterLab's windowing modes. */
import { expect, galata, test } from './story';

const TRACKER = '@jupyterlab/notebook-extension:tracker';
const CELLS = 120;

for (const windowingMode of ['contentVisibility', 'defer', 'full', 'none']) {
  test.describe(`Windowing mode ${windowingMode}`, () => {
    test.use({
      mockSettings: { ...galata.DEFAULT_SETTINGS, [TRACKER]: { windowingMode } }
    });

    test('marks survive scrolling to the end and back', async ({ story }) => {
      const uses = Array.from({ length: CELLS - 1 }, (_, index) => ({
        source: `math.floor(${index})\n# one\n# two\n# three`,
        count: index + 2
      }));
      await story.openNotebook(['import math', ...uses]);
      await expect(story.summary).toHaveText(
        `Nothing has run in this kernel yet: ${CELLS - 1} cells wait for the imports of cell import math.`
      );

      for (const n of [CELLS, 2, 60, CELLS]) {
        await story.goTo(n);
        await expect(story.activeCell).toContainText(`math.floor(${n - 2})`);
        await expect(story.activeCell).toBeInViewport();
        await expect(story.activeCell.getByRole('note')).toContainText('math is missing');
        await expect(story.activeCell).toHaveClass(/jp-NamespaceViz-cell-waiting/);
        await expect(story.marks).toHaveCount(1); // the others are quiet
      }

      await story.goTo(1);
      await expect(story.activeCell).toContainText('import math');
      await story.execute('notebook:run-cell');
      await expect(story.summary).toHaveText('Everything this notebook needs is available.');
      await expect(story.marks).toHaveCount(0);
      await story.goTo(CELLS);
      await expect(story.activeCell).toContainText(`math.floor(${CELLS - 2})`);
      await expect(story.marks).toHaveCount(0);
      await expect(story.activeCell).not.toHaveClass(/jp-NamespaceViz-cell-/);
    });
  });
}
