/** Story: the kernel's environment lacks a module, which is said before the import runs. */
import { BLOCKED_BY_IMPORT, expect, test } from './story';

test('A module that only the server has is not installed for the kernel', async ({ story }) => {
  await story.openNotebook(
    [
      'import jupyterlab',
      'try:\n    import jupyterlab\nexcept ImportError:\n    jupyterlab = None',
      'import json',
      'import sys\n\nprint(sys.executable)'
    ],
    { kernel: 'tensorflow-env' }
  );

  await story.expectStatuses(BLOCKED_BY_IMPORT, 'Ready', 'Ready', 'Ready');
  await story.run(4);
  const python = (await story.output(4).innerText()).trim();
  expect(python).toContain('.venv-tensorflow');
  const sentence = `jupyterlab is not installed in the kernel's environment (${python}).`;
  await expect(story.sentence(1)).toHaveText(sentence);
  await expect(story.mark(1)).toHaveAccessibleName(`${BLOCKED_BY_IMPORT}: ${sentence}`);
  await expect(story.needs(1)).toContainText('jupyterlab');
  await expect(story.marks).toHaveCount(1);

  await test.step('it is so', async () => {
    await story.run(1);
    await expect(story.output(1)).toContainText("No module named 'jupyterlab'");
    await story.expectStatuses(BLOCKED_BY_IMPORT, 'Ready', 'Ready', 'Fresh');
  });
});
