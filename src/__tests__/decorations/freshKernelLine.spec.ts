import { FreshKernelLine } from '../../decorations/freshKernelLine';
import type { Summary } from '../../protocol';
import { CommandIds } from '../../tokens/commands';
import { cellReport, kernel, report, summary } from '../reports';
import { openDecorated } from './decorated';
import type { IDecorated } from './decorated';

let decorated: IDecorated;

beforeEach(async () => {
  decorated = await openDecorated(
    [
      { id: 'a', source: 'print(x)' },
      { id: 'b', source: 'x' }
    ],
    options => new FreshKernelLine(options)
  );
});

afterEach(() => {
  decorated.decorations.dispose();
  decorated.panel.dispose();
});

function say(fresh_kernel: Summary['fresh_kernel'], generation = 1): void {
  const rest = { summary: summary({ fresh_kernel }), kernel: kernel({ generation }) };
  decorated.connection.say(report(99, [cellReport('a')], rest));
}

async function activate(index: number): Promise<void> {
  decorated.panel.content.activeCellIndex = index;
  await new Promise(resolve => setTimeout(resolve));
}

/** The buttons in the line, without that which closes it. */
function buttons(): (string | null)[] {
  const all = [...(line()?.querySelectorAll('button') ?? [])];
  return all
    .filter(({ hidden, title }) => !hidden && title !== 'Dismiss')
    .map(it => it.textContent);
}

function line(): HTMLElement | null {
  return decorated.panel.content.node.querySelector('.jp-NamespaceViz-freshKernel');
}

function button(name: string): HTMLElement {
  const found = [...(line()?.querySelectorAll('button') ?? [])].find(
    ({ ariaLabel, textContent }) => textContent === name || ariaLabel === name
  );
  return found ?? line()!.querySelector<HTMLElement>(`[aria-label="${name}"]`)!;
}

it.each([
  ['restarted', 'Kernel restarted: nothing has run yet'],
  ['died', 'Kernel died: nothing has run since'],
  ['started', 'Nothing has run in this kernel yet'],
  ['unknown', 'Nothing has run in this kernel yet']
] as const)('says that the kernel has %s', async (cause, text) => {
  expect(line()).toBeNull();
  await activate(1);
  say(cause);
  expect(line()?.textContent).toBe(`${text}Restore ImportsRun All Above`);
});

it('offers to run what is above only where there is something above', async () => {
  say('restarted');
  expect(buttons()).toEqual(['Restore Imports']);
  await activate(1);
  expect(buttons()).toEqual(['Restore Imports', 'Run All Above']);
});

it('shows that the imports are being restored', () => {
  say('restarted');
  decorated.model.setRunningRemedy(CommandIds.restoreImports);
  expect(button('Restore Imports').getAttribute('aria-busy')).toBe('true');
  button('Restore Imports').click();
  expect(decorated.fixed).toEqual([]);
  decorated.model.setRunningRemedy(null);
  expect(button('Restore Imports').getAttribute('aria-busy')).toBe('false');
});

it('goes when something has run', () => {
  say('restarted');
  say(null);
  expect(line()).toBeNull();
});

it('runs what its buttons say', () => {
  say('restarted');
  button('Restore Imports').click();
  button('Run All Above').click();
  expect(decorated.fixed).toEqual([
    { command: CommandIds.restoreImports, args: {} },
    { command: 'run all above', args: {} }
  ]);
});

it('is closed for this life of the kernel only', () => {
  say('restarted', 1);
  button('Dismiss').click();
  expect(line()).toBeNull();
  say('restarted', 1);
  expect(line()).toBeNull();
  say('restarted', 2);
  expect(line()).not.toBeNull();
});

it('goes when it is switched off', () => {
  say('restarted');
  decorated.decorations.isOn = false;
  expect(line()).toBeNull();
  expect(decorated.connection.state).toBe('closed');
});
