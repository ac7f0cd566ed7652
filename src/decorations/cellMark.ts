/** How does the mark of one cell look? */

import { Widget } from '@lumino/widgets';
import { appearanceIcons } from '../appearance/icons';
import type { ICellMentions } from '../appearance/cellNames';
import { plainTextOf } from '../appearance/wording';
import { isLoud, wordOf } from '../appearance/cellAppearance';
import type { Appearance } from '../appearance/cellAppearance';
import type { IRemedy } from '../tokens/commands';
import { newButton, sentenceNodesOf } from './htmlElements';

/** The content of a mark. */
export interface IMark {
  readonly appearance: Appearance;
  readonly message: string | null;
  /** One button for each. */
  readonly remedies: readonly IRemedy[];
  /**
   * Whether the mark takes only one line, although it needs attention.
   *
   * That is the case if cells above will give what is missing; they have their own marks if they
   * cannot. It keeps a notebook that was just opened free of a wall of warnings, and keeps cells
   * from moving when the user goes from cell to cell.
   */
  readonly isLow: boolean;
}

/**
 * The note below the input of a cell; its icon opens a menu.
 *
 * A loud mark shows the whole sentence and the remedies; a quiet one shows an icon and a word.
 * It is built of plain elements, because a notebook may have thousands of marks.
 */
export class CellMark extends Widget {
  constructor(
    private readonly _fix: (remedy: IRemedy) => void,
    private readonly _openMenu: (anchor: HTMLElement) => void,
    private readonly _mentions: ICellMentions
  ) {
    super();
    this.addClass('jp-NamespaceViz-mark');
    this.node.setAttribute('role', 'note');
  }

  /** Show `mark`; an equal mark changes nothing. */
  setMark(mark: IMark): void {
    if (this._shown && isSameMark(mark, this._shown)) {
      return;
    }
    this._shown = mark;
    const { isLow, appearance, message, remedies } = mark;
    const loud = isLoud(appearance);
    const word = wordOf(appearance, this._mentions.trans);
    const plain = message === null ? word : `${word}: ${plainTextOf(message, this._mentions)}`;
    this.node.className = `lm-Widget jp-NamespaceViz-mark jp-mod-${appearance}`;
    this.toggleClass('jp-mod-loud', loud);
    this.toggleClass('jp-mod-low', !loud || isLow);
    this.node.setAttribute('aria-label', plain);
    this.node.title = loud && !isLow ? '' : plain;
    const text = newText(word, loud ? message : null, this._mentions);
    const buttons = remedies.map(it => newButton(it.label, () => this._fix(it)));
    this.node.replaceChildren(this._newMenuButton(appearance), text, ...(isLow ? buttons : []));
    if (!isLow) {
      text.append(...buttons.flatMap(button => [' ', button])); // wraps with the sentence
    }
  }

  private _newMenuButton(appearance: Appearance): HTMLElement {
    const button = newButton('', () => this._openMenu(button));
    button.className = 'jp-NamespaceViz-markMenu';
    button.title = this._mentions.trans.__('What can be done about the cell');
    button.setAttribute('aria-label', button.title);
    button.setAttribute('aria-haspopup', 'menu');
    button.tabIndex = isLoud(appearance) ? 0 : -1; // not a thousand tab stops in a notebook
    button.append(iconOf(appearance));
    return button;
  }

  private _shown: IMark | null = null;
}

function newText(word: string, message: string | null, mentions: ICellMentions): HTMLElement {
  const text = document.createElement('span');
  text.className = 'jp-NamespaceViz-markText';
  const strong = document.createElement('span');
  strong.className = 'jp-NamespaceViz-word';
  strong.textContent = word;
  text.append(strong);
  if (message !== null) {
    text.append(' · ');
    text.append(...sentenceNodesOf(message, mentions));
  }
  return text;
}

const icons = new Map<Appearance, HTMLElement>();

/** A copy of the icon: parsing the SVG text again for thousands of cells takes a second. */
function iconOf(appearance: Appearance): Node {
  let icon = icons.get(appearance);
  if (!icon) {
    const className = `jp-NamespaceViz-icon jp-mod-${appearance}`;
    icon = appearanceIcons[appearance].element({ tag: 'span', className });
    icons.set(appearance, icon);
  }
  return icon.cloneNode(true);
}

function isSameMark(one: IMark, other: IMark): boolean {
  return (
    one.appearance === other.appearance &&
    one.message === other.message &&
    one.isLow === other.isLow &&
    textOf(one.remedies) === textOf(other.remedies)
  );
}

function textOf(remedies: readonly IRemedy[]): string {
  return JSON.stringify(remedies);
}
