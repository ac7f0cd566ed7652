/** What would a plan run? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Planned, Step } from '../../protocol';
import type { ICellEntry } from '../../tokens/models';
import { countOf } from '../../appearance/cellNames';
import { durationOf } from '../../appearance/wording';
import { MentionedCells } from '../elements/CellLink';
import { StatusIcon } from '../elements/StatusIcon';
import { Sentence } from '../elements/Sentence';

export interface IPlanStepsProps {
  planned: Planned;
  cells: readonly ICellEntry[];
  trans: TranslationBundle;
}

/** The steps of a plan in order, each with the code of its cell, and what it cannot bring back. */
export function PlanSteps({ cells, planned, trans }: IPlanStepsProps): React.ReactElement {
  const entries = new Map(cells.map(entry => [entry.id, entry]));
  return (
    <MentionedCells cells={cells} trans={trans}>
      <div className="jp-NamespaceViz-plan">
        {planned.steps.length > 0 && (
          <ol
            className="jp-NamespaceViz-steps"
            aria-label={trans.__('What will run, in this order')}
          >
            {planned.steps.map((step, index) => (
              <PlanStep key={index} step={step} entry={entries.get(step.cell_id)} trans={trans} />
            ))}
          </ol>
        )}
        {planned.unresolved.length > 0 && (
          <section className="jp-NamespaceViz-unresolved">
            <h4>{trans.__('Still missing afterwards')}</h4>
            <ul aria-label={trans.__('Still missing afterwards')}>
              {withSameReason(planned.unresolved).map(([{ name, reason }, ...others]) => (
                <li key={name}>
                  <Sentence
                    text={reason.includes(`\`${name}\``) ? reason : `\`${name}\`: ${reason}`}
                  />
                  {others.length > 0 && (
                    <>
                      {' '}
                      <Sentence text={likewise(others, trans)} />
                    </>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </MentionedCells>
  );
}

type Unresolved = Planned['unresolved'][number];

/** The names grouped by their reasons, which differ in the name alone. */
function withSameReason(unresolved: readonly Unresolved[]): [Unresolved, ...Unresolved[]][] {
  const groups = new Map<string, [Unresolved, ...Unresolved[]]>();
  for (const one of unresolved) {
    const reason = one.reason.replaceAll(`\`${one.name}\``, '`');
    const group = groups.get(reason);
    if (group) {
      group.push(one);
    } else {
      groups.set(reason, [one]);
    }
  }
  return [...groups.values()];
}

/** The sentence for the names that have the reason of another. */
function likewise(names: readonly Unresolved[], trans: TranslationBundle): string {
  return trans.__('The same is true of %1.', names.map(({ name }) => `\`${name}\``).join(', '));
}

interface IPlanStepProps {
  step: Step;
  entry: ICellEntry | undefined;
  trans: TranslationBundle;
}

function PlanStep({ entry, step, trans }: IPlanStepProps): React.ReactElement {
  const { code, effects, why } = step;
  return (
    <li className="jp-NamespaceViz-step">
      <div className="jp-NamespaceViz-stepCode">
        <span className="jp-NamespaceViz-stepCount">{(entry && countOf(entry)) || '[ ]'}</span>
        <pre className="jp-NamespaceViz-code">{code ?? entry?.firstLine}</pre>
        {code !== null && (
          <span className="jp-NamespaceViz-stepPart">{trans.__('import only')}</span>
        )}
      </div>
      <div className="jp-NamespaceViz-why">
        <Sentence text={why} />
        {code === null && lastTime(entry, trans)}
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
  );
}

/** How long the cell took last time, if that was at least a second. */
function lastTime(entry: ICellEntry | undefined, trans: TranslationBundle): string {
  const seconds = entry?.report?.seconds ?? 0;
  return seconds < 1 ? '' : ` ${trans.__('It took %1 last time.', durationOf(seconds, trans))}`;
}
