/** How is a sentence of the server drawn? */

import * as React from 'react';
import { GONE } from '../../appearance/cellNames';
import { piecesOf } from '../../appearance/wording';
import { CellLink, useMentions } from './CellLink';

export interface ISentenceProps {
  text: string;
  /** That of the links to cells. */
  tabIndex?: number;
}

/** A sentence; text between backticks is drawn as code, a mentioned cell as a link to it. */
export function Sentence({ tabIndex, text }: ISentenceProps): React.ReactElement {
  const { entryOf } = useMentions();
  return (
    <>
      {piecesOf(text).map(({ kind, text: piece }, index) => {
        if (kind === 'code') {
          return <code key={index}>{piece}</code>;
        }
        const entry = kind === 'cell' ? entryOf(piece) : null;
        if (entry) {
          return <CellLink key={index} entry={entry} tabIndex={tabIndex} />;
        }
        return kind === 'cell' ? GONE : piece;
      })}
    </>
  );
}
