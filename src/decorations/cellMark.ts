/** How does the mark of one cell look? */

import { UUID } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';
import { appearanceIcons } from '../appearance/icons';
import type { ICellMentions } from '../appearance/cellNames';
import { plainTextOf } from '../appearance/wording';
import { statusOf } from '../appearance/cellAppearance';
import type { Appearance } from '../appearance/cellAppearance';
import type { IRemedy } from '../tokens/commands';
import { newButton, RemedyButtons, SentenceElement } from './htmlElements';

/** The content of a mark. */
export interface IMarkContent {
  readonly appearance: Appearance;
  /** The name of the exception that a failed cell raised. */
  readonly error: string | null;
  readonly message: string | null;
  /** One button in the line for each. */
  readonly remedies: readonly IRemedy[];
  /** Whether the line of text is shown, not only the icon. */
  readonly hasLine: boolean;
}

export interface ICellMarkOptions {
  fix: (remedy: IRemedy) => void;
  /** Opens the menu of the cell below an element. */
  openMenu: (anchor: HTMLElement) => void;
  mentions: ICellMentions;
  /** The name of the extension, where nothing else on the page has it. */
  owner: string | null;
}

/**
 * The icon next to the prompt of a cell, which opens a menu, and a line over the lower edge of the
 * input.
 *
 * Both are drawn over empty space, so that the cell keeps its height. They are plain elements,
 * because a notebook may have hundreds of marks.
 */
export class CellMark extends Widget {
  constructor(private readonly _options: ICellMarkOptions) {
    super();
    this.id = `jp-NamespaceViz-mark-${UUID.uuid4()}`;
    this.node.setAttribute('role', 'note');
    const { fix, mentions, openMenu } = _options;
    this._menuButton = newButton('', () => openMenu(this._menuButton));
    this._menuButton.className = 'jp-NamespaceViz-markMenu';
    this._menuButton.setAttribute('aria-label', mentions.trans.__('Actions for the cell'));
    this._menuButton.setAttribute('aria-haspopup', 'menu');
    this._line.className = 'jp-NamespaceViz-markLine';
    this._word.className = 'jp-NamespaceViz-word';
    const text = document.createElement('span');
    text.className = 'jp-NamespaceViz-markText';
    this._sentence = new SentenceElement(document.createElement('span'), mentions);
    text.append(this._word, this._separator, this._sentence.node);
    const actions = document.createElement('span');
    actions.className = 'jp-NamespaceViz-markActions';
    this._line.append(text, actions);
    this._buttons = new RemedyButtons(actions, fix);
    this.node.append(this._menuButton);
  }

  /** Show `mark`; what looks the same stays as it is, with the focus. */
  setContent({ appearance, error, hasLine, message, remedies }: IMarkContent): void {
    const { mentions, owner } = this._options;
    const { trans } = mentions;
    const word = statusOf({ error }, appearance, trans);
    const plain = message === null ? word : `${word}: ${plainTextOf(message, mentions)}`;
    if (appearance !== this._appearance) {
      this._appearance = appearance;
      this.node.className = `lm-Widget jp-NamespaceViz-mark jp-mod-${appearance}`;
      this._menuButton.replaceChildren(iconOf(appearance));
    }
    this.node.setAttribute('aria-label', plain);
    const label = trans.__('Actions for the cell');
    this._menuButton.title = [...(owner === null ? [] : [owner]), plain, label].join('\n');
    this._menuButton.tabIndex = hasLine ? 0 : -1; // not hundreds of tab stops in a notebook
    if (!hasLine) {
      this._line.remove();
      return;
    }
    this._line.title = plain;
    this._word.textContent = word;
    this._separator.textContent = message === null ? '' : ' · ';
    this._sentence.setSentence(message);
    this._buttons.setRemedies(remedies);
    if (!this._line.isConnected) {
      this.node.append(this._line);
    }
  }

  /** Set which remedy runs now, as `runningRemedy` of the model. */
  setRunning(running: string | null): void {
    this._buttons.setRunning(running);
  }

  private _appearance: Appearance | null = null;
  private readonly _buttons: RemedyButtons;
  private readonly _line = document.createElement('div');
  private readonly _menuButton: HTMLElement;
  private readonly _sentence: SentenceElement;
  private readonly _separator = document.createElement('span');
  private readonly _word = document.createElement('span');
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
