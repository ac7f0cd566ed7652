import { ReactWidget } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { RestartCheck } from '../../components/dialogs/RestartCheck';
import type { Finding, NameReport } from '../../protocol';
import { cellReport, nameReport } from '../reports';
import { entry, trans } from './drawnView';

/** What the dialog says of these names and errors: the paragraphs, and the items of the lists. */
async function said(names: NameReport[], forecast: Finding[]): Promise<string[]> {
  const byName = new Map(names.map(name => [name.name, name]));
  const ran = entry('a', 1, { report: cellReport('a', { execution_count: 3, seconds: 75 }) });
  const widget = ReactWidget.create(
    <RestartCheck
      cells={[ran, entry('b', 2)]}
      names={{ byName, leftOut: 0, isOld: false }}
      forecast={forecast}
      trans={trans}
    />
  );
  Widget.attach(widget, document.body);
  await widget.renderPromise;
  const found = [...widget.node.querySelectorAll('p, li')].map(node => node.textContent ?? '');
  widget.dispose();
  return found;
}

function lost(name: string, binder: string | null): NameReport {
  const held = { name, kind: 'instance' as const, type: 'int', module: null, version: null };
  return nameReport(name, {
    lost_by_restart: true,
    binder,
    held: { ...held, summary: null, bound_by: null }
  });
}

const finding = (cell_id: string, name: string): Finding => ({
  cell_id,
  name,
  status: 'missing',
  reason: 'no_provider',
  certain: true,
  provider: null,
  message: `\`${name}\` would not be there.`,
  line: 1
});

describe('the check before a restart', () => {
  it('says that nothing would be lost or fail', async () => {
    expect(await said([nameReport('x')], [])).toEqual([
      '1 cell has run in this kernel. It took 1 min 15 s.',
      'Nothing. The cells of the notebook define every name in the kernel.',
      'No missing names or modules found.'
    ]);
  });

  it('groups what would be lost by who bound it, and names cells by their code', async () => {
    const names = [lost('x', 'a console'), lost('y', 'a deleted cell'), lost('z', 'a console')];
    expect((await said(names, [finding('a', 'x')])).slice(1)).toEqual([
      'Defined by a deleted cell:y int',
      'Defined by a console:x intz int',
      'line of a [3]: x would not be there.'
    ]);
  });

  it('counts what is too long to read', async () => {
    const numbers = [...Array(880).keys()];
    const names = numbers.map(number => lost(`x${number}`, 'a console'));
    const [, group, ...errors] = await said(
      names,
      numbers.slice(0, 12).map(number => finding('b', `y${number}`))
    );
    expect(group).toMatch(/x9 intand 870 more$/);
    expect(errors).toHaveLength(11);
    expect(errors.at(-1)).toBe('and 2 more');
  });
});
