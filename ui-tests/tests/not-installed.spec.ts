/** Story: the kernel's environment lacks a module, and the panel says so before the import runs. */
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
  const sentence =
    `jupyterlab is not installed in the kernel's environment (${python}). ` +
    "Jupyter's own environment has it, this kernel's does not.";
  await expect(await story.sentence(1)).toHaveText(sentence);
  await expect(story.mark(1)).toHaveAccessibleName(`${BLOCKED_BY_IMPORT}: ${sentence}`);
  await expect(await story.needs(1)).toContainText('jupyterlab');
  await expect(story.marks).toHaveCount(1);

  await test.step('it is so', async () => {
    await story.run(1);
    await expect(story.output(1)).toContainText("No module named 'jupyterlab'");
    await story.expectStatuses('Failed: ModuleNotFoundError', 'Ready', 'Ready', 'Fresh');
  });
});

test('"Restore Imports" is offered where an import can be restored, and only there', async ({
  story
}) => {
  await story.openNotebook(
    [
      'import json, math',
      'import jupyterlab',
      { source: 'import jupyterlab\n\nmath.pi', count: 3 },
      { source: 'json.dumps(1)', count: 4 },
      { source: 'jupyterlab.version', count: 5 }
    ],
    { kernel: 'tensorflow-env' }
  );
  const offers = async (n: number) => [
    (await story.unfolded(n)).getByRole('button', { name: /^Restore Imports/ }),
    story.mark(n).getByRole('button', { name: 'Restore Imports' })
  ];
  await story.expectStatuses(
    'Ready',
    BLOCKED_BY_IMPORT,
    BLOCKED_BY_IMPORT,
    'Not run yet',
    'Not run yet'
  );
  await expect(story.marks).toHaveCount(2);

  await test.step('not for the module that is not installed', async () => {
    for (const offer of await offers(2)) {
      await expect(offer).toHaveCount(0);
    }
    const copy = 'Copy Install Command';
    await expect((await story.unfolded(2)).getByRole('button')).toContainText([copy]);
    await story.select(2);
    await expect(story.mark(2).getByRole('button')).toHaveText(['', copy, 'Change Kernel…']);
  });

  await test.step('nor in a cell that needs it from there', async () => {
    await story.select(5);
    for (const offer of await offers(5)) {
      await expect(offer).toHaveCount(0);
    }
    await expect(await story.sentence(5)).toContainText(
      'jupyterlab is missing, and cell import jupyterlab cannot import it: jupyterlab is not installed'
    );
  });

  await test.step('for the others, also next to it; on a mark where the user is', async () => {
    for (const n of [3, 4]) {
      await expect((await offers(n))[1]!).toHaveCount(0);
      await story.select(n);
      const [inPanel, inNotebook] = await offers(n);
      await expect(inPanel!).toBeVisible();
      await expect(inNotebook!).toBeVisible();
    }
  });

  await test.step('where nothing else is to be restored, nothing is offered any more', async () => {
    await story.select(3);
    await story.mark(3).getByRole('button', { name: 'Restore Imports' }).click();
    await expect(story.steps).toHaveText([
      '[ ]import mathimport onlyImports math, which cell import jupyterlab needs.'
    ]);
    await expect(story.dialog.getByRole('list', { name: 'Still missing' })).toContainText(
      "jupyterlab is not installed in the kernel's environment"
    );
    await story.dialog.getByRole('button', { name: 'Run 1 Step' }).click();
    await expect(await story.sentence(3)).toContainText('jupyterlab is not installed');
    for (const offer of await offers(3)) {
      await expect(offer).toHaveCount(0);
    }
    await story.select(4);
    await expect((await offers(4))[0]!).toBeVisible();
  });
});

test('Another kernel is chosen in the dialog of JupyterLab', async ({ story }) => {
  await story.openNotebook(['import jupyterlab'], { kernel: 'tensorflow-env' });
  await story.expectStatuses(BLOCKED_BY_IMPORT);
  const isDone = story.execute('jupyter-namespace-viz:change-kernel');
  await story.dialog.getByRole('combobox').selectOption('Python 3 (ipykernel)');
  await story.dialog.getByRole('button', { name: 'Select Kernel' }).click();
  await isDone;
  await story.expectStatuses('Ready');
});
