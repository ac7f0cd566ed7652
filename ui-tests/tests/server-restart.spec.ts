/** Story: the server is killed and started again; the panel says so, and then shows the new state. */
import { expect, test as base } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MORTAL_SERVER, startOf } from '../servers';
import { BLOCKED, notebookOf, Story, upload } from './story';

/** A server whose process the story starts and ends. */
class MortalServer {
  constructor(private readonly _request: APIRequestContext) {
    const { home } = this._start;
    rmSync(home, { force: true, recursive: true });
    mkdirSync(join(home, 'root'), { recursive: true });
  }

  /** Start the process, and wait until it answers. */
  async start(): Promise<void> {
    const { command, env } = this._start;
    const process_ = spawn(command, {
      cwd: join(__dirname, '..'),
      env: { ...process.env, ...env },
      shell: true,
      stdio: 'ignore'
    });
    this._process = process_;
    this._isGone = once(process_, 'exit');
    const answers = async (): Promise<boolean> => {
      const response = await this._request.get('/api').catch(() => null);
      return response?.ok() ?? false;
    };
    await expect.poll(answers, { timeout: 60_000 }).toBe(true);
  }

  /** End the process, and wait until it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this._process?.kill(signal);
    await this._isGone;
  }

  private _isGone: Promise<unknown> | null = null;
  private _process: ChildProcess | null = null;
  private _start = startOf('mortal', MORTAL_SERVER);
}

const test = base.extend<{ server: MortalServer }>({
  baseURL: MORTAL_SERVER,
  server: async ({ request }, use) => {
    const server = new MortalServer(request);
    try {
      await server.start();
      await use(server);
    } finally {
      await server.end('SIGTERM');
    }
  }
});

test('A server that is killed, and started again', async ({ page, request, server }) => {
  test.slow(); // the server starts twice, and the panel retries at growing intervals
  const path = 'story.ipynb';
  const cells = ['import math', 'math.pi', 'json.dumps(1)'];
  await upload(request, path, notebookOf(cells, {}));
  await page.goto(`/lab/tree/${path}?reset`);
  const story = new Story(page, '');
  await story.openPanel();
  await story.expectStatuses('Ready', 'Not run yet', BLOCKED);
  await story.run(1);
  await story.run(2);
  await story.expectStatuses('Fresh', 'Fresh', BLOCKED);
  await expect(story.marks).toHaveCount(1);

  await test.step('the panel says so, and neither row nor mark claims to know', async () => {
    const isTold = async (): Promise<void> => {
      await expect(story.notice).toContainText('Disconnected from the server');
      await expect(story.notice).toContainText('Reconnecting…');
      await expect(story.rows).toHaveCount(0);
      await expect(story.summary).toHaveCount(0);
      await expect(story.kernelLine).toHaveCount(0);
      await expect(story.marks).toHaveCount(0);
    };
    await server.end('SIGKILL');
    await isTold();
    await expect(story.dialog).toContainText('Server Connection Error', { timeout: 60_000 });
    await story.dialog.getByLabel('Do not show this message again in this session.').check();
    await story.dialog.getByRole('button', { name: 'Close' }).click();
    await isTold();
  });

  await test.step('it is back by itself: the kernel went with the server', async () => {
    await server.start();
    await expect(story.kernelLine).toHaveText(
      'No kernel. Choose one to see which names it has.',
      { timeout: 60_000 } // the longest interval is half a minute
    );
    await story.expectStatuses('Ready', 'Not run yet', BLOCKED);
    await expect(await story.sentence(2)).toHaveText(
      'math is missing: cell import math has to run first.'
    );
    await expect(story.marks).toHaveCount(2);
  });

  await test.step('a new kernel holds nothing, whatever the counts say', async () => {
    await expect(story.notebook.getByText('No Kernel', { exact: true })).toBeVisible({
      timeout: 60_000
    });
    const isChosen = story.execute('notebook:change-kernel');
    await story.dialog.getByRole('combobox').selectOption('Python 3 (ipykernel)');
    await story.dialog.getByRole('button', { name: 'Select Kernel' }).click();
    await isChosen;
    await expect(story.kernelLine).toHaveText('The kernel is idle.');
    await expect(story.count(2)).toHaveText('[2]:');
    await story.expectStatuses('Ready', 'Not run yet', BLOCKED);
    await expect(await story.sentence(2)).toHaveText(
      'math is missing: cell import math has not run since the kernel started.'
    );
    await story.run(1);
    await story.expectStatuses('Fresh', 'Ready', BLOCKED);
    await expect(story.count(1)).toHaveText('[1]:');
  });
});
