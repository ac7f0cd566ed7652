/** How does the mark of one cell look? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { lookIcons } from '../appearance/icons';
import { plainTextOf } from '../appearance/wording';
import { isLoud, wordOf } from '../appearance/appearance';
import type { Look } from '../appearance/appearance';
import type { IRemedy } from '../tokens/commands';
import { newButton, sentenceNodesOf } from './htmlElements';

/** What a mark says. */
export interface IMark {
  readonly look: Look;
  readonly message: string | null;
  /** What its buttons offer. */
  readonly remedies: readonly IRemedy[];
  /**
   * Whether it is as high as a quiet one, although loud: where it is for cells above to give what
   * is missing, and they have their own marks if they cannot. A notebook that was just opened must
   * not be a wall of warnings, and nothing must move while somebody goes from cell to cell.
   */
  readonly isLow: boolean;
}

/**
 * The note below the input of a cell; its icon opens a menu.
 *
 * A loud one says the whole sentence and offers the repair; a quiet one is an icon and a word.
 * Plain elements: a notebook may have thousands.
 */
export class CellMark extends Widget {
  constructor(
    private readonly _mend: (remedy: IRemedy) => void,
    private readonly _openMenu: (anchor: HTMLElement) => void,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-NamespaceViz-mark');
    this.node.setAttribute('role', 'note');
  }

  /** Say what `mark` says; nothing is touched when it says the same as before. */
  say(mark: IMark): void {
    if (this._said && isSameMark(mark, this._said)) {
      return;
    }
    this._said = mark;
    const { isLow, look, message, remedies } = mark;
    const loud = isLoud(look);
    const word = wordOf(look, this._trans);
    const plain = message === null ? word : `${word}: ${plainTextOf(message)}`;
    this.node.className = `lm-Widget jp-NamespaceViz-mark jp-mod-${look}`;
    this.toggleClass('jp-mod-loud', loud);
    this.toggleClass('jp-mod-low', !loud || isLow);
    this.node.setAttribute('aria-label', plain);
    this.node.title = loud && !isLow ? '' : plain;
    const text = newText(word, loud ? message : null);
    const buttons = remedies.map(it => newButton(it.label, () => this._mend(it)));
    this.node.replaceChildren(this._newMenuButton(look), text, ...(isLow ? buttons : []));
    if (!isLow) {
      text.append(...buttons.flatMap(button => [' ', button])); // wraps with the sentence
    }
  }

  private _newMenuButton(look: Look): HTMLElement {
    const button = newButton('', () => this._openMenu(button));
    button.className = 'jp-NamespaceViz-markMenu';
    button.title = this._trans.__('What can be done about the cell');
    button.setAttribute('aria-label', button.title);
    button.setAttribute('aria-haspopup', 'menu');
    button.tabIndex = isLoud(look) ? 0 : -1; // else it takes a thousand steps through a notebook
    button.append(iconOf(look));
    return button;
  }

  private _said: IMark | null = null;
}

function newText(word: string, message: string | null): HTMLElement {
  const text = document.createElement('span');
  text.className = 'jp-NamespaceViz-markText';
  const strong = document.createElement('span');
  strong.className = 'jp-NamespaceViz-word';
  strong.textContent = word;
  text.append(strong);
  if (message !== null) {
    text.append(' · ');
    text.append(...sentenceNodesOf(message));
  }
  return text;
}

const icons = new Map<Look, HTMLElement>();

/** A copy of the icon; reading the SVG text anew for thousands of cells takes a second. */
function iconOf(look: Look): Node {
  let icon = icons.get(look);
  if (!icon) {
    const className = `jp-NamespaceViz-icon jp-mod-${look}`;
    icon = lookIcons[look].element({ tag: 'span', className });
    icons.set(look, icon);
  }
  return icon.cloneNode(true);
}

function isSameMark(one: IMark, other: IMark): boolean {
  return (
    one.look === other.look &&
    one.message === other.message &&
    one.isLow === other.isLow &&
    textOf(one.remedies) === textOf(other.remedies)
  );
}

function textOf(remedies: readonly IRemedy[]): string {
  return JSON.stringify(remedies);
}
