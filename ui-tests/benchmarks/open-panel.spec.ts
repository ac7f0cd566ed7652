/**
 * Is the panel fast and small with a notebook of 1,000 cells and 5,000 names?
 *
 * Each cell binds five names and reads one of the cell above. "Without" is JupyterLab without the
 * extension. The heap is measured after a garbage collection.
 */
import { galata } from '@jupyterlab/galata';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { CDPSession, Page } from '@playwright/test';
import { expect, notebookOf, test as storyTest, upload } from '../tests/story';

const CELLS = 1000;
const RUNS = 3;
const EDITS = 1000;
const SWITCHES = 200;
const KEYS = 40;

const TRACKER = '@jupyterlab/notebook-extension:tracker';
const NOTEBOOK = Array.from({ length: CELLS }, (_, cell) =>
  [0, 1, 2, 3, 4]
    .map(name => `n${cell}_${name} = ${cell === 0 ? name : `n${cell - 1}_0 + ${name}`}`)
    .join('\n')
);

/** The measured values by name, in the order of the runs. */
const figures = new Map<string, number[]>();

const test = storyTest.extend<{ isWith: boolean; session: CDPSession }>({
  isWith: [true, { option: true }],
  autoGoto: false,
  mockSettings: { ...galata.DEFAULT_SETTINGS, [TRACKER]: { windowingMode: 'full' } },
  /** The page with the notebook, and its kernel. */
  session: async ({ context, isWith, page, story, tmpPath }, use) => {
    if (!isWith) {
      await page.route('**/extensions/jupyter-namespace-viz/**', route => route.abort());
    }
    await page.goto();
    const path = `${tmpPath}/thousand.ipynb`;
    await upload(page.request, path, notebookOf(NOTEBOOK, {}));
    await story.execute('docmanager:open', { path });
    await page.evaluate(async () => {
      const panel = window.jupyterapp.shell.currentWidget as NotebookPanel;
      await panel.sessionContext.ready;
      // JupyterLab renders the cells one by one: that time is not the extension's.
      await Promise.all(panel.content.widgets.map(cell => cell.ready));
    });
    const [tab] = context.pages();
    const session = await context.newCDPSession(tab as Page);
    await use(session);
  }
});

for (let run = 1; run <= RUNS; run++) {
  for (const isWith of [false, true]) {
    const way = isWith ? 'with' : 'without';
    test.describe(`Run ${run}, ${way} the extension`, () => {
      test.use({ isWith });

      test('opening, scrolling, typing, restarting, staying lean', async ({
        page,
        session,
        story
      }) => {
        test.setTimeout(600_000);
        if (isWith) {
          // The first report has arrived.
          await expect(story.cell(2)).toHaveClass(/jp-NamespaceViz-cell-waiting/);
          add('the panel opens for the first time: ms', await page.evaluate(openPanel));
          await story.chooseView('Names');
          await expect(story.names).toContainText('n0_0');
          add('names, scrolled: frames per second', await page.evaluate(scroll, SCROLLED));
          await story.chooseView('Cells');
          await expect(story.rows.nth(1)).toContainText('n1_0');
          add('cells, scrolled: frames per second', await page.evaluate(scroll, SCROLLED));
        }

        await story.cell(3).getByRole('textbox').click();
        await page.keyboard.press('End');
        const tasks = await page.evaluateHandle(watchLongTasks);
        await session.send('Profiler.enable');
        await session.send('Profiler.start');
        await page.keyboard.type('+1'.repeat(KEYS / 2), { delay: 250 }); // the panel reads each
        const { profile } = await session.send('Profiler.stop');
        if (isWith) {
          add('a key: ms in the extension and what it calls', oursIn(profile) / KEYS);
        }
        add(`typing, ${way}: tasks above 50 ms`, (await tasks.jsonValue()).length);

        await page.evaluate(runAll);
        const restartTasks = await page.evaluateHandle(watchLongTasks);
        await session.send('Profiler.start');
        const times = await page.evaluate(restart, isWith);
        const { profile: ofRestart } = await session.send('Profiler.stop');
        add(`restart, ${way}: tasks above 50 ms`, (await restartTasks.jsonValue()).length);
        if (isWith) {
          add('restart → all marks: ms', times.marks);
          add('restart → the panel: ms', times.panel);
          add('restart: longest task in the extension: ms', longestIn(ofRestart));
        }

        await page.evaluate(edit, EDITS); // objects that are created once
        const before = await heapOf(session);
        await page.evaluate(edit, EDITS);
        add(`heap after the edits, ${way}: MB more`, (await heapOf(session)) - before);
        await page.evaluate(switchNotebooks, 10);
        const opened = await heapOf(session);
        await page.evaluate(switchNotebooks, SWITCHES);
        add(`heap after the switches, ${way}: MB more`, (await heapOf(session)) - opened);
      });
    });
  }
}

test.afterAll(() => {
  for (const [name, values] of figures) {
    const all = values.map(value => value.toFixed(1)).join(', ');
    const sorted = [...values].sort((one, other) => one - other);
    const middle = sorted[Math.floor(sorted.length / 2)]!;
    process.stdout.write(`${name.padEnd(40)} ${middle.toFixed(1).padStart(8)}   of ${all}\n`);
  }
});

const SCROLLED = '.jp-NamespaceViz-scroll';

function add(name: string, value: number): void {
  figures.set(name, [...(figures.get(name) ?? []), value]);
}

