/** How is a sentence of the server drawn? */

import * as React from 'react';

/** The pieces of a sentence; code stands between backticks. */
export function piecesOf(sentence: string): { text: string; isCode: boolean }[] {
  return sentence
    .split('`')
    .map((text, index) => ({ text, isCode: index % 2 === 1 }))
    .filter(piece => piece.text !== '');
}

/** The sentence without its backticks, for titles and accessible names. */
export function plainTextOf(sentence: string): string {
  return sentence.replaceAll('`', '');
}

/** A sentence whose names, between backticks, are drawn as code. */
export function Sentence({ text }: { text: string }): React.ReactElement {
  return (
    <>
      {piecesOf(text).map((piece, index) =>
        piece.isCode ? <code key={index}>{piece.text}</code> : piece.text
      )}
    </>
  );
}
