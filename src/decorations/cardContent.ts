/** What does the card on an underlined name say, and what can be done there? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { piecesOf } from '../components/Sentence';
import { nameWordOf } from '../components/status';
import type { Need } from '../protocol';
import type { IRemedy } from '../tokens';
import { newButton } from './cellMark';

/** The element of the card: the name with its status, the sentence, and a button for each remedy. */
export function newCard(
  need: Need,
  remedies: readonly IRemedy[],
  mend: (remedy: IRemedy) => void,
  trans: TranslationBundle
): HTMLElement {
  const card = document.createElement('div');
  card.className = 'jp-NamespaceViz-card';
  card.setAttribute('role', 'group'); // a tooltip has no buttons
  card.setAttribute('aria-label', trans.__('About %1', need.name));
  const head = document.createElement('div');
  head.className = 'jp-NamespaceViz-cardHead';
  head.append(codeOf(need.name), ` ${nameWordOf(need.status, trans)}`);
  card.append(head);
  if (need.message !== null) {
    const message = document.createElement('p');
    message.append(
      ...piecesOf(need.message).map(({ isCode, text }) => (isCode ? codeOf(text) : text))
    );
    card.append(message);
  }
  for (const remedy of remedies) {
    card.append(
      newButton(remedy.label, () => mend(remedy)),
      ' '
    );
  }
  return card;
}

function codeOf(text: string): HTMLElement {
  const code = document.createElement('code');
  code.textContent = text;
  return code;
}
