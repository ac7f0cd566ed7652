/**
 * What does a notebook of 2,000 cells cost the page, with the panel and without?
 *
 * The first cell imports a module, the others need it. "Without" is JupyterLab without the extension.
 * "Work" is the processor time of the page's main thread, so that other programs on the machine do
 * not count.
 *
 * Opening: the long tasks (over 50 ms) of the first ten seconds, and for how long they blocked the
 * page (what is over 50 ms). JupyterLab uses each idle moment to put one more cell on the page and is
 * not done by then, so the number of cells that it got done is told as well. The rest is measured in a notebook of which JupyterLab draws only what is in view
 * (windowing mode `full`): nothing else is going on there.
 */
import { galata } from '@jupyterlab/galata';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { CDPSession, Page } from '@playwright/test';
import { expect, notebookOf, test as storyTest, upload } from '../tests/story';

const CELLS = 2000;
const RUNS = 3;
const OPENING = 10_000; // milliseconds
const STEPS = 40; // key presses, or turns of the wheel

const TRACKER = '@jupyterlab/notebook-extension:tracker';
const IN_VIEW_ONLY = { ...galata.DEFAULT_SETTINGS, [TRACKER]: { windowingMode: 'full' } };

/** The measured values by name, in the order of the runs. */
const figures = new Map<string, number[]>();

const test = storyTest.extend<{ isWith: boolean; path: string; work: Work }>({
  isWith: [true, { option: true }],
  autoGoto: false,
  /** A large notebook in a JupyterLab that has just started, with the panel open if it is installed. */
  path: async ({ isWith, page, story, tmpPath }, use) => {
    if (!isWith) {
      await page.route('**/extensions/jupyter-namespace-viz/**', route => route.abort());
    }
    await page.goto();
    if (isWith) {
      await story.openPanel();
    }
    const path = `${tmpPath}/large.ipynb`;
    const uses = Array.from(
      { length: CELLS - 1 },
      (_, index) => `x${index} = math.floor(${index})`
    );
    await upload(page.request, path, notebookOf(['import math', ...uses], {}));
    await use(path);
  },
  work: async ({ context, page }, use) => {
    await page.title(); // waits for the page
    const [tab] = context.pages();
    const session = await context.newCDPSession(tab as Page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await use(new Work(session));
  }
});

for (let run = 1; run <= RUNS; run++) {
  for (const isWith of [false, true]) {
    const way = isWith ? 'with' : 'without';
    test.describe(`Run ${run}, ${way} the panel`, () => {
      test.use({ isWith });

      test('opening', async ({ page, path }) => {
        const { blocked, cells, long, summary } = await page.evaluate(open, {
          isWith,
          path,
          OPENING
        });
        add(`open, ${way}: long tasks`, long);
        add(`open, ${way}: blocked by long tasks`, blocked);
        add(`open, ${way}: cells on the page`, cells);
        if (isWith) {
          add('open, with: until the summary is there', summary);
        }
      });

      test.describe('in view only', () => {
        test.use({ mockSettings: IN_VIEW_ONLY });

        test('typing, scrolling, running, restarting', async ({ page, path, story, work }) => {
          await story.execute('docmanager:open', { path });
          await expect(story.count(1)).toBeVisible();
          await page.evaluate(async () => {
            const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
            await panel.sessionContext.ready;
          });
          if (isWith) {
            await expect(story.kernelLine).toHaveText('The kernel is idle.');
            await expect(story.cell(2)).toHaveClass(/jp-NamespaceViz-cell-/);
          }

          await story.cell(3).getByRole('textbox').click();
          await page.keyboard.press('End');
          const drawn = await page.evaluateHandle(watchKeys);
          const keys = page.keyboard.type('+1'.repeat(STEPS / 2), { delay: 250 });
          add(`key, ${way}: work`, (await work.of(keys)) / STEPS);
          add(`key, ${way}: until it is drawn`, median(await drawn.jsonValue()));

          await story.cell(5).hover();
          add(`turn of the wheel, ${way}: work`, (await work.of(wheel(page))) / STEPS);
          if (!isWith) {
            return;
          }
          await story.rows.first().hover();
          add('turn of the wheel over the panel: work', (await work.of(wheel(page))) / STEPS);

          const live = page.evaluate(timeUntilMarks, 0);
          const ran = page.evaluate(async () => {
            const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
            panel.content.activeCellIndex = 0;
            await window.jupyterapp.commands.execute('notebook:run-cell');
          });
          add('run the import → no marks: work', await work.of(Promise.all([live, ran])));
          add('run the import → no marks', await live);

          const waiting = page.evaluate(timeUntilMarks, CELLS - 1);
          const restarted = page.evaluate(async () => {
            const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
            await panel.sessionContext.restartKernel();
          });
          add('restart → all marks: work', await work.of(Promise.all([waiting, restarted])));
          add('restart → all marks', await waiting);
        });
      });
    });
  }
}

test.afterAll(() => {
  for (const [name, values] of figures) {
    const all = values.map(value => value.toFixed(0)).join(', ');
    process.stdout.write(
      `${name.padEnd(42)} ${median(values).toFixed(1).padStart(8)}   of ${all}\n`
    );
  }
});

function add(name: string, value: number): void {
  figures.set(name, [...(figures.get(name) ?? []), value]);
}

function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** The work of the main thread of a page. */
class Work {
  constructor(private readonly _session: CDPSession) {}

  /** Milliseconds of it until `done`. */
  async of(done: Promise<unknown>): Promise<number> {
    const began = await this._sum();
    await done;
    return (await this._sum()) - began;
  }

  private async _sum(): Promise<number> {
    const { metrics } = await this._session.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
    return seconds * 1000;
  }
}

async function wheel(page: Pick<Page, 'evaluate' | 'mouse'>): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    await page.mouse.wheel(0, 400);
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)));
  }
}

