/** Story: a user with a screen reader, low vision or no mouse gets the same information. */
import { lookInAllThemes } from './look';
import { expect, test } from './story';

const NOTEBOOK = [
  'import colorsys as cs\nimport no_such_module_anywhere',
  'hue = cs.rgb_to_hsv(1, 0, 0)',
  { source: 'print(hue)', count: 3 },
  'print(late)\nunfinished = (',
  'late = 3',
  ''
];

test('axe finds no serious fault in any view, in any theme', async ({ page, story }) => {
  test.slow(); // six states in three themes
  await story.openNotebook(NOTEBOOK);
  await story.run(2);
  await story.run(5);
  for (const view of ['Cells', 'Names', 'Imports', 'Problems'] as const) {
    await story.chooseView(view);
    if (view === 'Names') {
      await story.nameRow('late').click();
    }
    await lookInAllThemes(page, story, view);
  }
  await story.execute('kernelmenu:shutdown');
  await expect(story.kernelLine).toContainText('No kernel');
  await lookInAllThemes(page, story, 'no kernel');
  await page.notebook.close(true);
  await expect(story.notice).toContainText('No notebook is open');
  await lookInAllThemes(page, story, 'no notebook');
});
