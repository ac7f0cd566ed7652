/**
 * How the browser tests run: with servers of their own and one browser; nothing is kept from one run
 * to the next. `CHROMIUM_EXECUTABLE` is the path of a browser; without it Playwright uses its own. The
 * servers log to `.jupyter/*.log`.
 */
import { defineConfig } from '@playwright/test';
import { BARE_SERVER, SERVER, SHARED_SERVER, startOf, TOKEN, TOKEN_SERVER } from './servers';

/** A server at `url` that runs during the tests; its home is emptied before each run. */
export function newServer(...start: Parameters<typeof startOf>) {
  const [, url] = start;
  const { command, env, home } = startOf(...start);
  return {
    command: `rm -rf ${home} ${home}.log && mkdir -p ${home}/root && ${command}`,
    url: new URL('api', url).href,
    reuseExistingServer: false,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 10_000 },
    env
  };
}

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1, // one already uses two cores; with two workers the tests took twice as long
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: SERVER,
    viewport: { width: 1280, height: 800 },
    trace: 'off', // a trace takes a third of the time; `--trace on` records one
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
    newServer(
      'token',
      TOKEN_SERVER,
      `--IdentityProvider.token=${TOKEN} --NamespaceVizApp.silent_after=2`
    ),
    newServer(
      'bare',
      BARE_SERVER,
      `--ServerApp.jpserver_extensions="{'jupyter_namespace_viz': False}"`
    ),
    newServer(
      'shared',
      SHARED_SERVER,
      '--SQLiteYStore.db_path=.jupyter/shared/ystore.db',
      '.venv-collaboration'
    )
  ]
});
