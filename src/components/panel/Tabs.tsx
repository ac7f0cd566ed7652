/** How does the user choose a view? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { VIEWS } from '../../tokens/commands';
import type { ViewName } from '../../tokens/commands';
import { keyAlong } from '../elements/direction';

export interface ITabsProps {
  view: ViewName;
  chooseView: (view: ViewName) => void;
  /** The number on the tab of the problems. */
  problemCount: number;
  trans: TranslationBundle;
  /** The chosen view. */
  children: React.ReactNode;
}

/** The tabs and the chosen view; the arrow keys, Home and End move between tabs. */
export function Tabs(props: ITabsProps): React.ReactElement {
  const { children, chooseView, problemCount, trans, view } = props;
  const tabs = React.useRef<HTMLDivElement>(null);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const next = nextView(keyAlong(event), view);
    if (next) {
      event.preventDefault();
      chooseView(next);
      tabs.current?.querySelector<HTMLElement>(`[data-view=${next}]`)?.focus();
    }
  };
  return (
    <>
      <div
        ref={tabs}
        className="jp-NamespaceViz-tabs"
        role="tablist"
        aria-label={trans.__('Views')}
        onKeyDown={onKeyDown}
      >
        {VIEWS.map(one => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`jp-NamespaceViz-tab-${one}`}
            className="jp-NamespaceViz-tab"
            data-view={one}
            aria-selected={one === view}
            aria-controls="jp-NamespaceViz-view"
            tabIndex={one === view ? 0 : -1}
            onClick={() => chooseView(one)}
          >
            {titleOf(one, trans)}
            {one === 'problems' && problemCount > 0 && (
              <span className="jp-NamespaceViz-badge">{problemCount}</span>
            )}
          </button>
        ))}
      </div>
      <div
        className="jp-NamespaceViz-view"
        role="tabpanel"
        id="jp-NamespaceViz-view"
        aria-labelledby={`jp-NamespaceViz-tab-${view}`}
      >
        {children}
      </div>
    </>
  );
}

function titleOf(view: ViewName, trans: TranslationBundle): string {
  switch (view) {
    case 'cells':
      return trans.__('Cells');
    case 'names':
      return trans.__('Names');
    case 'imports':
      return trans.__('Imports');
    case 'problems':
      return trans.__('Problems');
    default:
      return unknownView(view);
  }
}

function nextView(key: string, view: ViewName): ViewName | undefined {
  const index = VIEWS.indexOf(view);
  switch (key) {
    case 'ArrowRight':
      return VIEWS[(index + 1) % VIEWS.length];
    case 'ArrowLeft':
      return VIEWS.at(index - 1);
    case 'Home':
      return VIEWS[0];
    case 'End':
      return VIEWS.at(-1);
    default:
      return undefined;
  }
}

function unknownView(view: never): never {
  throw new Error(`Unknown view ${JSON.stringify(view)}`);
}
