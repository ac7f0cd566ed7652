/**
 * The vocabulary of the stories: a notebook, its cells and their marks, the panel and its rows.
 *
 * Cells and rows are numbered as on screen: code cells count from 1.
 */
import { expect, galata, test as galataTest } from '@jupyterlab/galata';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export { expect, galata };

/** How a sentence is drawn whose plain text has backticks around the code of cells. */
export function drawn(sentence: string): string {
  return sentence.replaceAll('`', '');
}

/** Statuses in the words of the panel. */
export const BLOCKED_BY_IMPORT = 'Blocked by a missing import';
export const BLOCKED = 'Blocked by a missing name';

/** A code cell of a notebook: its source, or its source and execution count; or a Markdown cell. */
export type CellOfStory = string | { source: string; count?: number | null } | { markdown: string };

export interface INotebookOptions {
  /** The kernelspec, by default `python3`; null for a file without one. */
  kernel?: string | null;
  name?: string;
}

/** JupyterLab, or Notebook 7, as one user sees it. */
export class Story {
  constructor(
    readonly page: Pick<Page, 'evaluate' | 'getByRole' | 'keyboard' | 'locator' | 'request'>,
    private readonly _folder: string
  ) {}

  // --- notebooks

  /** Open a copy of one of the project's example notebooks, and the panel. */
  async openExample(name: string): Promise<void> {
    const text = readFileSync(join(__dirname, '..', '..', 'examples', name), 'utf8');
    await this._open(name, text);
  }

  /** Open a notebook with these code cells, and the panel; returns its path. */
  async openNotebook(cells: CellOfStory[], options: INotebookOptions = {}): Promise<string> {
    return this._open(options.name ?? 'story.ipynb', notebookOf(cells, options));
  }

