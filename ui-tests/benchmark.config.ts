/** How do benchmarks run in the browser? With the configuration of the tests. */
import { defineConfig } from '@playwright/test';
import config from './playwright.config';

export default defineConfig(config, {
  testDir: 'benchmarks',
  timeout: 600_000,
  use: { trace: 'off', screenshot: 'off' }
});
