import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { toastsOf, DRAWN_AFTER } from '../../commands/toasts';
import { openNotebook } from '../notebooks';

const NAME = 'story.ipynb';

let panel: NotebookPanel;

/** The messages, each with how long it is shown: `message 4000`. */
function shown(): string[] {
  return Notification.manager.notifications.map(
    ({ message, options }) => `${message} ${String(options.autoClose)}`
  );
}

beforeEach(async () => {
  panel = await openNotebook([{ id: 'a', source: 'x = 1' }]);
  panel.title.label = NAME;
});

afterEach(() => {
  Notification.dismiss();
  panel.dispose();
});

describe('the toasts about a notebook', () => {
  it('name it, and close by themselves unless they show progress', () => {
    const toasts = toastsOf(panel);
    toasts.show('Ran 2 steps.', 'success');
    toasts.show('Running 1 of 2', 'in-progress');
    expect(shown().sort()).toEqual([
      'story.ipynb: Ran 2 steps. 4000',
      'story.ipynb: Running 1 of 2 false'
    ]);
    expect(toastsOf(panel)).toBe(toasts);
  });

  it('can be changed while they are there', () => {
    const toasts = toastsOf(panel);
    const id = toasts.show('Running 1 of 2', 'in-progress')!;
    expect(toasts.update(id, 'Running 2 of 2')).toBe(true);
    expect(shown()).toEqual(['story.ipynb: Running 2 of 2 false']);
  });

  describe('wait until JupyterLab has drawn their last change', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => jest.useRealTimers());

    it('and are removed then', () => {
      const toasts = toastsOf(panel);
      const id = toasts.show('Running 1 of 2', 'in-progress')!;
      toasts.update(id, 'Running 2 of 2');
      toasts.dismiss(id);
      expect(shown()).toEqual(['story.ipynb: Running 2 of 2 false']);
      expect(toasts.update(id, 'Running 3 of 2')).toBe(false);
      jest.advanceTimersByTime(DRAWN_AFTER);
      expect(shown()).toEqual([]);
    });

    it('and say then how it ended', () => {
      const toasts = toastsOf(panel);
      const id = toasts.show('Running 1 of 2', 'in-progress')!;
      expect(toasts.end(id, 'Ran 2 steps.', 'success')).toBe(true);
      expect(shown()).toEqual(['story.ipynb: Running 1 of 2 false']);
      jest.advanceTimersByTime(DRAWN_AFTER);
      expect(shown()).toEqual(['story.ipynb: Ran 2 steps. 4000']);
      panel.hide();
      jest.advanceTimersByTime(DRAWN_AFTER);
      expect(toasts.end(id, 'Ran 2 steps.', 'success')).toBe(false);
      expect(shown()).toEqual([]);
    });
  });

  it('go with the notebook when another one comes to the front', () => {
    const toasts = toastsOf(panel);
    toasts.show('Running 1 of 2', 'in-progress');
    panel.hide();
    expect(shown()).toEqual([]);
    toasts.show('Ran 2 steps.', 'success');
    expect(shown()).toEqual([]);
    toasts.show('Stopped.', 'error');
    expect(shown()).toEqual(['story.ipynb: Stopped. 0']); // only listed
  });

  it('go when the notebook is closed', () => {
    toastsOf(panel).show('Stopped.', 'error');
    panel.dispose();
    expect(shown()).toEqual([]);
    expect(toastsOf(panel).show('Stopped.', 'error')).toBeNull();
  });
});