  /** The notebook in front. */
  get notebook(): Locator {
    return this.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden)');
  }

  /** The n-th code cell of the notebook in front. */
  cell(n: number): Locator {
    return this.notebook.locator('.jp-CodeCell').nth(n - 1);
  }

  /** The execution count next to a cell: `[ ]:`, `[*]:` or `[2]:`. */
  count(n: number): Locator {
    return this.cell(n).locator('.jp-InputPrompt');
  }

  /** The outputs of a cell. */
  output(n: number): Locator {
    return this.cell(n).locator('.jp-OutputArea-output');
  }

  /** The mark on a cell in the notebook; the active cell's has a line of text. Quiet cells have none. */
  mark(n: number): Locator {
    return this.cell(n).getByRole('note');
  }

  /** All marks on cells of the notebook in front. */
  get marks(): Locator {
    return this.notebook.getByRole('note');
  }

  /** The cell that JupyterLab would run next. */
  get activeCell(): Locator {
    return this.notebook.locator('.jp-Cell.jp-mod-active');
  }

  /** Make a cell the active one by a click next to it. */
  async select(n: number): Promise<void> {
    await this.count(n).click();
    await expect(this.cell(n)).toHaveClass(/jp-mod-active/);
  }

  /** Click into a cell's text and replace it. */
  async edit(n: number, source: string): Promise<void> {
    await this.cell(n).getByRole('textbox').click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(source);
  }

  /** Run a cell, and wait until it has finished. */
  async run(n: number): Promise<void> {
    await this._kernelIsThere();
    await this.select(n);
    await this.execute('notebook:run-cell');
  }

  /** Start a cell without waiting for it. */
  async startRunning(n: number): Promise<void> {
    await this._kernelIsThere();
    await this.select(n);
    await this.page.keyboard.press('ControlOrMeta+Enter');
    await expect(this.count(n)).toHaveText('[*]:');
  }

  /** Start all cells without waiting for them. */
  async startAll(): Promise<void> {
    await this._kernelIsThere();
    await this.page.evaluate(
      () => void window.jupyterapp.commands.execute('notebook:run-all-cells')
    );
  }

  /** Execute a command of JupyterLab, and wait for its promise. */
  async execute(command: string, args: Record<string, string> = {}): Promise<void> {
    await this.page.evaluate(
      async ([command, args]) => {
        await window.jupyterapp.commands.execute(command, args);
      },
      [command, args] as const
    );
  }

  /** Restart the kernel, and wait until JupyterLab is connected to it again. */
  async restart(): Promise<void> {
    const isUp = this.execute('notebook:restart-kernel');
    await this.page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
    await isUp;
  }

  // --- the panel

  /** Show the panel by its tab in the right sidebar. */
  async openPanel(): Promise<void> {
    if (!(await this.panel.isVisible())) {
      await this.page.getByRole('tab', { name: 'Namespace' }).click();
    }
    await expect(this.panel).toBeVisible();
  }

  get panel(): Locator {
    return this.page.getByRole('region', { name: 'Namespace' });
  }

  /** The line at the top of the panel. */
  get summary(): Locator {
    return this.panel.getByRole('group', { name: 'Summary' });
  }

  /** What screen readers hear of the summary, once it has settled. */
  get announcement(): Locator {
    return this.panel.locator('.jp-NamespaceViz-spoken').and(this.page.getByRole('status'));
  }

  /** What the panel says about the kernel. */
  get kernelLine(): Locator {
    return this.panel.getByRole('group', { name: 'Kernel' });
  }

  /** The page that the panel shows instead of the cells. */
  get notice(): Locator {
    const heading = this.page.getByRole('heading', { level: 3 });
    return this.panel.getByRole('status').filter({ has: heading });
  }

  /** Choose one of the panel's views by its tab. */
  async chooseView(name: 'Cells' | 'Imports' | 'Names' | 'Problems'): Promise<void> {
    await this.panel.getByRole('tab', { name }).click();
  }

  /** The list of all names, in the view of that name. */
  get names(): Locator {
    return this.panel.getByRole('treegrid', { name: 'Names' });
  }

  /** The row of one name. */
  nameRow(name: string): Locator {
    const code = this.page.locator('code').getByText(name, { exact: true });
    return this.names.getByRole('row').filter({ has: code });
  }

  /** The problems, in the view of that name. */
  get problems(): Locator {
    return this.panel.getByRole('treegrid', { name: 'Problems' }).getByRole('row');
  }

  /** The cells in the panel; of a long list, only those in and near the view. */
  get rows(): Locator {
    const list = this.panel.getByRole('treegrid', { name: 'Code cells' });
    return list.getByRole('row').and(this.page.locator(':not(.jp-NamespaceViz-section)'));
  }

  /** The n-th cell in the panel; its position stands only in its title. */
  row(n: number): Locator {
    const line = this.page.locator(`.jp-NamespaceViz-rowLine[title*="cell ${n} of "]`);
    return this.rows.filter({ has: line });
  }

  /** A row of any list, unfolded; it leaves the focus where it is. */
  async unfolded(row: Locator | number): Promise<Locator> {
    const item = typeof row === 'number' ? this.row(row) : row;
    if ((await item.getAttribute('aria-expanded')) === 'false') {
      await item.locator('.jp-NamespaceViz-chevron').dispatchEvent('click');
    }
    await expect(item).toHaveAttribute('aria-expanded', 'true');
    return item;
  }

  /** Click a cell in the panel, which goes to it in the notebook. */
  async goTo(n: number): Promise<void> {
    // Rows outside the view are not rendered. All have the same height, but for the active one.
    await this.panel.locator('.jp-NamespaceViz-scroll').evaluate((list, index) => {
      const total = Number(list.querySelector('[aria-setsize]')?.getAttribute('aria-setsize'));
      list.scrollTop = (index / total) * list.scrollHeight - list.clientHeight / 2;
    }, n - 1);
    await this.row(n).locator('.jp-NamespaceViz-label').click();
  }

  /** The status of a cell in the panel, in words. */
  status(n: number): Locator {
    return this.row(n).getByRole('group', { name: 'Status' });
  }

  /** The sentence that the row of a cell unfolds to. */
  async sentence(n: number): Promise<Locator> {
    return (await this.unfolded(n)).getByRole('note', { name: 'Reason' });
  }

  /** The names that a cell needs, with their statuses. */
  async needs(n: number): Promise<Locator> {
    return (await this.unfolded(n)).getByRole('group', { name: 'Needs' });
  }

  /** The names that a cell defines. */
  async defines(n: number): Promise<Locator> {
    return (await this.unfolded(n)).getByRole('group', { name: 'Defines' });
  }

  /** Expect the words of the status of each cell, in order. */
  async expectStatuses(...words: string[]): Promise<void> {
    await expect(this.rows.getByRole('group', { name: 'Status' })).toHaveText(words);
  }

  // --- dialogs

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** What the plan in the dialog would run, one text per step. */
  get steps(): Locator {
    return this.dialog
      .getByRole('list', { name: 'What will run, in this order' })
      .getByRole('listitem');
  }

  /**
   * Wait until the notebook has its kernel, because JupyterLab runs nothing before; and until the
   * panel has the first report, because the cell of an earlier run is unknown.
   */
  private async _kernelIsThere(): Promise<void> {
    await this.page.evaluate(async () => {
      const notebook = window.jupyterapp.shell.currentWidget as NotebookPanel;
      await notebook.sessionContext.ready;
    });
    const unasked = /^(Connecting|No kernel|Reading the|The kernel is starting|Waiting for)/;
    await expect(this.panel.getByText(unasked)).toHaveCount(0);
  }

  private async _open(name: string, text: string): Promise<string> {
    const path = `${this._folder}/${name}`;
    await upload(this.page.request, path, text);
    await this.execute('docmanager:open', { path });
    await expect(this.notebook).toHaveCount(1);
    await this.openPanel();
    return path;
  }
}

