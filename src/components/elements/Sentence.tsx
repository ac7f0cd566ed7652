/** How is a sentence of the server drawn? */

import * as React from 'react';
import { piecesOf } from '../../appearance/wording';

/** A sentence; text between backticks is drawn as code. */
export function Sentence({ text }: { text: string }): React.ReactElement {
  return (
    <>
      {piecesOf(text).map((piece, index) =>
        piece.isCode ? <code key={index}>{piece.text}</code> : piece.text
      )}
    </>
  );
}
