import { nullTranslator } from '@jupyterlab/translation';
import type { NameReport } from '../protocol';
import { remediesOfCell, remediesOfNeed, remediesOfProblem } from '../remedies';
import type { IRemedy } from '../tokens/commands';
import type { ICellEntry, IProblem } from '../tokens/models';
import { cellReport, entryOf, nameReport, need } from './reports';

const trans = nullTranslator.load('test');

function entry(id: string, report: Partial<NonNullable<ICellEntry['report']>>): ICellEntry {
  return entryOf(cellReport(id, report), { number: 2 });
}

/** `command {args}: label`, without what all commands begin with. */
function told(remedies: readonly IRemedy[]): string[] {
  return remedies.map(({ args, command, label }) => {
    const name = command.replace('jupyter-namespace-viz:', '');
    return `${name} ${JSON.stringify(args)}: ${label}`;
  });
}

describe('the remedies of a cell', () => {
  const insert = need('np', { status: 'missing', import_code: 'import numpy as np' });

  it.each([
    ['nothing is wrong', {}, []],
    [
      'an import can be restored, or all that it needs can run',
      { repairs: ['cells' as const, 'imports' as const] },
      [
        'restore-cell-imports {"cellId":"c"}: Restore Imports',
        'run-needed-cells {"cellId":"c"}: Run Dependencies'
      ]
    ],
    [
      'no cell above has the import',
      { needs: [insert, need('x')] },
      ['insert-imports {"cellId":"c"}: Add “import numpy as np”']
    ],
    [
      'several are missing, one of them twice',
      { needs: [insert, insert, need('re', { import_code: 'import re\nimport os' })] },
      ['insert-imports {"cellId":"c"}: Add 3 Imports']
    ],
    [
      'two modules are not installed',
      {
        needs: ['PyYAML', 'opencv-python', 'PyYAML'].map(distribution =>
          need('m', { status: 'not_installed' as const, distribution })
        )
      },
      ['copy-install-command {"distribution":"PyYAML opencv-python"}: Copy Install Command']
    ],
    [
      'only a function that is called later would read it',
      { needs: [{ ...insert, phase: 'deferred' as const }] },
      []
    ]
  ])('when %s', (_, report, expected) => {
    expect(told(remediesOfCell(entry('c', report), trans))).toEqual(expected);
  });
});

describe('the remedies of a name', () => {
  const provider = entryOf(cellReport('p', { execution_count: 3 }), { firstLine: 'x = 1' });

  it('are those of the name, and the way to the cell that provides it', () => {
    const x = need('x', { status: 'missing', provider: 'p' });
    const cell = entry('c', { repairs: ['cells', 'imports'], needs: [x] });
    expect(told(remediesOfNeed(x, cell, provider, trans))).toEqual([
      'run-needed-cells {"cellId":"c"}: Run Dependencies',
      'go-to-cell {"cellId":"p"}: Go to “x = 1 [3]”'
    ]);
  });

  it('are only the way there where the name is stale', () => {
    const x = need('x', { status: 'stale', provider: 'p' });
    const cell = entry('c', { repairs: ['cells'], needs: [x] });
    expect(told(remediesOfNeed(x, cell, provider, trans))).toEqual([
      'go-to-cell {"cellId":"p"}: Go to “x = 1 [3]”'
    ]);
  });
});

describe('the remedy of a problem', () => {
  const problem = (rest: Partial<IProblem>): IProblem => ({
    key: 'k',
    kind: 'missing',
    names: ['x'],
    message: '',
    cells: [],
    ...rest
  });
  const ghost: NameReport = nameReport('x', { status: 'ghost', lost_source: 'x = 1' });
  const absent = need('cv2', { status: 'not_installed', distribution: 'opencv-python' });

  it.each([
    ['stale cells', problem({ kind: 'stale' }), null, ['run-stale-cells {}: Run Stale Cells']],
    [
      'a module of which the distribution is known',
      problem({
        kind: 'not-installed',
        names: ['cv2'],
        cells: [entry('c', { needs: [absent] })]
      }),
      null,
      ['copy-install-command {"distribution":"opencv-python"}: Copy Install Command']
    ],
    [
      'a module of which it is not',
      problem({
        kind: 'not-installed',
        names: ['cv2'],
        cells: [entry('c', { needs: [{ ...absent, distribution: null }] })]
      }),
      null,
      []
    ],
    [
      'a name of a deleted cell',
      problem({ kind: 'ghost' }),
      { byName: new Map([['x', ghost]]), leftOut: 0 },
      ['restore-deleted-cell {"name":"x"}: Restore Deleted Cell']
    ],
    ['a name that only the kernel has', problem({ kind: 'ghost' }), null, []],
    [
      'a missing name that two cells need, of which the second can be fixed',
      problem({
        cells: [
          entry('b', { needs: [need('x')] }),
          entry('c', { needs: [need('x')], repairs: ['cells', 'imports'] })
        ]
      }),
      null,
      ['run-needed-cells {"cellId":"c"}: Run Dependencies']
    ],
    ['what a restart would break', problem({ kind: 'restart' }), null, []]
  ])('for %s', (_, about, names, expected) => {
    expect(told(remediesOfProblem(about, names, trans))).toEqual(expected);
  });
});
