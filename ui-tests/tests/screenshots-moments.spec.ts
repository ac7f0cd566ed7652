/**
 * Story: the pictures of the moments at which a notebook is easily misread are those of the current
 * panel.
 *
 * `SCREENSHOTS=1` writes them to `docs/images`, light and dark, in two sizes; else they are only taken, in
 * light and the smaller size.
 */
import { ARE_KEPT, pictureOf, shrinkPictures, THEMES } from './pictures';
import { expect, test } from './story';
import type { CellOfStory } from './story';

const SMALL = { width: 1280, height: 800 };
const LARGE = { width: 1920, height: 1080 };
const SIZES = ARE_KEPT ? [SMALL, LARGE] : [SMALL];

/** A notebook that was run and saved; the search over rates takes minutes. */
const CELLS: CellOfStory[] = [
  { markdown: '# How many bikes will be rented tomorrow?' },
  { source: 'from collections import Counter\nfrom datetime import date, timedelta', count: 1 },
  { source: 'import numpy as np', count: 2 },
  { markdown: '## Data' },
  {
    source:
      'rng = np.random.default_rng(2024)\n' +
      'days = [date(2023, 1, 1) + timedelta(days=n) for n in range(730)]\n' +
      'weekday = np.array([day.weekday() for day in days])\n' +
      'day_of_year = np.array([day.timetuple().tm_yday for day in days])',
    count: 3
  },
  {
    source:
      'temperature = 11 - 9 * np.cos(2 * np.pi * day_of_year / 365)\n' +
      'temperature += rng.normal(0, 3, len(days))\n' +
      'rain = rng.gamma(0.6, 4.0, len(days))',
    count: 4
  },
  {
    source:
      'expected = 180 + 14 * temperature - 6 * rain - 60 * (weekday >= 5)\n' +
      'rentals = rng.normal(expected, 25).clip(min=0).round()',
    count: 5
  },
  {
    source:
      'busy = [day for day, count in zip(days, rentals) if count > 400]\n' +
      'Counter(f"{day:%B}" for day in busy).most_common(3)',
    count: 6
  },
  { markdown: '## Features' },
  {
    source:
      'def features_of(temperature, rain, weekday):\n' +
      '    """One row per day."""\n' +
      '    weekend = (weekday >= 5).astype(float)\n' +
      '    ones = np.ones_like(temperature)\n' +
      '    return np.column_stack([ones, temperature, temperature**2, rain, weekend])',
    count: 7
  },
  { source: 'X = features_of(temperature, rain, weekday)\nX.shape', count: 8 },
  {
    source:
      'order = rng.permutation(len(X))\n' +
      'train, test = order[:600], order[600:]\n' +
      'centre = X[train].mean(axis=0) * [0, 1, 1, 1, 1]\n' +
      'spread = X[train].std(axis=0) + [1, 0, 0, 0, 0]\n' +
      'scaled = (X - centre) / spread',
    count: 9
  },
  { markdown: '## Model' },
  {
    source:
      'def fit(X, y, epochs, rate):\n' +
      '    """Weights of a linear model, by gradient descent."""\n' +
      '    weights = np.zeros(X.shape[1])\n' +
      '    for _ in range(epochs):\n' +
      '        error = X @ weights - y\n' +
      '        weights -= rate * X.T @ error / len(y)\n' +
      '    return weights',
    count: 10
  },
  {
    source:
      'def error_of(weights, rows):\n' +
      '    """How many bikes the model is wrong by, on average."""\n' +
      '    return float(np.abs(scaled[rows] @ weights - rentals[rows]).mean())',
    count: 11
  },
  { source: 'epochs = 1_000_000', count: 12 },
  {
    source:
      'rates = np.geomspace(0.001, 0.3, 8)\n' +
      'models = [fit(scaled[train], rentals[train], epochs, rate) for rate in rates]',
    count: 13
  },
  {
    source:
      'errors = [error_of(weights, train) for weights in models]\n' +
      'best = models[int(np.argmin(errors))]',
    count: 14
  },
  { source: 'print(f"wrong by {error_of(best, test):.0f} bikes a day")', count: 15 },
  { markdown: '## Tomorrow' },
  { source: 'tomorrow = features_of(24.0, 0.0, 2)', count: 16 },
  { source: 'forecast = ((tomorrow - centre) / spread) @ best', count: 17 },
  { source: 'print(f"{forecast[0]:.0f} bikes tomorrow")', count: 18 }
];

const EPOCHS = 12;
const SEARCH = 13;
const TOMORROW = 16;
const LAST = 18;

test.afterAll(shrinkPictures);

for (const theme of THEMES) {
  test(`The moments in the ${theme} theme`, async ({ page, story }, testInfo) => {
    test.slow(); // many pictures, and a notebook that computes
    /** Take the pictures of a moment, with the active cell in the middle. */
    const take = async (moment: string): Promise<void> => {
      for (const { width, height } of SIZES) {
        await page.setViewportSize({ width, height });
        await page.mouse.move(0, height);
        await story.activeCell.evaluate(cell => cell.scrollIntoView({ block: 'center' }));
        const name = `${moment}-${theme}-${width}x${height}`;
        await page.screenshot({ path: await pictureOf(name, page, testInfo) });
      }
    };
    if (theme === 'dark') {
      await page.theme.setDarkTheme();
    }
    await story.openNotebook(CELLS, { name: 'bikes.ipynb' });
    await page.sidebar.close('left');
    await story.panel.getByRole('button', { name: 'Got it' }).click();

    await test.step('opened', async () => {
      await expect(story.panel.getByText('Kernel started: nothing has run yet')).toBeVisible();
      await expect(story.marks).toHaveCount(0);
      await take('opening');
    });

    await test.step('running', async () => {
      const isOver = story.execute('notebook:run-all-cells');
      await expect(story.status(EPOCHS)).toHaveText('Fresh');
      await expect(story.status(SEARCH)).toHaveText('Running');
      await story.select(SEARCH);
      await take('running');
      await story.execute('notebook:interrupt-kernel');
      await isOver;
    });

    await test.step('failed', async () => {
      await story.edit(EPOCHS, 'epochs = 2_000');
      await story.execute('notebook:run-all-cells');
      await expect(story.status(TOMORROW)).toHaveText('Failed: AttributeError');
      await story.select(TOMORROW);
      await take('failed');
    });

    await test.step('typing', async () => {
      await story.edit(TOMORROW, 'tomorrow = features_of(*np.array([[24.0], [0.0], [2]]))');
      await story.execute('notebook:run-cell-and-select-next');
      await story.run(LAST - 1);
      await story.run(LAST);
      await story.execute('notebook:insert-cell-below');
      await story.execute('notebook:enter-edit-mode');
      await page.keyboard.type('misses = rentals[tes');
      await take('typing');
    });

    await test.step('restarted', async () => {
      await page.keyboard.type('t]');
      await story.restart();
      await expect(story.panel.getByText('Kernel restarted: nothing has run yet')).toBeVisible();
      await expect(story.kernelLine).toContainText('The kernel is idle.');
      await story.select(SEARCH);
      await take('restarting');
    });
  });
}
