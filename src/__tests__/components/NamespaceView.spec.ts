import type { Kernel, Summary } from '../../protocol';
import type { ConnectionState } from '../../tokens/connection';
import type { Shown } from '../../components/panel/NamespaceView';
import { kernel, summary, until } from '../reports';
import { KERNEL, ROW, buttonNames, calls, draw, entry, shown, view } from './drawnView';

describe('the panel says', () => {
  it('that no notebook is open', async () => {
    const node = await draw(null);
    expect(node.querySelector('[role="status"] h3')?.textContent).toBe('No notebook is open');
  });

  it.each<[ConnectionState, string, string[]]>([
    ['closed', 'Connecting to the server…', []],
    ['connecting', 'Connecting to the server…', []],
    ['disconnected', 'Disconnected from the server', ['Try Again']],
    ['absent', 'The server extension is not loaded', ['Try Again']],
    ['forbidden', 'Not allowed by the server', ['Try Again']],
    ['incompatible', 'The server extension has another version', ['Try Again']]
  ])('that the connection is %s', async (connectionState, title, buttons) => {
    const node = await draw(shown({ connectionState, cells: [entry('a', 1)] }));
    expect(node.querySelector('[role="status"] h3')?.textContent).toBe(title);
    expect(buttonNames(node)).toEqual(buttons);
    node.querySelector('button')?.click();
    expect(calls).toEqual(buttons.map(() => ['refresh']));
    expect(node.querySelector('ul')).toBeNull();
  });

  it('how to install what is missing, and how to see why what is installed is not loaded', async () => {
    const node = await draw(shown({ connectionState: 'absent' }));
    const lines = [...node.querySelectorAll('p, pre')].map(it => it.textContent);
    expect(lines).toEqual([
      'Install it where the Jupyter server runs, then restart the server:',
      'pip install jupyter_namespace_viz',
      'If it is installed there, this says why the server does not load it:',
      'jupyter server extension list'
    ]);
  });

  it.each<[string, Partial<Shown>]>([
    ['Reading the notebook…', { kernel: null, summary: null }],
    ['Waiting for the kernel…', { kernel: null, summary: null, isKernelPending: true }],
    ['The kernel is not a Python kernel', { kernel: kernel({ state: 'not_python' }) }],
    ['The server cannot read this notebook', { refusal: 'It has too many cells.' }],
    ['This notebook has no code cells yet', {}]
  ])('%s', async (title, rest) => {
    const node = await draw(shown(rest));
    expect(node.querySelector('[role="status"] h3')?.textContent).toBe(title);
  });

  it.each<[Kernel['state'], string]>([
    ['none', 'No kernel. Choose one to see which names it has.'],
    ['connecting', 'Reading the names of the kernel…'],
    ['starting', 'The kernel is starting…'],
    ['idle', 'The kernel is idle.'],
    ['busy', 'The kernel is busy.'],
    ['dead', 'The kernel died, and its names are lost. Restart it to continue.'],
    ['silent', 'The kernel is not responding. Retrying…'],
    ['unreachable', 'The server cannot reach the kernel.']
  ])('that the kernel is %s, above the cells', async (state, sentence) => {
    const node = await draw(shown({ kernel: kernel({ state }), cells: [entry('a', 1)] }));
    expect(node.querySelector(KERNEL)?.textContent).toBe(sentence);
    await until(() => node.querySelectorAll(ROW).length === 1);
  });

  it.each<[Kernel['state'], string | null, Partial<Summary>, string]>([
    ['idle', null, { running: 1 }, 'The kernel is busy.'],
    ['idle', null, { queued: 2 }, 'The kernel is busy.'],
    ['idle', 'It leaves cells.', { queued: 2 }, 'It leaves cells.'],
    [
      'dead',
      null,
      { queued: 2 },
      'The kernel died, and its names are lost. Restart it to continue.'
    ]
  ])('that the kernel is %s, says %s, between cells that run', async (...row) => {
    const [state, message, queue, sentence] = row;
    const shownQueue = { kernel: kernel({ state, message }), summary: summary(queue) };
    const node = await draw(shown({ ...shownQueue, cells: [entry('a', 1)] }));
    expect(node.querySelector(KERNEL)?.textContent).toBe(sentence);
  });

  it('how old the facts are once the kernel was busy for a while, and what it is busy with', async () => {
    const now = jest.spyOn(Date, 'now');
    const began = Date.now();
    const as_of = new Date(began - 60_000).toISOString();
    const message = 'Busy with `train()`.';
    const busy = shown({
      kernel: kernel({ state: 'busy', as_of, message }),
      cells: [entry('a', 1)]
    });
    const node = await draw(busy);
    const line = (): string | null | undefined => node.querySelector(KERNEL)?.textContent;
    expect(line()).toBe('Busy with train().'); // a run of a moment makes nothing appear
    now.mockReturnValue(began + 2_900);
    await draw(busy);
    expect(line()).toBe('Busy with train().');
    now.mockReturnValue(began + 12_000);
    await until(() => line() !== 'Busy with train().');
    expect(line()).toBe('Busy with train().Last updated 1 min ago');
    now.mockRestore();
  });

  it('aloud that the kernel cannot be asked, but not that it was busy for a moment', async () => {
    const aloud = (): string | null | undefined =>
      view?.node.querySelector(`${KERNEL} [role="status"]`)?.textContent;
    const as_of = new Date(Date.now() - 12_300).toISOString();
    const said = [];
    for (const state of ['idle', 'busy', 'silent', 'idle'] as const) {
      await draw(shown({ kernel: kernel({ state, as_of }), cells: [entry('a', 1)] }));
      said.push(aloud());
    }
    // Not how old the facts are either: that is another text each second.
    expect(said).toEqual(['', '', 'The kernel is not responding. Retrying…', '']);
  });

  it('that nothing is wrong', async () => {
    const node = await draw(shown({ cells: [entry('a', 1)], summary: summary({ message: '' }) }));
    const line = node.querySelector('[role="group"][aria-label="Summary"]');
    expect(line?.textContent).toBe('Everything this notebook needs is available.');
  });

  it.each([
    kernel({ state: 'none' }),
    kernel({ state: 'dead', message: 'The kernel was shut down.' })
  ])('not that there is no kernel, while the notebook is getting its kernel', async before => {
    const none = { kernel: before, cells: [entry('a', 1)] };
    const line = (): Element | null => view!.node.querySelector('[aria-label="Summary"]');
    const node = await draw(shown({ ...none, isKernelPending: true }));
    expect(node.querySelector(KERNEL)?.textContent).toBe('Waiting for the kernel…');
    expect(line()).toBeNull();
    await draw(shown({ ...none, isKernelPending: false }));
    expect(line()).not.toBeNull();
  });

  it.each<[Partial<Summary>, string]>([
    [{ running: 1, queued: 1, failed: 1, blocked: 1 }, 'running'],
    [{ queued: 1, failed: 1 }, 'queued'],
    [{ failed: 1, blocked: 1 }, 'failed'],
    [{ blocked: 1, waiting: 1, at_risk: 1 }, 'blocked'],
    [{ at_risk: 1, stale: 1 }, 'at-risk'],
    [{ waiting: 1, stale: 1 }, 'stale'],
    [{ waiting: 1 }, 'waiting'],
    [{}, 'fresh']
  ])('with an icon what is most urgent: %j', async (counts, appearance) => {
    const node = await draw(shown({ cells: [entry('a', 1)], summary: summary(counts) }));
    const icon = node.querySelector('[aria-label="Summary"] .jp-NamespaceViz-icon');
    expect(icon?.classList).toContain(`jp-mod-${appearance}`);
  });
});

