/** What does the card on an underlined name show? */

import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { nameWordOf } from '../appearance/nameAppearance';
import type { Need } from '../protocol';
import { remediesOfNeed } from '../remedies';
import { codeElementOf, RemedyButtons, SentenceElement } from './htmlElements';
import { mentionsIn } from './decoration';
import type { IDecorationOptions } from './decoration';

/** The name with its status, the sentence, a button for each remedy; up to date until it is disposed. */
export class NameCard implements IDisposable {
  constructor(
    private readonly _need: Need,
    private readonly _cellId: string,
    private readonly _options: IDecorationOptions
  ) {
    const { fix, model, owner, trans } = _options;
    this.node.className = 'jp-NamespaceViz-card';
    this.node.setAttribute('role', 'group'); // a tooltip has no buttons
    this.node.setAttribute('aria-label', trans.__('About %1', _need.name));
    if (owner !== null) {
      const caption = document.createElement('div');
      caption.className = 'jp-NamespaceViz-cardCaption';
      caption.textContent = owner;
      this.node.append(caption);
    }
    const head = document.createElement('div');
    head.className = 'jp-NamespaceViz-cardHead';
    head.append(codeElementOf(_need.name), ` ${nameWordOf(_need.status, trans)}`);
    this._sentence = new SentenceElement(document.createElement('p'), mentionsIn(_options));
    const actions = document.createElement('div');
    actions.className = 'jp-NamespaceViz-actions';
    this._buttons = new RemedyButtons(actions, fix);
    this.node.append(head, this._sentence.node, actions);
    model.stateChanged.connect(this._update, this);
    this._update();
  }

  readonly node = document.createElement('div');

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  private _update(): void {
    const { model, trans } = this._options;
    const entry = model.entryOf(this._cellId);
    const provider = model.entryOf(this._need.provider);
    this._sentence.node.hidden = this._need.message === null;
    this._sentence.setSentence(this._need.message);
    this._buttons.setRemedies(entry ? remediesOfNeed(this._need, entry, provider, trans) : []);
    this._buttons.setRunning(model.runningRemedy);
  }

  private readonly _buttons: RemedyButtons;
  private _isDisposed = false;
  private readonly _sentence: SentenceElement;
}
