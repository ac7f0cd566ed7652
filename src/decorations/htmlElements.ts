/** How are buttons and sentences built without React? */

import { cellClassOf, cellCodeOf, cellCountOf, cellTitleOf, GONE } from '../appearance/cellNames';
import type { ICellMentions } from '../appearance/cellNames';
import { piecesOf } from '../appearance/wording';
import type { ICellEntry } from '../tokens/models';

/** A button of a mark or a card. */
export function newButton(label: string, onClick: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'jp-NamespaceViz-button';
  button.textContent = label;
  button.addEventListener('click', onClick);
  return button;
}

/** The nodes of a sentence of the server: code, and links to the cells that it mentions. */
export function sentenceNodesOf(
  sentence: string,
  mentions: ICellMentions
): (HTMLElement | string)[] {
  return piecesOf(sentence).map(({ kind, text }) => {
    if (kind === 'code') {
      return codeElementOf(text);
    }
    const entry = kind === 'cell' ? mentions.entryOf(text) : null;
    return entry ? newCellLink(entry, mentions) : kind === 'cell' ? GONE : text;
  });
}

/** A link to a cell: its code, and its count in this kernel. */
function newCellLink(entry: ICellEntry, mentions: ICellMentions): HTMLElement {
  const link = newButton('', () => mentions.goToCell?.(entry.id));
  link.className = `jp-NamespaceViz-link ${cellClassOf(entry)}`;
  link.title = cellTitleOf(entry, mentions);
  link.append(codeElementOf(cellCodeOf(entry)), cellCountOf(entry));
  return link;
}

/** A text as code. */
export function codeElementOf(text: string): HTMLElement {
  const code = document.createElement('code');
  code.textContent = text;
  return code;
}
