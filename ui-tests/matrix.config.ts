/**
 * How is the wheel tried in a browser, in each environment of `make test-matrix`?
 *
 * With one server per environment, which is a project of that name.
 */
import { defineConfig } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import config, { newServer } from './playwright.config';

const FIRST_PORT = Number(process.env.JUPYTER_TEST_PORT ?? '8899') + 10;
const FOLDER = '.venv-matrix';

/** The environments, as `scripts/make_matrix.py` names them. */
const environments = readdirSync(join(__dirname, '..', FOLDER), { withFileTypes: true })
  .filter(it => it.isDirectory())
  .map(({ name }, index) => ({ name, url: `http://127.0.0.1:${FIRST_PORT + index}` }));

export default defineConfig(config, {
  testDir: 'matrix',
  projects: environments.map(({ name, url: baseURL }) => ({ name, use: { baseURL } })),
  webServer: environments.map(({ name, url }) =>
    newServer(`matrix-${name}`, url, '', `${FOLDER}/${name}`)
  )
});
