/** How are buttons and sentences built without React? */

import type { ICellMentions } from '../appearance/cellNames';
import { drawnPiecesOf } from '../appearance/wording';
import type { DrawnPiece } from '../appearance/wording';
import { remedyKey } from '../tokens/commands';
import type { IRemedy } from '../tokens/commands';

/** A button of a mark or a card. */
export function newButton(label: string, onClick: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'jp-NamespaceViz-button';
  button.textContent = label;
  button.addEventListener('click', onClick);
  return button;
}

/**
 * The buttons of remedies in an element; that of the remedy which runs is busy.
 *
 * A button stays the same, with the focus, as long as the remedies do.
 */
export class RemedyButtons {
  constructor(
    private readonly _parent: HTMLElement,
    private readonly _fix: (remedy: IRemedy) => void
  ) {}

  /** Show these remedies, after what else is in the element. */
  setRemedies(remedies: readonly IRemedy[]): void {
    const shown = JSON.stringify(remedies);
    if (shown === this._shown) {
      return;
    }
    this._shown = shown;
    this._buttons.forEach(({ button }) => button.remove());
    this._buttons = remedies.map(remedy => {
      const key = remedyKey(remedy.command, remedy.args);
      const onClick = (): void => void (key === this._running || this._fix(remedy));
      const button = newButton(remedy.label, onClick);
      button.title = remedy.ariaLabel; // also where the line is too short for the label
      return { button, key };
    });
    this._parent.append(...this._buttons.map(({ button }) => button));
    this._update();
  }

  /** Set which remedy runs now, as `runningRemedy` of the model. */
  setRunning(running: string | null): void {
    this._running = running;
    this._update();
  }

  private _update(): void {
    for (const { button, key } of this._buttons) {
      const isRunning = String(key === this._running);
      button.setAttribute('aria-busy', isRunning);
      // Not `disabled`, which would take the focus away while it runs.
      button.setAttribute('aria-disabled', isRunning);
    }
  }

  private _buttons: { button: HTMLElement; key: string }[] = [];
  private _running: string | null = null;
  private _shown = '[]';
}

/** A sentence of the server in an element, which is drawn again when it looks different. */
export class SentenceElement {
  constructor(
    readonly node: HTMLElement,
    private readonly _mentions: ICellMentions
  ) {}

  /** Show a sentence: code, and links to the cells that it mentions; or nothing. */
  setSentence(sentence: string | null): void {
    const pieces = sentence === null ? [] : drawnPiecesOf(sentence, this._mentions);
    const shown = JSON.stringify(pieces);
    if (shown !== this._shown) {
      this._shown = shown;
      this.node.replaceChildren(...pieces.map(piece => nodeOf(piece, this._mentions)));
    }
  }

  private _shown = '[]';
}

function nodeOf(piece: DrawnPiece, { goToCell }: ICellMentions): HTMLElement | string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'code':
      return codeElementOf(piece.text);
    case 'cell': {
      const link = newButton('', () => goToCell?.(piece.id));
      link.className = `jp-NamespaceViz-link ${piece.className}`;
      link.title = piece.title;
      link.append(codeElementOf(piece.code), piece.count);
      return link;
    }
  }
}

/** A text as code. */
export function codeElementOf(text: string): HTMLElement {
  const code = document.createElement('code');
  code.textContent = text;
  return code;
}
