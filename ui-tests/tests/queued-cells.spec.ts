/** Story: cells that are moved, deleted or edited while they run or are queued. */
import type { Page } from '@playwright/test';
import { expect, test, upload } from './story';
import type { Story } from './story';

/** The first cell runs until the file `go` is there; then the kernel takes the others from its queue. */
const LINES = [
  'import pathlib, time\nprint("begun")\nwhile not pathlib.Path("go").exists():\n    time.sleep(0.1)\nx = 1',
  'y = x + 1',
  'z = y * 2',
  'print(z)'
];

const IDLE = 'The kernel is idle.';

/** Run all cells; the first one runs, and the others are queued. */
async function runAll(story: Story): Promise<void> {
  await story.openNotebook(LINES);
  await expect(story.kernelLine).toHaveText(IDLE);
  await story.expectStatuses('Ready', 'Not run yet', 'Not run yet', 'Not run yet');
  await story.startAll();
  // Before that an interrupt would come to nothing: the kernel has not begun.
  await expect(story.output(1)).toHaveText('begun');
  await expect(story.kernelLine).toHaveText('The kernel is busy.');
  await story.expectStatuses('Running', 'Queued', 'Queued', 'Queued');
}

/** Let the first cell end, and wait until the last request is answered. */
async function letRun(page: Page, story: Story, folder: string): Promise<void> {
  await upload(page.request, `${folder}/go`, '');
  await expect(story.kernelLine).toHaveText(IDLE);
}

const MOVED: [string, number, string[]][] = [
  ['moved up and down', 4, ['notebook:move-cell-up', 'notebook:move-cell-down']],
  ['cut and pasted', 4, ['notebook:cut-cell', 'notebook:paste-cell-below']],
  ['deleted and restored', 4, ['notebook:delete-cell', 'notebook:undo-cell-action']],
  ['moved down and up', 1, ['notebook:move-cell-down', 'notebook:move-cell-up']],
  ['deleted and restored', 1, ['notebook:delete-cell', 'notebook:undo-cell-action']]
];

for (const [what, n, commands] of MOVED) {
  const which = n === 1 ? 'running' : 'queued';
  test(`A ${which} cell that is ${what} ends when the kernel has run it`, async ({
    page,
    story,
    tmpPath
  }) => {
    await runAll(story);
    await story.select(n);
    for (const command of commands) {
      await story.execute(command);
    }
    await story.expectStatuses('Running', 'Queued', 'Queued', 'Queued');

    await letRun(page, story, tmpPath);
    await story.expectStatuses('Fresh', 'Fresh', 'Fresh', 'Fresh');
    await expect(story.rows.filter({ hasText: '[*]' })).toHaveCount(0);
    await expect(story.summary).not.toContainText('Running');
  });
}

test('A queued cell that is moved above the one it reads is no longer queued once it ran', async ({
  page,
  story,
  tmpPath
}) => {
  await runAll(story);
  await story.select(4);
  await story.execute('notebook:move-cell-up');
  await letRun(page, story, tmpPath);
  await story.expectStatuses('Fresh', 'Fresh', 'Stale', 'Fresh');
  await expect(story.count(3)).toHaveText('[4]:');
  await expect(story.row(3)).toContainText('[4]');
  await expect(story.summary).not.toContainText('Running');
});

test('A running cell that is moved and interrupted takes the queue with it', async ({ story }) => {
  await runAll(story);
  await story.select(1);
  await story.execute('notebook:move-cell-down');
  await story.expectStatuses('Queued', 'Running', 'Queued', 'Queued');
  await story.execute('notebook:interrupt-kernel');
  await expect(story.kernelLine).toHaveText(IDLE);
  await expect(story.status(2)).toHaveText('Failed: KeyboardInterrupt');
  await expect(story.rows.filter({ hasText: '[*]' })).toHaveCount(0);
  await expect(story.panel.getByText(/^(Queued|Running)/)).toHaveCount(0);
});

test('A queued cell that is edited is judged by the text that the kernel runs', async ({
  page,
  story,
  tmpPath
}) => {
  await runAll(story);
  await story.edit(3, 'zz = y * 2');
  await expect(await story.defines(3)).toHaveText('Definesz');
  await story.select(4);
  await story.expectStatuses('Running', 'Queued', 'Queued', 'Queued');

  await letRun(page, story, tmpPath);
  await story.expectStatuses('Fresh', 'Fresh', 'Stale', 'At risk');
  await expect(await story.defines(3)).toHaveText('Defineszz');
});

test('In a second Run All no cell is marked between its end and what it did', async ({
  page,
  story
}) => {
  const lines = Array.from({ length: 12 }, (_, n) => `v${n + 1} = [*v${n}, ${n}]`);
  await story.openNotebook(['v0 = [0]', ...lines, '1 / 0', 'w = 1', 'print(w)']);
  const expectRun = async (lastCount: number): Promise<void> => {
    await story.startAll();
    await expect(story.count(14)).toHaveText(`[${lastCount}]:`);
    await expect(story.kernelLine).toHaveText(IDLE);
    await story.expectStatuses(
      ...['v0', ...lines].map(() => 'Fresh'),
      'Failed: ZeroDivisionError',
      'Ready',
      'Not run yet'
    );
  };
  await expectRun(14);
  await page.evaluate(() => {
    const marked = /jp-NamespaceViz-cell-(?:stale|blocked|at-risk)\S*/;
    const seen = ((window as unknown as { seen: string[] }).seen = [] as string[]);
    new MutationObserver(changes =>
      changes.forEach(({ target }) => {
        const found = marked.exec((target as Element).className.toString());
        seen.push(...(found ? [found[0]] : []));
      })
    ).observe(document.querySelector('.jp-Notebook')!, {
      attributeFilter: ['class'],
      subtree: true
    });
  });
  await expectRun(28);
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
});
