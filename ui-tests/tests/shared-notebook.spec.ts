/** Story: Ann and Ben edit one notebook, each in a browser, with jupyter-collaboration. */
import { expect, test as base } from '@playwright/test';
import { SHARED_SERVER } from '../servers';
import { notebookOf, Story, upload } from './story';

const NOTEBOOK = ['import math', 'radius = 2', 'print(round(math.pi * radius))'];

/** The same notebook on the pages of two users. */
const test = base.extend<{ people: [Story, Story] }>({
  baseURL: SHARED_SERVER,
  people: async ({ browser, request }, use, { repeatEachIndex }) => {
    const path = `shared-${repeatEachIndex}.ipynb`; // each with a kernel of its own
    await upload(request, path, notebookOf(NOTEBOOK, {}));
    const comeIn = async (): Promise<Story> => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(`/lab/tree/${path}?reset`);
      const story = new Story(page, '');
      await story.openPanel();
      await expect(story.rows).toHaveCount(NOTEBOOK.length);
      return story;
    };
    await use([await comeIn(), await comeIn()]);
    await Promise.all(browser.contexts().map(context => context.close()));
  }
});

test('Two browsers on one notebook agree', async ({ people }) => {
  test.slow(); // two pages on two cores
  const [ann, ben] = people;
  const expectBothSee = async (...words: string[]): Promise<void> => {
    await ann.expectStatuses(...words);
    await ben.expectStatuses(...words);
  };
  const bothSelect = async (n: number): Promise<void> => {
    await ann.select(n);
    await ben.select(n);
  };
  await expectBothSee('Ready', 'Ready', 'Not run yet');

  await test.step('what one runs is fresh for both', async () => {
    await ann.run(1);
    await ben.run(2);
    await expectBothSee('Fresh', 'Fresh', 'Ready');
    await ann.run(3);
    await expect(ben.output(3)).toHaveText('6');
    await expectBothSee('Fresh', 'Fresh', 'Fresh');
  });

  await test.step('what one edits is stale for both, and the other fixes it', async () => {
    await ben.edit(2, 'radius = 4');
    await expectBothSee('Fresh', 'Stale', 'Stale');
    await ann.select(2);
    await ann.mark(2).getByRole('button', { name: 'Run Stale Cells' }).click();
    await expect(ann.steps).toHaveCount(2);
    await ann.dialog.getByRole('button', { name: 'Run 2 Cells' }).click();
    await expect(ben.output(3)).toHaveText('13');
    await expectBothSee('Fresh', 'Fresh', 'Fresh');
  });

  await test.step('a kernel that one restarts is empty for both', async () => {
    await ben.restart();
    await bothSelect(3);
    await expectBothSee('Ready', 'Ready', 'Not run yet');
    await expect(await ann.sentence(3)).toHaveText(
      'math is missing: the kernel was restarted and cell import math has not run since.'
    );
    await expect(await ben.sentence(3)).toHaveText(
      'math is missing: the kernel was restarted and cell import math has not run since.'
    );
  });

  await test.step('a cell that one deletes is gone for both', async () => {
    await ben.run(1);
    await bothSelect(3);
    await expectBothSee('Fresh', 'Ready', 'Not run yet');
    await ben.select(1);
    await ben.execute('notebook:delete-cell');
    await bothSelect(2);
    await expectBothSee('Ready', 'Not run yet');
    for (const person of people) {
      await person.chooseView('Names');
      await expect(person.nameRow('math')).toContainText('defined by no cell');
    }
  });
});
