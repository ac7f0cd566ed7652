/** How are sentences of the server and durations written out? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { cellClassOf, cellCodeOf, cellCountOf, cellNameOf, cellTitleOf, GONE } from './cellNames';
import type { ICellMentions } from './cellNames';

/** A piece of a sentence; the text of the kind `cell` is the id of a cell. */
export interface IPiece {
  readonly kind: 'cell' | 'code' | 'text';
  readonly text: string;
}

/** The pieces of a sentence: text between backticks is code, `[[id]]` elsewhere mentions a cell. */
export function piecesOf(sentence: string): IPiece[] {
  return sentence
    .split('`')
    .flatMap((text, index): IPiece[] =>
      index % 2 === 1
        ? [{ kind: 'code', text }]
        : text
            .split(/\[\[(.+?)\]\]/)
            .map((part, place) => ({ kind: place % 2 === 1 ? 'cell' : 'text', text: part }))
    )
    .filter(piece => piece.text !== '');
}

/** A piece as it is drawn; of a cell, all that the link to it shows. */
export type DrawnPiece =
  | { readonly kind: 'code' | 'text'; readonly text: string }
  | {
      readonly kind: 'cell';
      readonly id: string;
      readonly code: string;
      readonly count: string;
      readonly title: string;
      readonly className: string;
    };

/** The pieces of a sentence as they are drawn now; equal as long as nothing in it looks different. */
export function drawnPiecesOf(sentence: string, mentions: ICellMentions): DrawnPiece[] {
  return piecesOf(sentence).map(({ kind, text }): DrawnPiece => {
    if (kind !== 'cell') {
      return { kind, text };
    }
    const entry = mentions.entryOf(text);
    return entry
      ? {
          kind,
          id: entry.id,
          code: cellCodeOf(entry),
          count: cellCountOf(entry),
          title: cellTitleOf(entry, mentions),
          className: cellClassOf(entry)
        }
      : { kind: 'text', text: GONE };
  });
}

/** The ids of the cells that a sentence mentions. */
export function mentionedCellsOf(sentence: string): string[] {
  return [...sentence.matchAll(MENTION)].map(([, id = '']) => id);
}

const MENTION = /\[\[(.+?)\]\]/g;

/** The sentence for titles and accessible names: without backticks, except for those of cells. */
export function plainTextOf(sentence: string, mentions: ICellMentions): string {
  const texts = piecesOf(sentence).map(({ kind, text }) => {
    const entry = kind === 'cell' ? mentions.entryOf(text) : null;
    return kind === 'cell' ? (entry ? cellNameOf(entry) : GONE) : text;
  });
  return texts.join('');
}

/** A duration in words: `3 s`, `1 min 15 s`. */
export function durationOf(seconds: number, trans: TranslationBundle): string {
  const whole = Math.round(seconds);
  return whole < 60
    ? trans.__('%1 s', whole)
    : trans.__('%1 min %2 s', Math.floor(whole / 60), whole % 60);
}
