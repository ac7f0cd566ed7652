/** How benchmarks run in the browser: as the tests do. */
import { defineConfig } from '@playwright/test';
import config from './playwright.config';

export default defineConfig(config, {
  testDir: 'benchmarks',
  timeout: 600_000,
  use: { trace: 'off', screenshot: 'off' }
});
