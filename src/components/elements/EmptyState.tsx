/** What does the panel show when it has no cells to show? */

import * as React from 'react';
import { Sentence } from './Sentence';

export interface IEmptyStateProps {
  title: string;
  text?: string;
  /** A line to copy into a terminal. */
  commandLine?: string;
  /** What to do where that does not help. */
  otherwise?: { text: string; commandLine: string };
  action?: { label: string; onClick: () => void };
}

/** A page with a title, an explanation and an action. */
export function EmptyState({
  action,
  commandLine,
  otherwise,
  text,
  title
}: IEmptyStateProps): React.ReactElement {
  return (
    <div className="jp-NamespaceViz-empty" role="status">
      <h3 className="jp-NamespaceViz-emptyTitle">{title}</h3>
      {text !== undefined && (
        <p>
          <Sentence text={text} />
        </p>
      )}
      {commandLine !== undefined && (
        <pre className="jp-NamespaceViz-commandLine">{commandLine}</pre>
      )}
      {otherwise && (
        <>
          <p>{otherwise.text}</p>
          <pre className="jp-NamespaceViz-commandLine">{otherwise.commandLine}</pre>
        </>
      )}
      {action && (
        <button type="button" className="jp-NamespaceViz-button" onClick={action.onClick}>
          {action.label}
        </button>
      )}
    </div>
  );
}
