/** What does the menu on a cell's mark offer? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';
import { remediesOfCell } from '../remedies';
import { CommandIds } from '../tokens/commands';
import type { ICellArgs } from '../tokens/commands';
import type { ICellEntry } from '../tokens/models';

/** The most items that go to other cells. */
const MAX_GO_TO_ITEMS = 5;

/** Open the menu of a cell below an element; it is disposed when it closes. */
export function openCellMenu(
  commands: CommandRegistry,
  notebookId: string,
  entry: ICellEntry,
  anchor: HTMLElement,
  trans: TranslationBundle
): void {
  const menu = new Menu({ commands });
  for (const item of menuItemsOf(entry, trans)) {
    menu.addItem({ ...item, args: { notebookId, ...item.args } });
  }
  // Not at once: Lumino executes the chosen item after it has closed the menu.
  menu.aboutToClose.connect(() => void setTimeout(() => menu.dispose()));
  const { bottom, left } = anchor.getBoundingClientRect();
  menu.open(left, bottom);
}

interface IMenuItem {
  readonly type?: 'separator';
  readonly command?: string;
  readonly args?: ICellArgs & { view?: string };
}

/** The remedies for the cell, what always works, the cells that define what it misses, and how to
 * hide the marks. */
export function menuItemsOf(entry: ICellEntry, trans: TranslationBundle): IMenuItem[] {
  const { id, report } = entry;
  const args = { cellId: id };
  const goToItems = (report?.needs ?? [])
    .filter(({ provider, status }) => status !== 'live' && provider !== null && provider !== id)
    .map(({ name, provider }) => goToItem(name, provider ?? id));
  return [
    ...remediesOfCell(entry, trans),
    { command: CommandIds.runWithNeeded, args },
    { command: CommandIds.runDependents, args },
    { type: 'separator' },
    ...goToItems.slice(0, MAX_GO_TO_ITEMS),
    { command: CommandIds.showPanel, args: { view: 'cells' } },
    { type: 'separator' },
    { command: CommandIds.hideMarks },
    { command: CommandIds.hideMarksEverywhere },
    { command: CommandIds.openSettings }
  ];
}

function goToItem(name: string, cellId: string): IMenuItem {
  return { command: CommandIds.goToCell, args: { cellId, name } };
}
