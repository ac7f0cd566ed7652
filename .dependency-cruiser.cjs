/**
 * Every arrow points down. A file imports only from rows below its own row, and never from a
 * neighbour in its own row. A new file or folder needs an entry here.
 */

/** The rooms of `src/`. */
const rooms = [
  ['index'],
  ['plugins'],
  ['commands', 'decorations', 'widgets'],
  ['graph'],
  ['components'],
  ['remedies'],
  ['appearance'],
  ['model', 'connection'],
  ['tokens'],
  ['protocol']
];

/** What a room must not see although it is below: only `plugins` puts the parts together. */
const hidden = {
  index: [
    'appearance',
    'commands',
    'components',
    'connection',
    'decorations',
    'graph',
    'model',
    'remedies',
    'widgets'
  ],
  commands: ['connection'],
  decorations: ['components', 'connection'],
  widgets: ['connection'],
  appearance: ['connection', 'model'],
  components: ['connection'],
  graph: ['connection'],
  remedies: ['connection', 'model']
};

/** The rows inside the larger rooms. */
const inside = {
  'tokens/': [['models'], ['commands', 'connection', 'visibility']],
  'components/': [['panel'], ['views'], ['cells', 'dialogs'], ['names'], ['elements']],
  'decorations/': [
    [
      'cellMenu',
      'freshKernelLine',
      'hiddenNotebooks',
      'minimap',
      'notebookMarks',
      'notebookUnderlines',
      'oldCounts'
    ],
    ['cardContent', 'cellMark', 'updateQueue', 'underlineExtension'],
    ['hoverCards'],
    ['decoration', 'htmlElements', 'nameRanges']
  ],
  'appearance/': [
    ['icons', 'nameAppearance', 'problemAppearance'],
    ['cellAppearance', 'svg', 'wording'],
    ['cellNames'],
    ['shortened']
  ],
  'connection/': [['connection'], ['heartbeat', 'serverMessages']],
  'model/': [
    ['models'],
    ['notebookModel'],
    ['notebookChanges'],
    ['typing'],
    [
      'cellsInFlight',
      'kernelSearch',
      'pendingPlans',
      'receivedReports',
      'relatedCells',
      'sentRevisions',
      'updates',
      'watchers'
    ],
    ['cells', 'problems'],
    ['modelState']
  ],
  'commands/': [
    ['register'],
    ['planCommands'],
    ['confirmPlan', 'restartKernel', 'restoreAfterRestart', 'showGraph', 'showPanel'],
    ['insertText', 'notebookCommand', 'runPlan'],
    ['details', 'revealCell', 'toasts']
  ],
  'plugins/': [
    [
      'commands',
      'graph',
      'marks',
      'minimap',
      'models',
      'panel',
      'restoreImports',
      'status',
      'underlines',
      'visibility'
    ],
    ['decorateNotebooks'],
    ['execute', 'perNotebook'],
    ['pluginIds'],
    ['settings']
  ],
  'widgets/': [['namespacePanel', 'problemStatusItem', 'tabBadge', 'toastInset'], ['problemCount']],
  'graph/': [
    ['graphPanel'],
    ['GraphView'],
    ['GraphBar', 'Stage'],
    ['Drawing', 'SearchBox', 'exportGraph', 'scrolling'],
    ['NodeBox'],
    ['labels', 'layout', 'related', 'search'],
    ['shape'],
    ['sections']
  ]
};

/** Where the code is: the file `name.ts`, the file `name.tsx` or the folder `name/`. */
const pathsOf = (folder, names) => `^src/${folder}(${names.join('|')})(\\.d\\.ts|\\.tsx?$|/)`;

/** One rule for each name in the rows of one folder. */
const rulesOf = (folder, rows) => [
  ...rows.flatMap((row, depth) =>
    row.map(name => {
      const below = rows.slice(depth + 1).flat();
      const visible = below.filter(other => folder !== '' || !hidden[name]?.includes(other));
      return {
        name: `arrows-of-${folder}${name}`,
        severity: 'error',
        from: { path: pathsOf(folder, [name]) },
        to: { path: `^src/${folder}`, pathNot: pathsOf(folder, [name, ...visible]) }
      };
    })
  ),
  {
    name: `no-homeless-file-in-src/${folder}`,
    severity: 'error',
    from: { path: `^src/${folder}`, pathNot: [pathsOf(folder, rows.flat()), '^src/__tests__/'] },
    to: {}
  }
];

module.exports = {
  forbidden: [
    ...rulesOf('', rooms),
    ...Object.entries(inside).flatMap(([folder, rows]) => rulesOf(folder, rows)),
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.svg$' },
    tsConfig: { fileName: 'tsconfig.test.json' },
    tsPreCompilationDeps: true // type-only imports count
  }
};