describe('the summary', () => {
  it('is announced once it has settled', async () => {
    const aloud: string[] = [];
    const observer = new MutationObserver(records => {
      const texts = records.map(({ target }) => target.textContent ?? '');
      aloud.push(...texts.filter(text => text !== ''));
    });
    const say = (message: string): Promise<HTMLElement> =>
      draw(shown({ cells: [entry('a', 1)], summary: summary({ message }) }));
    const node = await say('1 cell.');
    const region = node.querySelector('.jp-NamespaceViz-top > [role="status"]')!;
    observer.observe(region, { childList: true, characterData: true, subtree: true });
    await say('2 cells.');
    await say('3 cells.');
    await until(() => aloud.length > 0);
    expect(aloud).toEqual(['3 cells.']);
    observer.disconnect();
  });
});

describe('the banner', () => {
  const BANNER = '[role="group"][aria-label="Nothing has run yet"]';
  const cells = [entry('a', 1), entry('b', 2)];
  const fresh = summary({ fresh_kernel: 'restarted' });

  it.each<[NonNullable<Summary['fresh_kernel']>, string]>([
    ['died', 'Kernel died: nothing has run since'],
    ['restarted', 'Kernel restarted: nothing has run yet'],
    ['started', 'Kernel started: nothing has run yet'],
    ['unknown', 'Nothing has run in this kernel yet']
  ])('says once for all cells that the kernel is new: %s', async (fresh_kernel, text) => {
    const node = await draw(shown({ cells, summary: summary({ fresh_kernel }) }));
    expect(node.querySelector(BANNER)?.textContent).toContain(text);
    expect(buttonNames(node.querySelector(BANNER)!)).toEqual([
      'Dismiss',
      'Restore Imports',
      'Run All Above'
    ]);
  });

  it('offers to run what is above only where there is something above', async () => {
    const node = await draw(shown({ cells, summary: fresh, hasCodeAbove: false }));
    expect(buttonNames(node.querySelector(BANNER)!)).toEqual(['Dismiss', 'Restore Imports']);
    await draw(shown({ cells, summary: fresh, hasCodeAbove: true }));
    const [, restore, run] = node.querySelectorAll<HTMLElement>(`${BANNER} button`);
    restore?.click();
    run?.click();
    expect(calls).toEqual([['restore imports'], ['run all above']]);
  });

  it('gives way to trouble with the kernel, and stays dismissed until the next restart', async () => {
    const node = await draw(shown({ cells, summary: fresh, kernel: kernel({ state: 'dead' }) }));
    expect(node.querySelector(BANNER)).toBeNull();
    await draw(shown({ cells, summary: fresh }));
    node.querySelector<HTMLElement>(`${BANNER} button`)?.click();
    await until(() => node.querySelector(BANNER) === null);
    await draw(shown({ cells, summary: fresh }));
    expect(node.querySelector(BANNER)).toBeNull();
    await draw(shown({ cells, summary: fresh, kernel: kernel({ generation: 2 }) }));
    expect(node.querySelector(BANNER)).not.toBeNull();
  });
});
