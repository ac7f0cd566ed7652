/** How does the user search in the graph? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

export interface ISearchBoxProps {
  text: string;
  /** How many cells are found, and the position of the current one, counting from 0. */
  count: number;
  position: number;
  trans: TranslationBundle;
  setText: (text: string) => void;
  /** Go on by this many found cells. */
  goOn: (step: number) => void;
}

/** A box: Enter goes to the next cell that is found, with Shift to the one before, Escape clears. */
export function SearchBox(props: ISearchBoxProps): React.ReactElement {
  const { count, goOn, position, setText, text, trans } = props;
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      goOn(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      event.stopPropagation();
      setText('');
    }
  };
  const note = count > 0 ? trans.__('%1 of %2', position + 1, count) : trans.__('Not found');
  return (
    <span className="jp-NamespaceViz-search" role="search">
      <input
        type="search"
        className="jp-mod-styled"
        aria-label={trans.__('Find names and cells')}
        placeholder={trans.__('Find names and cells')}
        value={text}
        spellCheck={false}
        onChange={event => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="jp-NamespaceViz-graphNote" role="status">
        {text.trim() === '' ? '' : note}
      </span>
    </span>
  );
}
