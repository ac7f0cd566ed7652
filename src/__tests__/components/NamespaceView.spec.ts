import type { Kernel } from '../../protocol';
import type { ConnectionState } from '../../tokens/connection';
import type { Shown } from '../../components/panel/NamespaceView';
import { kernel, summary } from '../reports';
import { KERNEL, ROW, buttonNames, calls, draw, entry, shown, view } from './drawnView';

describe('the panel says', () => {
  it('that no notebook is open', async () => {
    const node = await draw(null);
    expect(node.querySelector('[role="status"] h3')?.textContent).toBe('No notebook is open');
  });

  it.each<[ConnectionState, string, string[]]>([
    ['closed', 'Connecting to the server…', []],
    ['connecting', 'Connecting to the server…', []],
    ['disconnected', 'Disconnected from the server', ['Try again']],
    ['absent', 'The server extension is missing', ['Try again']],
    ['forbidden', 'Not allowed by the server', ['Try again']],
    ['incompatible', 'The server extension has another version', ['Try again']]
  ])('that the connection is %s', async (connectionState, title, buttons) => {
    const node = await draw(shown({ connectionState, cells: [entry('a', 1)] }));
    expect(node.querySelector('[role="status"] h3')?.textContent).toBe(title);
    expect(buttonNames(node)).toEqual(buttons);
    node.querySelector('button')?.click();
    expect(calls).toEqual(buttons.map(() => ['refresh']));
    expect(node.querySelector('ul')).toBeNull();
  });

  it('how to install what is missing', async () => {
    const node = await draw(shown({ connectionState: 'absent' }));
    expect(node.querySelector('pre')?.textContent).toBe('pip install jupyter_namespace_viz');
  });

  it.each<[string, Partial<Shown>]>([
    ['Reading the notebook…', { kernel: null, summary: null }],
    ['Waiting for the kernel…', { kernel: null, summary: null, isKernelPending: true }],
    ['The kernel does not speak Python', { kernel: kernel({ state: 'not_python' }) }],
    ['The server cannot take this notebook', { refusal: 'It has too many cells.' }],
    ['This notebook has no code cells yet', {}]
  ])('%s', async (title, rest) => {
    const node = await draw(shown(rest));
    expect(node.querySelector('[role="status"] h3')?.textContent).toBe(title);
  });

  it.each<[Kernel['state'], string]>([
    ['none', 'No kernel: choose one to see which names it holds.'],
    ['connecting', 'Asking the kernel what it holds…'],
    ['starting', 'The kernel is starting…'],
    ['idle', 'The kernel is idle.'],
    ['busy', 'The kernel is busy.'],
    ['dead', 'The kernel died, and its names with it. Restart it to go on.'],
    ['silent', 'The kernel does not answer.'],
    ['unreachable', 'The server cannot reach the kernel.']
  ])('that the kernel is %s, above the cells', async (state, sentence) => {
    const node = await draw(shown({ kernel: kernel({ state }), cells: [entry('a', 1)] }));
    expect(node.querySelector(KERNEL)?.textContent).toBe(sentence);
    expect(node.querySelectorAll(ROW)).toHaveLength(1);
  });

  it('how old the facts on a busy kernel are, and what the server says of it', async () => {
    const as_of = new Date(Date.now() - 12_300).toISOString();
    const message = 'Busy with `train()`.';
    const busy = kernel({ state: 'busy', as_of, message });
    const node = await draw(shown({ kernel: busy, cells: [entry('a', 1)] }));
    expect(node.querySelector(KERNEL)?.textContent).toBe(
      'Busy with train(). What is shown is 12 seconds old.'
    );
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
    expect(said).toEqual(['', '', 'The kernel does not answer.', '']);
  });

  it('that nothing is wrong', async () => {
    const node = await draw(shown({ cells: [entry('a', 1)], summary: summary({ message: '' }) }));
    const line = node.querySelector('[role="status"][aria-label="Summary"]');
    expect(line?.textContent).toBe('Everything this notebook needs is live.');
  });
});
