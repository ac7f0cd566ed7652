/** Story: the kernel's process hangs, and the panel says so until it answers again. */
import { expect, test } from '@playwright/test';
import type { APIRequestContext, Page } from '@playwright/test';
import { TOKEN, TOKEN_SERVER } from '../servers';
import { look } from './look';
import { BLOCKED_BY_IMPORT, notebookOf, Story, upload } from './story';

const SILENT = 'The kernel is not responding. Retrying…';
const IDLE = 'The kernel is idle.';

test.use({ baseURL: TOKEN_SERVER }); // its `silent_after` is short

/** Open a notebook and run its first two cells; also returns the process id of the kernel. */
async function openRunning(
  page: Page,
  request: APIRequestContext,
  path: string
): Promise<[Story, number]> {
  const cells = ['import math', 'import os\n\nos.getpid()', 'math.pi', ''];
  await upload(request, path, notebookOf(cells, {}), TOKEN);
  await page.goto(`lab/tree/${path}?reset&token=${TOKEN}`);
  const story = new Story(page, '');
  await story.openPanel();
  await story.expectStatuses('Ready', 'Ready', 'Not run yet', 'Empty');
  await story.run(1);
  await story.run(2);
  await story.expectStatuses('Fresh', 'Fresh', 'Ready', 'Empty');
  await expect(story.kernelLine).toHaveText(IDLE);
  return [story, Number(await story.output(2).innerText())];
}

/** Expect that the panel says that the kernel does not answer, and how old the facts are. */
async function expectSilent(story: Story): Promise<void> {
  await expect(story.kernelLine).toContainText(SILENT);
  await expect(story.kernelLine.getByRole('status')).toHaveText(SILENT);
  const text = story.kernelLine.locator('.jp-NamespaceViz-kernelText');
  await expect(text).toHaveCSS('clip-path', 'none'); // seen, in the narrow panel too
  await expect(story.kernelLine).toHaveText(new RegExp(`^${SILENT}Last updated \\d+ (s|min) ago$`));
}

/** Continue a stopped process, if it still exists. */
function goOn(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch (error) {
    expect(error).toMatchObject({ code: 'ESRCH' });
  }
}

test('A kernel that is stopped, and goes on', async ({ page, request }, { repeatEachIndex }) => {
  const [story, pid] = await openRunning(page, request, `stopped-${repeatEachIndex}.ipynb`);

  process.kill(pid, 'SIGSTOP');
  try {
    await test.step('the panel says so, and keeps what it knows', async () => {
      await expectSilent(story);
      await expect(story.summary).toHaveText(
        'When the kernel last answered: everything this notebook needs was available.'
      );
      await story.expectStatuses('Fresh', 'Fresh', 'Ready', 'Empty');
      await look(page, story, 'silent');
    });

    await test.step('editing is followed, and a cell that is run waits', async () => {
      await story.edit(4, 'import no_such_module_anywhere\nlost');
      await expect(await story.sentence(4)).toHaveText('lost is missing: no cell defines it.');
      await story.startRunning(3);
      await expectSilent(story);
      await expect(story.status(3)).toHaveText('Queued');
    });
  } finally {
    goOn(pid);
  }

  await test.step('when it goes on, everything is reported again', async () => {
    await expect(story.kernelLine).toHaveText(IDLE);
    await story.expectStatuses('Fresh', 'Fresh', 'Fresh', BLOCKED_BY_IMPORT);
    await expect(story.count(3)).toHaveText('[3]:');
    await expect(await story.sentence(4)).toContainText(
      "no_such_module_anywhere is not installed in the kernel's environment"
    );
  });
});

test('A kernel that is stopped, and restarted', async ({ page, request }, { repeatEachIndex }) => {
  const [story, pid] = await openRunning(page, request, `hung-${repeatEachIndex}.ipynb`);

  process.kill(pid, 'SIGSTOP');
  try {
    await story.edit(4, 'import wave');
    await expectSilent(story);
    await story.restart();
  } finally {
    goOn(pid);
  }

  await expect(story.kernelLine).toHaveText(IDLE);
  await story.select(3);
  await story.expectStatuses('Ready', 'Ready', 'Not run yet', 'Ready');
  await expect(await story.sentence(3)).toHaveText(
    'math is missing: the kernel was restarted and cell import math has not run since.'
  );
});