/** The text of a notebook file. */
export function notebookOf(cells: CellOfStory[], { kernel = 'python3' }: INotebookOptions): string {
  return JSON.stringify({
    cells: cells.map((cell, index) => {
      const common = { id: `cell-${index + 1}`, metadata: {} };
      if (typeof cell === 'object' && 'markdown' in cell) {
        return { ...common, cell_type: 'markdown', source: cell.markdown };
      }
      const { source, count = null } = typeof cell === 'string' ? { source: cell } : cell;
      return { ...common, cell_type: 'code', execution_count: count, outputs: [], source };
    }),
    metadata: kernel === null ? {} : { kernelspec: { display_name: kernel, name: kernel } },
    nbformat: 4,
    nbformat_minor: 5
  });
}

/** Put a file where the server keeps its notebooks. */
export async function upload(
  request: APIRequestContext,
  path: string,
  text: string,
  token?: string
): Promise<void> {
  const response = await request.put(`api/contents/${path}`, {
    data: { content: text, format: 'text', type: 'file' },
    headers: token === undefined ? {} : { Authorization: `token ${token}` }
  });
  expect(response.ok()).toBe(true);
}

/** The sources of the cells as they stand in the file. */
export async function savedCells(request: APIRequestContext, path: string): Promise<string[]> {
  const response = await request.get(`api/contents/${path}`);
  const file = (await response.json()) as { content: { cells: { source: string }[] } };
  return file.content.cells.map(cell => cell.source);
}

/** Collects the errors of the page that the extension causes, from now on. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  const note = (text: string): void => {
    // A lost server, or one without the extension, is an error of the browser, not of a script.
    if (text.includes('namespace-viz') && !text.startsWith('WebSocket connection to ')) {
      complaints.push(text);
    }
  };
  page.on('pageerror', error => note(`${error}\n${error.stack}`));
  page.on('console', message => {
    if (message.type() === 'error') {
      note(message.text());
    }
  });
  return complaints;
}

/** A test with a `story`, which fails if the extension causes errors on the page. */
export const test = galataTest.extend<{ story: Story }>({
  // Galata would mistake a restart for a new kernel, and JupyterLab would fail to restart. The kernels
  // end with their sessions, which Galata ends.
  kernels: null,
  // Galata would wait for the launcher and click it, which no story needs.
  waitForApplication: async ({}, use) => {
    await use(async page => {
      await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
      await page.evaluate(() => window.jupyterapp.restored);
    });
  },
  story: async ({ page, tmpPath }, use) => {
    const complaints = complaintsOf(page);
    await use(new Story(page, tmpPath));
    expect(complaints, 'what the page complained about').toEqual([]);
  }
});
