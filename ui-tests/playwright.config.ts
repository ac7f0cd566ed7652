/**
 * How browser tests run: JupyterLabs of our own, one browser, nothing kept from one run to the
 * next. `CHROMIUM_EXECUTABLE` names a browser; without it Playwright takes its own. What the servers
 * had to say is in `.jupyter/*.log`.
 */
import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import { BARE_SERVER, SERVER, TOKEN, TOKEN_SERVER } from './servers';

const home = join(__dirname, '.jupyter'); // emptied before each run

/** A server at `url` with a home of its own. */
function newServer(name: string, url: string, options = '') {
  const own = join(home, name);
  const config = `--config jupyter_server_test_config.py --ServerApp.port=${new URL(url).port}`;
  const command = `exec jupyter lab ${config} ${options}`;
  return {
    command: `rm -rf ${own} && mkdir -p ${own}/root && ${command} > ${own}.log 2>&1`,
    url: `${url}/api`,
    reuseExistingServer: false,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 10_000 },
    env: {
      JUPYTERLAB_GALATA_ROOT_DIR: join(own, 'root'),
      JUPYTER_CONFIG_DIR: join(own, 'config'),
      JUPYTER_DATA_DIR: join(own, 'data'),
      JUPYTER_RUNTIME_DIR: join(own, 'runtime'),
      JUPYTER_PATH: join(__dirname, 'share'), // the kernels of the stories
      IPYTHONDIR: join(own, 'ipython')
    }
  };
}

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: SERVER,
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    video: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_EXECUTABLE,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  },
  webServer: [
    newServer('server', SERVER),
    newServer('token', TOKEN_SERVER, `--IdentityProvider.token=${TOKEN}`),
    newServer(
      'bare',
      BARE_SERVER,
      `--ServerApp.jpserver_extensions="{'jupyter_namespace_viz': False}"`
    )
  ]
});
