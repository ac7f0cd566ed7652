/**
 * How long does it take until the marks on screen are correct again?
 *
 * A notebook of 100 cells: the first imports a module, the second deletes it, the other 98 need it
 * and show a count. Measured inside the page, from the moment JupyterLab hears that the kernel is
 * idle after a run (or from the click on "Restart"), until all 98 marks have come or gone and the
 * browser has drawn them.
 */
import type { NotebookPanel } from '@jupyterlab/notebook';
import { expect, test } from '../tests/story';
import type { Story } from '../tests/story';

const CELLS = 100;
const RUNS = 30;
const RESTARTS = 10;

test('How old are the marks?', async ({ page, story }) => {
  const uses = Array.from({ length: CELLS - 2 }, (_, index) => ({
    source: `math.floor(${index})`,
    count: index + 3
  }));
  await story.openNotebook(['import math', 'del math', ...uses]);
  await expect(story.kernelLine).toHaveText('The kernel is idle.');
  await story.run(1);
  await expect(story.summary).toHaveText('Everything this notebook needs is available.');

  const runs: number[] = [];
  for (let turn = 0; turn < RUNS; turn++) {
    const isImport = turn % 2 === 1;
    await story.select(isImport ? 1 : 2);
    const time = timeUntilMarked(story, !isImport, 'end of a run');
    await story.execute('notebook:run-cell');
    runs.push(await time);
  }

  const restarts: number[] = [];
  for (let turn = 0; turn < RESTARTS; turn++) {
    await story.run(1);
    await expect(story.summary).toHaveText('Everything this notebook needs is available.');
    const isUp = story.execute('notebook:restart-kernel');
    await expect(story.dialog).toBeVisible();
    const time = timeUntilMarked(story, true, 'click');
    await page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
    restarts.push(await time);
    await isUp;
  }

  process.stdout.write(
    `${CELLS} cells, ${CELLS - 2} marks\n` +
      `end of a run → marks:     ${summaryOf(runs)}\n` +
      `click on Restart → marks: ${summaryOf(restarts)}\n`
  );
});

/** Milliseconds from the next `start` until all marks of the users of the module are (not) there. */
function timeUntilMarked(
  story: Story,
  isMarked: boolean,
  start: 'click' | 'end of a run'
): Promise<number> {
  return story.page.evaluate(
    ([isMarked, start]) =>
      new Promise<number>(resolve => {
        const { content, sessionContext } = window.jupyterapp.shell.currentWidget as NotebookPanel;
        let began: number | null = null;
        const look = (): void => {
          const cells = content.widgets.slice(2);
          const isDone = cells.every(
            ({ node }) => /jp-NamespaceViz-cell-/.test(node.className) === isMarked
          );
          if (isDone) {
            observer.disconnect();
            // The task after the next frame: the change is on screen.
            requestAnimationFrame(() =>
              setTimeout(() => resolve(performance.now() - (began ?? Infinity)))
            );
          }
        };
        const observer = new MutationObserver(look);
        observer.observe(content.node, { attributes: true, childList: true, subtree: true });
        if (start === 'click') {
          document.addEventListener('click', () => (began ??= performance.now()), {
            capture: true,
            once: true
          });
        } else {
          sessionContext.iopubMessage.connect((_, { content, header, parent_header }) => {
            const ofRun = 'msg_type' in parent_header && parent_header.msg_type;
            const isIdle = 'execution_state' in content && content.execution_state === 'idle';
            if (header.msg_type === 'status' && isIdle && ofRun === 'execute_request') {
              began ??= performance.now();
            }
          });
        }
      }),
    [isMarked, start] as const
  );
}

function summaryOf(times: number[]): string {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number): string =>
    `${Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? NaN)} ms`;
  return `median ${at(0.5)}, p95 ${at(0.95)}, of ${times.length}`;
}
