import { nullTranslator } from '@jupyterlab/translation';
import type { Remedy } from '../protocol';
import { remediesOfCell, remediesOfNeed, remediesOfProblem } from '../remedies';
import type { IRemedy } from '../tokens/commands';
import type { ICellEntry, IProblem } from '../tokens/models';
import { cellReport, entryOf, need, problem, remedy } from './reports';

const trans = nullTranslator.load('test');

function entry(id: string, report: Partial<NonNullable<ICellEntry['report']>>): ICellEntry {
  return entryOf(cellReport(id, report), { number: 2, firstLine: 'import os' });
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

describe('the remedies of a problem that the cell has', () => {
  const kept = need('kept', { status: 'ghost', reason: 'cell_deleted' });
  const restore = remedy('restore_cell', { cells: ['b'], names: ['kept'] });
  const atCellAndName = (one: ICellEntry, name = 'kept'): string[][] => [
    told(remediesOfCell(one, trans)),
    told(remediesOfNeed(need(name, { status: 'ghost' }), one, null, trans))
  ];

  it.each<[string, string, Partial<NonNullable<ICellEntry['report']>>, Remedy[], string[][]]>([
    [
      'are offered at the cell and at the name',
      'kept',
      { needs: [kept] },
      [restore],
      [
        ['restore-deleted-cell {"name":"kept"}: Restore Deleted Cell'],
        ['restore-deleted-cell {"name":"kept"}: Restore Deleted Cell']
      ]
    ],
    [
      'are not offered at another name',
      'other',
      { needs: [kept] },
      [restore],
      [['restore-deleted-cell {"name":"kept"}: Restore Deleted Cell'], []]
    ],
    [
      'are offered for each deleted cell, and what mends several problems once',
      'kept',
      { needs: [kept] },
      [
        restore,
        remedy('restore_cell', { cells: ['c'], names: ['x'] }),
        remedy('change_kernel', { names: ['m'] }),
        remedy('change_kernel', { names: ['n'] })
      ],
      [
        [
          'restore-deleted-cell {"name":"kept"}: Restore Deleted Cell',
          'restore-deleted-cell {"name":"x"}: Restore Deleted Cell',
          'change-kernel {}: Change Kernel…'
        ],
        ['restore-deleted-cell {"name":"kept"}: Restore Deleted Cell']
      ]
    ],
    [
      'are offered once, for the cell alone where it has them itself',
      'kept',
      { repairs: ['imports'] },
      [remedy('restore_imports', { cells: ['c', 'd'], names: ['kept'] }), remedy('change_kernel')],
      [
        [
          'restore-cell-imports {"cellId":"c"}: Restore Imports',
          'change-kernel {}: Change Kernel…'
        ],
        []
      ]
    ]
  ])('%s', (_, name, report, remedies, expected) => {
    expect(atCellAndName({ ...entry('c', report), remedies }, name)).toEqual(expected);
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

describe('the remedies of a problem', () => {
  const insert = need('np', { status: 'missing', import_code: 'import numpy as np' });
  const cells = ['b', 'c'];

  it.each<[string, Remedy, string]>([
    [
      'imports',
      remedy('restore_imports', { cells, names: ['np', 'pd'] }),
      'restore-cell-imports {"cellIds":["b","c"]}: Restore Imports'
    ],
    [
      'what several cells need',
      remedy('run_needed', { cells }),
      'run-needed-cells {"cellIds":["b","c"]}: Run Dependencies'
    ],
    [
      'what one cell needs',
      remedy('run_needed', { cells: ['c'] }),
      'run-needed-cells {"cellIds":["c"]}: Run Dependencies'
    ],
    ['stale cells', remedy('run_stale'), 'run-stale-cells {}: Run Stale Cells'],
    [
      'an import that no cell above has',
      remedy('insert_imports', { cells: ['b'], names: ['np'] }),
      'insert-imports {"cellId":"b","name":"np"}: Add “import numpy as np”'
    ],
    [
      'a deleted cell',
      remedy('restore_cell', { cells: ['b'], names: ['x', 'y'] }),
      'restore-deleted-cell {"name":"x"}: Restore Deleted Cell'
    ],
    [
      'packages',
      remedy('install', { distribution: 'numpy opencv-python' }),
      'copy-install-command {"distribution":"numpy opencv-python"}: Copy Install Command'
    ],
    ['another kernel', remedy('change_kernel'), 'change-kernel {}: Change Kernel…']
  ])('are offered for %s', (_, one, expected) => {
    const about: IProblem = {
      ...problem('missing', { remedies: [one] }),
      cells: [entry('b', { needs: [insert, need('x')] })]
    };
    expect(told(remediesOfProblem(about, trans))).toEqual([expected]);
  });
});
