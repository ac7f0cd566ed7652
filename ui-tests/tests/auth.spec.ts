/** Story: on a server with a base URL and a token, only a user who is logged in sees the names. */
import { expect, test } from '@playwright/test';
import { TOKEN, TOKEN_SERVER } from '../servers';
import { notebookOf, Story, upload } from './story';

const API = 'jupyter-namespace-viz/api';

test.use({ baseURL: TOKEN_SERVER });

test('Who logs in with the token has the panel', async ({ page, request }, { repeatEachIndex }) => {
  const path = `story-${repeatEachIndex}.ipynb`; // each with a kernel of its own
  await upload(request, path, notebookOf(['import math', 'math.pi'], {}), TOKEN);
  await page.goto(`lab/tree/${path}?reset`);
  await page.getByLabel('Password or token:').fill(TOKEN);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  const story = new Story(page, '');

  await story.openPanel();
  await story.expectStatuses('Ready', 'Not run yet');
  await story.run(1);
  await story.expectStatuses('Fresh', 'Ready');
  await story.restart();
  await story.select(2);
  await story.expectStatuses('Ready', 'Not run yet');

  await test.step('the page of another site cannot ask in their name', async () => {
    const response = await page.request.get(`${API}/notebooks/ws`, {
      headers: {
        Connection: 'Upgrade',
        Origin: 'http://elsewhere.example',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version': '13',
        Upgrade: 'websocket'
      }
    });
    expect(response.status()).toBe(403);
  });
});

test('A user who is not logged in gets nothing', async ({ request }) => {
  expect((await request.get(`${API}/notebooks/ws`)).status()).toBe(403);
  expect((await request.get(`${API}/kernels/any/namespace`)).status()).toBe(403);
  const body = { data: { kernel_id: null, cells: [] } };
  expect((await request.post(`${API}/report`, body)).status()).toBe(403);
});
