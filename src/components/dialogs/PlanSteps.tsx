/** What would a plan run? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Planned } from '../../protocol';
import type { ICellEntry } from '../../tokens/models';
import { durationOf } from '../../appearance/wording';
import { MentionedCells } from '../elements/CellLink';
import { StatusIcon } from '../elements/StatusIcon';
import { Sentence } from '../elements/Sentence';

export interface IPlanStepsProps {
  planned: Planned;
  cells: readonly ICellEntry[];
  trans: TranslationBundle;
}

/** The steps of a plan in order, and the names that it cannot restore. */
export function PlanSteps({ cells, planned, trans }: IPlanStepsProps): React.ReactElement {
  const entries = new Map(cells.map(entry => [entry.id, entry]));
  return (
    <MentionedCells cells={cells} trans={trans}>
      <div className="jp-NamespaceViz-plan">
        {planned.steps.length > 0 && (
          <ol className="jp-NamespaceViz-steps" aria-label={trans.__('What runs, in this order')}>
            {planned.steps.map(({ cell_id, code, effects, names, why }, index) => (
              <li key={index} className="jp-NamespaceViz-step">
                <div className="jp-NamespaceViz-stepTitle">
                  {stepTitle(entries.get(cell_id), code !== null, trans)}
                  <span className="jp-NamespaceViz-stepNames">
                    {names.map(name => (
                      <span key={name} className="jp-NamespaceViz-chip">
                        {name}
                      </span>
                    ))}
                  </span>
                </div>
                <pre className="jp-NamespaceViz-code">
                  {code ?? entries.get(cell_id)?.firstLine}
                </pre>
                <div className="jp-NamespaceViz-why">
                  <Sentence text={why} />
                  {code === null && lastTime(entries.get(cell_id), trans)}
                </div>
                {effects.map(effect => (
                  <div key={effect} className="jp-NamespaceViz-effect">
                    <StatusIcon appearance="at-risk" />
                    <span>
                      <Sentence text={effect} />
                    </span>
                  </div>
                ))}
              </li>
            ))}
          </ol>
        )}
        {planned.unresolved.length > 0 && (
          <section className="jp-NamespaceViz-unresolved">
            <h4>{trans.__('This does not bring back')}</h4>
            <ul>
              {planned.unresolved.map(({ name, reason }) => (
                <li key={name}>
                  <Sentence
                    text={reason.includes(`\`${name}\``) ? reason : `\`${name}\`: ${reason}`}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </MentionedCells>
  );
}

/** How long the cell took last time, if that was at least a second. */
function lastTime(entry: ICellEntry | undefined, trans: TranslationBundle): string {
  const seconds = entry?.report?.seconds ?? 0;
  return seconds < 1 ? '' : ` ${trans.__('It took %1 last time.', durationOf(seconds, trans))}`;
}

function stepTitle(
  entry: ICellEntry | undefined,
  isPart: boolean,
  trans: TranslationBundle
): string {
  const number = entry?.number ?? '?';
  return isPart ? trans.__('From cell %1', number) : trans.__('Cell %1', number);
}
