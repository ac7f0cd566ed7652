import { ReactWidget } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { PlanSteps } from '../../components/dialogs/PlanSteps';
import { cellReport } from '../reports';
import { entry, trans } from './drawnView';

describe('a plan', () => {
  it('lists what runs, in order, and what it does not bring back', async () => {
    const planned = {
      kind: 'planned' as const,
      generation: 1,
      request_id: 'r',
      steps: [
        {
          cell_id: 'a',
          code: 'import os',
          names: ['os'],
          why: 'Cell 2 needs `os`.',
          effects: []
        },
        {
          cell_id: 'b',
          code: null,
          names: ['x', 'y'],
          why: 'Cell 3 needs `x`.',
          effects: ['Writes files: `x.to_csv`']
        }
      ],
      unresolved: [
        { name: 'z', reason: 'No cell defines `z`.' },
        { name: 'w', reason: 'No cell defines it.' },
        { name: 'o', reason: 'No cell defines `o`.' },
        { name: 'p', reason: 'No cell defines `p`.' }
      ]
    };
    const slow = entry('b', 2, { report: cellReport('b', { seconds: 75.2, execution_count: 7 }) });
    const widget = ReactWidget.create(
      <PlanSteps planned={planned} cells={[entry('a', 1), slow]} trans={trans} />
    );
    Widget.attach(widget, document.body);
    await widget.renderPromise;
    const steps = [...widget.node.querySelectorAll('ol > li')].map(step => step.textContent);
    expect(steps).toEqual([
      '[ ]import osimport onlyCell 2 needs os.',
      '[7]line of bCell 3 needs x. It took 1 min 15 s last time.Writes files: x.to_csv'
    ]);
    const lost = [...widget.node.querySelectorAll('section li')].map(item => item.textContent);
    expect(lost).toEqual([
      'No cell defines z. The same is true of o, p.',
      'w: No cell defines it.'
    ]);
    widget.dispose();
  });
});
