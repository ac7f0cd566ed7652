/** The panel's view, drawn on a page for the tests, with what it called back. */

import { nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { PromiseDelegate } from '@lumino/coreutils';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { NamespaceView } from '../../components/panel/NamespaceView';
import type { Shown } from '../../components/panel/NamespaceView';
import type { IRemedy, ViewName } from '../../tokens/commands';
import type { ICellEntry } from '../../tokens/models';
import { layOut } from '../layout';
import { cellReport, entryOf, kernel, summary } from '../reports';

export const trans: TranslationBundle = nullTranslator.load('test');

/** The parts of the panel, by their roles and accessible names. */
export const KERNEL = '[role="group"][aria-label="Kernel"]';
export const STATUS = '[role="group"][aria-label="Status"]';
export const ROW = '[role="treegrid"][aria-label="Code cells"] [role="row"]';
export const REASON = '[role="note"][aria-label="Reason"]';

/** The view of the current test, and its calls, in order. */
export let view: ViewWidget | null;
export let calls: [string, unknown?][];

class ViewWidget extends ReactWidget {
  shown: Shown | null = null;
  name: ViewName = 'cells';
  committed = new PromiseDelegate<void>();

  protected override render(): React.ReactElement {
    return (
      <>
        <NamespaceView
          namespace={this.shown}
          view={this.name}
          chooseView={this._choose}
          trans={trans}
          isHelpShown={false}
          leave={this._leave}
          refresh={this._refresh}
          restoreImports={this._restoreImports}
          runAllAbove={this._runAllAbove}
          toggleHelp={this._toggleHelp}
          goToCell={this._goToCell}
          fix={this._fix}
        />
        <Committed committed={this.committed} />
      </>
    );
  }

  private _choose = (name: ViewName): number => calls.push(['choose', name]);
  private _leave = (): number => calls.push(['leave']);
  private _refresh = (): number => calls.push(['refresh']);
  private _restoreImports = (): number => calls.push(['restore imports']);
  private _runAllAbove = (): number => calls.push(['run all above']);
  private _toggleHelp = (): number => calls.push(['help']);
  private _goToCell = (id: string): number => calls.push(['go', id]);
  private _fix = ({ args, command }: IRemedy): number => calls.push([command, args]);
}

/** Says when React has put what it rendered on the page, which `renderPromise` does not. */
function Committed({ committed }: { committed: PromiseDelegate<void> }): null {
  React.useEffect(() => committed.resolve(), [committed]);
  return null;
}

/** A cell in the list. */
export function entry(id: string, number: number, rest: Partial<ICellEntry> = {}): ICellEntry {
  return entryOf(cellReport(id), { number, firstLine: `line of ${id}`, ...rest });
}

/** A model with these values. */
export function shown(rest: Partial<Shown> = {}): Shown {
  return {
    activeCellId: null,
    cells: [],
    connectionState: 'open',
    edges: null,
    hasCodeAbove: true,
    imports: null,
    isKernelPending: false,
    kernel: kernel(),
    names: null,
    problems: [],
    refusal: null,
    summary: summary(),
    ...rest
  };
}

/** Draw the view, or draw it again, and return its element. */
export async function draw(state: Shown | null): Promise<HTMLElement> {
  const isNew = view === null;
  view ??= new ViewWidget();
  view.shown = state;
  view.committed = new PromiseDelegate<void>();
  if (isNew) {
    Widget.attach(view, document.body);
  } else {
    MessageLoop.sendMessage(view, Widget.Msg.UpdateRequest);
  }
  await view.committed.promise;
  return view.node;
}

/** The names of the rows, which include their status. */
export function rowNames(node: Element): (string | null)[] {
  return [...node.querySelectorAll(ROW)].map(row => row.getAttribute('aria-label'));
}

/** Press a key where the focus is. */
export function press(key: string): void {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}

/** The accessible names of the buttons. */
export function buttonNames(node: Element): (string | null)[] {
  return [...node.querySelectorAll('button')].map(
    button => button.getAttribute('aria-label') ?? button.textContent
  );
}

beforeAll(layOut);

beforeEach(() => {
  calls = [];
  view = null;
});

afterEach(() => {
  view?.dispose();
});