/** The used part of a profile: microseconds between samples, and the node of each sample. */
interface IProfile {
  nodes: { id: number; callFrame: { url: string }; children?: number[] }[];
  samples?: number[];
  timeDeltas?: number[];
}

/** Milliseconds of a profile in which a function of the extension was running. */
function oursIn(profile: IProfile): number {
  return stretchesIn(profile).reduce((all, one) => all + one, 0);
}

/** The most milliseconds of a profile in which a function of the extension was running at a time. */
function longestIn(profile: IProfile): number {
  return Math.max(0, ...stretchesIn(profile));
}

/** How many milliseconds functions of the extension were running, each time until others were. */
function stretchesIn({ nodes, samples = [], timeDeltas = [] }: IProfile): number[] {
  const ours = new Set<number>();
  const mark = (id: number, isOurs: boolean): void => {
    const { callFrame, children = [] } = byId.get(id)!;
    const isNow = isOurs || callFrame.url.includes('jupyter-namespace-viz');
    if (isNow) {
      ours.add(id);
    }
    children.forEach(child => mark(child, isNow));
  };
  const byId = new Map(nodes.map(node => [node.id, node]));
  mark(nodes[0]!.id, false);
  const stretches: number[] = [];
  let wasOurs = false;
  samples.forEach((id, at) => {
    const isOurs = ours.has(id);
    if (isOurs) {
      const before = wasOurs ? stretches.pop()! : 0;
      stretches.push(before + (timeDeltas[at] ?? 0) / 1000);
    }
    wasOurs = isOurs;
  });
  return stretches;
}

/** Megabytes of the page's heap that are in use. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

// --- run in the page

/** Milliseconds until the list of cells is drawn in the panel. */
async function openPanel(): Promise<number> {
  const began = performance.now();
  await window.jupyterapp.commands.execute('jupyter-namespace-viz:show-panel');
  const frame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve));
  while (!document.querySelector<HTMLElement>('.jp-NamespaceViz-row')?.offsetParent) {
    await frame();
  }
  await frame(); // drawn
  return performance.now() - began;
}

/** Frames per second while the list is scrolled down for two seconds. */
async function scroll(selector: string): Promise<number> {
  const list = document.querySelector<HTMLElement>(selector)!;
  const began = performance.now();
  let frames = 0;
  while (performance.now() - began < 2000) {
    list.scrollTop += 60;
    await new Promise(resolve => requestAnimationFrame(resolve));
    frames += 1;
  }
  return (1000 * frames) / (performance.now() - began);
}

/** Records the long tasks of the page from now on. */
function watchLongTasks(): number[] {
  const found: number[] = [];
  new PerformanceObserver(list => found.push(...list.getEntries().map(it => it.duration))).observe({
    type: 'longtask'
  });
  return found;
}

/** Run all cells, and wait until the marks follow. */
async function runAll(): Promise<void> {
  await window.jupyterapp.commands.execute('notebook:run-all-cells');
  await new Promise(resolve => setTimeout(resolve, 2000));
}

/**
 * Restart the kernel of the notebook in front. Milliseconds from the moment at which JupyterLab knows
 * of it until the marks of all cells, and the panel, are drawn; 0 without the extension.
 */
async function restart(isWith: boolean): Promise<{ marks: number; panel: number }> {
  const { content, sessionContext } = window.jupyterapp.shell.currentWidget as NotebookPanel;
  const began = new Promise<number>(resolve => {
    sessionContext.statusChanged.connect((_, status) => {
      if (status === 'restarting') {
        resolve(performance.now());
      }
    });
  });
  const drawn = async (isThere: () => boolean): Promise<number> => {
    while (!isThere()) {
      await new Promise(resolve => requestAnimationFrame(resolve));
    }
    await new Promise(resolve => setTimeout(resolve));
    return performance.now();
  };
  const isUp = sessionContext.restartKernel();
  const at = await began;
  const [marks, panel] = !isWith
    ? [at, at]
    : await Promise.all([
        drawn(() => {
          const waiting = content.widgets.filter(({ node }) =>
            node.classList.contains('jp-NamespaceViz-cell-waiting')
          );
          return waiting.length === content.widgets.length - 1;
        }),
        drawn(() => {
          const rows = [...document.querySelectorAll('.jp-NamespaceViz-rowLine')].slice(2);
          const summary = document.querySelector('.jp-NamespaceViz-summary')?.textContent ?? '';
          return summary.includes('999') && rows.every(row => /Not run yet/.test(row.textContent));
        })
      ]);
  await isUp;
  await new Promise(resolve => setTimeout(resolve, 1000));
  return { marks: marks - at, panel: panel - at };
}

async function edit(times: number): Promise<void> {
  const { content } = window.jupyterapp.shell.currentWidget as NotebookPanel;
  for (let time = 0; time < times; time++) {
    content.widgets[time % 50]!.model.sharedModel.setSource(`n${time % 50}_0 = ${time}`);
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
}

/** Go from this notebook to a new one and back, again and again. */
async function switchNotebooks(times: number): Promise<void> {
  const { commands, shell } = window.jupyterapp;
  const first = shell.currentWidget!;
  const second = (await commands.execute('notebook:create-new', {
    kernelName: 'python3'
  })) as NotebookPanel;
  await second.sessionContext.ready;
  for (let time = 0; time < times; time++) {
    shell.activateById(time % 2 === 0 ? first.id : second.id);
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
  second.dispose();
  shell.activateById(first.id);
}
