/** Story: a kernel dies, is shut down, is changed or is busy, and the panel shows it. */
import { look } from './look';
import { drawn, expect, test, upload } from './story';

/** The display names of the kernels. */
const PYTHON = 'Python 3 (ipykernel)';
const TENSORFLOW = 'Python (TensorFlow)';

const IDLE = 'The kernel is idle.';

test('A kernel that dies and restarts by itself', async ({ story }) => {
  await story.openNotebook(['import math', 'math.pi', 'import os\n\nos._exit(1)']);
  await story.run(1);
  await story.run(2);
  await story.expectStatuses('Fresh', 'Fresh', 'Ready');

  await story.select(3);
  await story.page.keyboard.press('ControlOrMeta+Enter');

  await expect(story.dialog).toContainText('Kernel Restarting');
  await story.dialog.getByRole('button', { name: 'Ok' }).click();
  await story.expectStatuses('Ready', 'Not run yet', 'Ready');
  await story.select(2);
  await story.expectStatuses('Ready', 'Not run yet', 'Ready');
  const sentence =
    'math is missing: the kernel died and was restarted, and cell `import math` has not run since.';
  await expect(await story.sentence(2)).toHaveText(drawn(sentence));
  await expect(story.mark(2)).toHaveAccessibleName(`Not run yet: ${sentence}`);
  await expect(story.count(2)).toHaveText('[2]:');
  await expect(story.kernelLine).toHaveText(IDLE);
  await story.run(1);
  await story.expectStatuses('Fresh', 'Ready', 'Ready');
});

test('A kernel that is changed, then shut down', async ({ story }) => {
  await story.openNotebook(['import math', 'math.pi']);
  await story.run(1);
  await story.run(2);
  await story.expectStatuses('Fresh', 'Fresh');

  await test.step('another kernel holds nothing yet', async () => {
    const isChanged = story.execute('notebook:change-kernel');
    await story.dialog.getByRole('combobox').selectOption(TENSORFLOW);
    await story.dialog.getByRole('button', { name: 'Select Kernel' }).click();
    await isChanged;
    await expect(story.kernelLine).toHaveAttribute('title', /\.venv-tensorflow/);
    await story.expectStatuses('Ready', 'Not run yet');
    await expect(await story.sentence(2)).toHaveText(
      'math is missing: cell import math has not run since the kernel started.'
    );
    await story.run(1);
    await story.expectStatuses('Fresh', 'Ready');
  });

  await test.step('no kernel holds nothing', async () => {
    await story.execute('notebook:shutdown-kernel');
    await expect(story.kernelLine).toHaveText('No kernel. Choose one to see which names it has.');
    await story.select(2);
    await story.expectStatuses('Ready', 'Not run yet');
    await expect(story.mark(2)).toHaveAccessibleName(
      'Not run yet: math is missing: cell `import math` has to run first.'
    );
  });

  await test.step('a new one is asked at once', async () => {
    const isChosen = story.execute('notebook:change-kernel');
    await story.dialog.getByRole('combobox').selectOption(PYTHON);
    await story.dialog.getByRole('button', { name: 'Select Kernel' }).click();
    await isChosen;
    await expect(story.kernelLine).toHaveText(IDLE);
    await story.run(1);
    await story.expectStatuses('Fresh', 'Ready');
  });
});

test('A notebook that is opened without a kernel', async ({ story }) => {
  await story.openPanel();
  await story.openNotebook(['import math', 'math.pi'], { kernel: null });

  await expect(story.dialog).toContainText('Select Kernel');
  await story.dialog.getByRole('button', { name: 'No Kernel' }).click();

  await expect(story.kernelLine).toHaveText('No kernel. Choose one to see which names it has.');
  await expect(await story.defines(1)).toHaveText('Definesmath');
  await story.select(2);
  await story.expectStatuses('Ready', 'Not run yet');
  await expect(await story.sentence(2)).toHaveText(
    'math is missing: cell import math has to run first.'
  );
});