// --- run in the page

interface IOpening {
  isWith: boolean;
  path: string;
  OPENING: number;
}

interface IOpened {
  /** Milliseconds of long tasks after the first 50 of each. */
  blocked: number;
  /** The number of cells that JupyterLab had rendered by then. */
  cells: number;
  /** Milliseconds of long tasks. */
  long: number;
  /** Milliseconds until the summary was shown. */
  summary: number;
}

async function open({ isWith, path, OPENING }: IOpening): Promise<IOpened> {
  const began = performance.now();
  let blocked = 0;
  let long = 0;
  const tasks = new PerformanceObserver(list => {
    for (const { duration, startTime } of list.getEntries()) {
      if (startTime >= began) {
        blocked += duration - 50;
        long += duration;
      }
    }
  });
  tasks.observe({ type: 'longtask' });
  const summary = new Promise<number>(resolve => {
    const look = (): void => {
      if (!isWith || document.querySelector('.jp-NamespaceViz-summary')) {
        changes.disconnect();
        resolve(performance.now() - began);
      }
    };
    const changes = new MutationObserver(look);
    changes.observe(document.body, { childList: true, subtree: true });
  });
  await window.jupyterapp.commands.execute('docmanager:open', { path });
  await new Promise(resolve => setTimeout(resolve, began + OPENING - performance.now()));
  const { content } = window.jupyterapp.shell.currentWidget as NotebookPanel;
  const cells = content.widgets.filter(cell => !cell.isPlaceholder()).length;
  return { blocked, cells, long, summary: await summary };
}

/** Per key press from now on, milliseconds until the browser has drawn what it changed. */
function watchKeys(): number[] {
  const times: number[] = [];
  const onKey = (): void => {
    const began = performance.now();
    requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - began)));
  };
  document.addEventListener('keydown', onKey, { capture: true });
  return times;
}

/** Milliseconds until so many cells are marked, and drawn. */
function timeUntilMarks(count: number): Promise<number> {
  const began = performance.now();
  const { content } = window.jupyterapp.shell.currentWidget as NotebookPanel;
  return new Promise(resolve => {
    const look = (): void => {
      const marked = content.widgets.filter(({ node }) =>
        /jp-NamespaceViz-cell/.test(node.className)
      );
      if (marked.length === count) {
        setTimeout(() => resolve(performance.now() - began));
      } else {
        requestAnimationFrame(look);
      }
    };
    look();
  });
}
