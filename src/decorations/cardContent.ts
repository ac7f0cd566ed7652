/** What does the card on an underlined name show? */

import type { ICellMentions } from '../appearance/cellNames';
import { nameWordOf } from '../appearance/nameAppearance';
import type { Need } from '../protocol';
import type { IRemedy } from '../tokens/commands';
import { codeElementOf, newButton, sentenceNodesOf } from './htmlElements';
import type { IDecorationOptions } from './options';

export interface ICardOptions extends Pick<IDecorationOptions, 'fix' | 'owner'> {
  mentions: ICellMentions;
}

/** The element of the card: the name with its status, the sentence, a button for each remedy. */
export function newCardContent(
  need: Need,
  remedies: readonly IRemedy[],
  { fix, mentions, owner }: ICardOptions
): HTMLElement {
  const { trans } = mentions;
  const card = document.createElement('div');
  card.className = 'jp-NamespaceViz-card';
  card.setAttribute('role', 'group'); // a tooltip has no buttons
  card.setAttribute('aria-label', trans.__('About %1', need.name));
  if (owner !== null) {
    const caption = document.createElement('div');
    caption.className = 'jp-NamespaceViz-cardCaption';
    caption.textContent = owner;
    card.append(caption);
  }
  const head = document.createElement('div');
  head.className = 'jp-NamespaceViz-cardHead';
  head.append(codeElementOf(need.name), ` ${nameWordOf(need.status, trans)}`);
  card.append(head);
  if (need.message !== null) {
    const message = document.createElement('p');
    message.append(...sentenceNodesOf(need.message, mentions));
    card.append(message);
  }
  for (const remedy of remedies) {
    card.append(
      newButton(remedy.label, () => fix(remedy)),
      ' '
    );
  }
  return card;
}