test('A slow server that has yet to say which kernels run', async ({ page, story }) => {
  const path = await story.openNotebook(['import math', 'math.pi']);
  await story.run(1);
  await story.expectStatuses('Fresh', 'Ready');
  let release = (): void => undefined;
  const isReleased = new Promise<void>(resolve => (release = resolve));
  await page.route(/\/api\/sessions\?/, async route => {
    await isReleased;
    await route.continue();
  });
  await story.execute('docmanager:save');
  await story.execute('application:close');
  await expect(story.notebook).toHaveCount(0);

  await test.step('it is not known whether the notebook has one', async () => {
    await story.execute('docmanager:open', { path });
    await expect(story.cell(1)).toBeVisible();
    await expect(story.panel).toContainText('Waiting for the kernel…');
    await expect(story.panel).not.toContainText('No kernel');
    await expect(story.marks).toHaveCount(0);
  });

  await test.step('then it is', async () => {
    release();
    await story.expectStatuses('Fresh', 'Ready');
  });
});

test('A kernel that takes its time to start', async ({ page, story, tmpPath }) => {
  await story.openNotebook(['import math', 'math.pi'], { kernel: 'slow' });

  await expect(story.kernelLine).toHaveText('The kernel is starting…');
  await story.expectStatuses('Ready', 'Not run yet');
  await look(page, story, 'starting');

  await upload(page.request, `${tmpPath}/go`, '');
  await expect(story.kernelLine).toHaveText(IDLE);
  await story.run(1);
  await story.expectStatuses('Fresh', 'Ready');
});

test('A kernel that is busy in a long cell: what it bound appears all the same', async ({
  page,
  story
}) => {
  const long = 'import json, time\n\nwhile True:\n    time.sleep(0.1)';
  await story.openNotebook([long, 'json.dumps(1)', 'math.pi']);
  await expect(story.kernelLine).toHaveText(IDLE);
  await story.expectStatuses('Ready', 'Not run yet', 'Blocked by a missing name');

  await story.startRunning(1);

  await expect(story.status(2)).toHaveText('Ready');
  await expect(story.kernelLine).toContainText('The kernel is busy.');
  await expect(story.count(1)).toHaveText('[*]:');
  await expect(story.row(1)).toContainText('[*]');
  await look(page, story, 'busy');

  await test.step('editing is followed meanwhile', async () => {
    await story.edit(3, 'json.loads("1")');
    await expect(story.status(3)).toHaveText('Ready');
  });

  await story.execute('notebook:interrupt-kernel');
  await expect(story.output(1).last()).toContainText('KeyboardInterrupt');
  await expect(story.kernelLine).toHaveText(IDLE);
  await expect(story.mark(1)).toHaveAccessibleName(/^Failed: KeyboardInterrupt: Was interrupted/);
  await expect(story.marks).toHaveCount(1);
});

test('Notebooks are switched, renamed and closed', async ({ page, story }) => {
  const first = await story.openNotebook(['import math', 'math.pi'], { name: 'first.ipynb' });
  await story.run(1);
  await story.expectStatuses('Fresh', 'Ready');
  await story.openNotebook(['import json', 'json', 'math.pi'], { name: 'second.ipynb' });
  await story.expectStatuses('Ready', 'Not run yet', 'Blocked by a missing name');
  await story.run(1); // by then JupyterLab has saved the kernel's name in the notebook
  await story.expectStatuses('Fresh', 'Ready', 'Blocked by a missing name');

  await page.activity.activateTab('first.ipynb');
  await story.expectStatuses('Fresh', 'Ready');

  await test.step('a new name of the file changes nothing', async () => {
    await page.evaluate(
      ([from, to]) => window.jupyterapp.serviceManager.contents.rename(from, to),
      [first, first.replace('first', 'renamed')] as const
    );
    await expect(page.getByRole('main').getByRole('tab', { name: 'renamed.ipynb' })).toBeVisible();
    await story.run(2);
    await story.expectStatuses('Fresh', 'Fresh');
  });

  await test.step('when all are closed, the panel says so', async () => {
    await story.execute('docmanager:save');
    await story.execute('application:close');
    await expect(story.status(3)).toHaveText('Blocked by a missing name');
    await story.execute('docmanager:save');
    await story.execute('application:close');
    await expect(story.notice).toContainText('No notebook is open');
  });
});
