import type { NotebookPanel } from '@jupyterlab/notebook';
import { StateDB } from '@jupyterlab/statedb';
import { HiddenNotebooks } from '../../decorations/hiddenNotebooks';
import { openNotebook } from '../notebooks';
import { until } from '../reports';

let panel: NotebookPanel;

beforeEach(async () => {
  panel = await openNotebook([]);
});

afterEach(() => {
  panel.dispose();
});

it('are remembered beyond the page, and shown again', async () => {
  const state = new StateDB();
  const before = new HiddenNotebooks(state, 'key');
  const changes: boolean[] = [];
  before.changed.connect(() => changes.push(before.isHidden(panel)));
  before.setHidden(panel, true);
  before.setHidden(panel, true);
  expect(changes).toEqual([true]);

  const after = new HiddenNotebooks(state, 'key');
  await until(() => after.isHidden(panel));
  after.setHidden(panel, false);
  expect(await state.fetch('key')).toEqual([]);
});

it('keep their marks hidden under another name', async () => {
  const notebooks = new HiddenNotebooks(null, 'key');
  notebooks.setHidden(panel, true);
  await panel.context.rename('renamed.ipynb');
  expect(panel.context.path).toContain('renamed');
  expect(notebooks.isHidden(panel)).toBe(true);
});
