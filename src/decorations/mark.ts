/** How does the mark of one cell look? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { lookIcons } from '../components/icons';
import { piecesOf, plainTextOf } from '../components/Sentence';
import { isLoud, wordOf } from '../components/status';
import type { Look } from '../components/status';
import type { CellReport } from '../protocol';

/** What a mark says. */
export interface IMark {
  readonly look: Look;
  readonly message: string | null;
  /** Which buttons it has. */
  readonly repairs: CellReport['repairs'];
}

/** What the buttons of a mark do. */
export interface IMarkActions {
  restoreImports: () => void;
  runNeeded: () => void;
}

/**
 * The note below the input of a cell.
 *
 * A loud one says the whole sentence and offers the repair; a quiet one is an icon and a word.
 * Plain elements: a notebook may have thousands.
 */
export class CellMark extends Widget {
  constructor(
    private readonly _actions: IMarkActions,
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
    const { look, message } = mark;
    const loud = isLoud(look);
    const word = wordOf(look, this._trans);
    const plain = message === null ? word : `${word}: ${plainTextOf(message)}`;
    this.node.className = `lm-Widget jp-NamespaceViz-mark jp-mod-${look}`;
    this.toggleClass('jp-mod-loud', loud);
    this.node.setAttribute('aria-label', plain);
    this.node.title = loud ? '' : plain;
    this.node.replaceChildren(
      iconOf(look),
      this._text(word, loud ? message : null, this._buttons(mark, loud))
    );
  }

  private _text(word: string, message: string | null, buttons: HTMLElement[]): HTMLElement {
    const text = document.createElement('span');
    text.className = 'jp-NamespaceViz-markText';
    const strong = document.createElement('span');
    strong.className = 'jp-NamespaceViz-word';
    strong.textContent = word;
    text.append(strong);
    if (message !== null) {
      text.append(' · ');
      for (const piece of piecesOf(message)) {
        if (piece.isCode) {
          const code = document.createElement('code');
          code.textContent = piece.text;
          text.append(code);
        } else {
          text.append(piece.text);
        }
      }
    }
    for (const button of buttons) {
      text.append(' ', button);
    }
    return text;
  }

  private _buttons(mark: IMark, loud: boolean): HTMLElement[] {
    const buttons: HTMLElement[] = [];
    if (loud && mark.repairs.includes('imports')) {
      buttons.push(newButton(this._trans.__('Restore imports'), this._actions.restoreImports));
    }
    if (loud && mark.repairs.includes('cells')) {
      buttons.push(newButton(this._trans.__('Run what it needs'), this._actions.runNeeded));
    }
    return buttons;
  }

  private _said: IMark | null = null;
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

function newButton(label: string, onClick: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'jp-NamespaceViz-button';
  button.textContent = label;
  button.addEventListener('click', onClick);
  return button;
}

function isSameMark(one: IMark, other: IMark): boolean {
  return (
    one.look === other.look &&
    one.message === other.message &&
    one.repairs.join() === other.repairs.join()
  );
}
