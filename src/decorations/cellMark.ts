/** How does the mark of one cell look? */

import { UUID } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';
import { appearanceIcons } from '../appearance/icons';
import type { ICellMentions } from '../appearance/cellNames';
import { plainTextOf } from '../appearance/wording';
import { statusOf } from '../appearance/cellAppearance';
import type { Appearance } from '../appearance/cellAppearance';
import type { IRemedy } from '../tokens/commands';
import { newButton, sentenceNodesOf } from './htmlElements';

/** The content of a mark. */
export interface IMark {
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
  }

  /** Show `mark`; an equal mark changes nothing. */
  setMark(mark: IMark): void {
    if (this._shown && isSameMark(mark, this._shown)) {
      return;
    }
    this._shown = mark;
    const { appearance, error, hasLine, message } = mark;
    const { mentions } = this._options;
    const word = statusOf({ error }, appearance, mentions.trans);
    const plain = message === null ? word : `${word}: ${plainTextOf(message, mentions)}`;
    this.node.className = `lm-Widget jp-NamespaceViz-mark jp-mod-${appearance}`;
    this.node.setAttribute('aria-label', plain);
    this.node.replaceChildren(
      this._newMenuButton(mark, plain),
      ...(hasLine ? [this._newLine(mark, word, plain)] : [])
    );
  }

  private _newMenuButton({ appearance, hasLine }: IMark, plain: string): HTMLElement {
    const { mentions, openMenu, owner } = this._options;
    const button = newButton('', () => openMenu(button));
    button.className = 'jp-NamespaceViz-markMenu';
    const label = mentions.trans.__('Actions for the cell');
    button.title = [...(owner === null ? [] : [owner]), plain, label].join('\n');
    button.setAttribute('aria-label', label);
    button.setAttribute('aria-haspopup', 'menu');
    button.tabIndex = hasLine ? 0 : -1; // not hundreds of tab stops in a notebook
    button.append(iconOf(appearance));
    return button;
  }

  private _newLine({ message, remedies }: IMark, word: string, plain: string): HTMLElement {
    const { fix, mentions } = this._options;
    const line = document.createElement('div');
    line.className = 'jp-NamespaceViz-markLine';
    line.title = plain;
    const text = document.createElement('span');
    text.className = 'jp-NamespaceViz-markText';
    const strong = document.createElement('span');
    strong.className = 'jp-NamespaceViz-word';
    strong.textContent = word;
    text.append(strong);
    if (message !== null) {
      text.append(' · ', ...sentenceNodesOf(message, mentions));
    }
    line.append(text, ...remedies.map(it => newButton(it.label, () => fix(it))));
    return line;
  }

  private _shown: IMark | null = null;
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
    one.error === other.error &&
    one.message === other.message &&
    one.hasLine === other.hasLine &&
    textOf(one.remedies) === textOf(other.remedies)
  );
}

function textOf(remedies: readonly IRemedy[]): string {
  return JSON.stringify(remedies);
}
