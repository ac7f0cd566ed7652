/** Story: stale names, which are not what a run in order would give; and queued cells. */
import { BLOCKED, expect, test } from './story';

const LINES = ['rows = [1]', 'rows.append(2)', 'total = sum(rows)'];

test('A cell that ran before what it reads was changed', async ({ story }) => {
  await story.openNotebook(LINES);
  await story.run(1);
  await story.run(3);
  await story.expectStatuses('Fresh', 'Ready', 'Stale');
  await expect(await story.sentence(3)).toHaveText(
    'In order, rows comes from cell rows.append(2), which has not run.'
  );

  await story.run(2);
  await expect(await story.sentence(3)).toHaveText(
    'Cell rows.append(2) [3] may have changed rows after this cell ran.'
  );
  await expect(story.mark(3)).toHaveAccessibleName(
    'Stale: Cell `rows.append(2)` [3] may have changed rows after this cell ran.'
  );
  await expect(story.summary).toHaveText('1 cell stale.');

  await story.run(3);
  await story.expectStatuses('Fresh', 'Fresh', 'Fresh');
  await expect(story.marks).toHaveCount(0);

  await test.step('running one twice makes it, and what reads from it, stale', async () => {
    await story.run(2);
    await story.expectStatuses('Fresh', 'Stale', 'Stale');
    await expect(await story.sentence(2)).toHaveText('Used its own earlier value of rows.');
  });
});

test('A name whose cell was deleted is a ghost', async ({ story }) => {
  await story.openNotebook(['rows = [1]', 'total = sum(rows)']);
  await story.run(1);
  await story.select(1);
  await story.execute('notebook:delete-cell');

  await story.expectStatuses('At risk');
  await expect(await story.sentence(1)).toHaveText(
    'rows was defined by a deleted cell; a restart will lose it.'
  );

  await test.step('and it is gone after a restart', async () => {
    await story.restart();
    await story.expectStatuses(BLOCKED);
  });
});

test('Cells that are queued count as run', async ({ story }) => {
  const long = 'import time\n\nwhile True:\n    time.sleep(0.1)';
  await story.openNotebook([long, 'rows = [1]', 'total = sum(rows)', 'total']);
  await story.startRunning(1);
  await story.select(4);
  await story.expectStatuses('Running', 'Ready', 'Not run yet', 'Not run yet');

  await story.startRunning(2);
  await story.select(4);
  await story.expectStatuses('Running', 'Queued', 'Ready', 'Not run yet');

  await story.startRunning(3);
  await story.expectStatuses('Running', 'Queued', 'Queued', 'Ready');

  await test.step('an interrupted cell takes the queue with it', async () => {
    await story.execute('notebook:interrupt-kernel');
    await expect(story.output(1).last()).toContainText('KeyboardInterrupt');
    await story.select(4);
    await story.expectStatuses('Failed: KeyboardInterrupt', 'Ready', 'Not run yet', 'Not run yet');
  });
});
