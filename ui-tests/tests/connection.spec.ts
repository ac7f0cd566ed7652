/** Story: the connection to the server is lost, or the server extension is missing. */
import type { WebSocketRoute } from '@playwright/test';
import { BARE_SERVER } from '../servers';
import { look } from './look';
import { expect, test } from './story';

const API = /jupyter-namespace-viz\/api\/notebooks\/ws/;

test.describe('A server like any other', () => {
  test.use({ autoGoto: false }); // sockets are observed from the start

  test('The connection breaks, and comes back', async ({ page, story }) => {
    let isCut = false;
    const open = new Set<WebSocketRoute>();
    await page.routeWebSocket(API, socket => {
      if (isCut) {
        void socket.close();
      } else {
        open.add(socket);
        socket.connectToServer();
      }
    });
    await page.goto();
    await story.openNotebook(['import math', 'math.pi']);
    await story.run(1);
    await story.expectStatuses('Fresh', 'Ready');

    await test.step('the panel says so, and no mark claims to know', async () => {
      await story.edit(2, 'json.dumps(1)');
      await expect(story.mark(2)).toBeVisible();
      isCut = true;
      for (const socket of open) {
        await socket.close();
      }
      await expect(story.notice).toContainText('Disconnected from the server');
      await expect(story.notice).toContainText('Reconnecting…');
      await expect(story.marks).toHaveCount(0);
      await look(page, story, 'disconnected');
    });

    await test.step('nothing of the notebook is lost, and it can be run', async () => {
      await story.run(1);
      await expect(story.count(1)).toHaveText('[2]:');
    });

    await test.step('"Try again" brings all back', async () => {
      // Not before the click: the panel retries automatically, and the button would disappear.
      await page.exposeFunction('onClick', () => (isCut = false));
      await page.evaluate(() => {
        const { onClick } = window as unknown as { onClick: () => void };
        document.addEventListener('click', () => onClick(), { capture: true, once: true });
      });
      await story.notice.getByRole('button', { name: 'Try Again' }).click();
      await story.expectStatuses('Fresh', 'Blocked by a missing name');
      await expect(story.mark(2)).toBeVisible();
    });
  });
});

test.describe('A server without the extension', () => {
  test.use({ baseURL: BARE_SERVER });

  test('The panel tells what to install, and where', async ({ page, story }) => {
    await story.openNotebook(['import math', 'math.pi']);

    await expect(story.notice).toContainText('The server extension is not loaded');
    await expect(story.notice).toContainText(
      'Install it where the Jupyter server runs, then restart the server:'
    );
    await expect(story.notice).toContainText('pip install jupyter_namespace_viz');
    await expect(story.notice).toContainText('jupyter server extension list');
    await expect(story.notice.getByRole('button', { name: 'Try Again' })).toBeVisible();
    await expect(story.marks).toHaveCount(0);
    await look(page, story, 'no server extension');
    await story.run(1);
    await expect(story.count(1)).toHaveText('[1]:');
    await expect(page.locator('.jp-toast-message')).toHaveCount(0);
  });
});
