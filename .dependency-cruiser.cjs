/**
 * Every arrow points down: a file imports only what stands in a row below its own,
 * and never a neighbour in its row. A new noun needs a place here.
 */
const rows = [
  ['index'],
  ['panel', 'problemCount', 'decorations', 'commands', 'afterRestart', 'eachNotebook'],
  ['graph'],
  ['components'],
  ['remedies'],
  ['model', 'connection'],
  ['tokens'],
  ['protocol']
];

/** What a noun may not see although it stands lower: only `index` knows the wire. */
const hidden = {
  panel: ['connection'],
  problemCount: ['connection'],
  decorations: ['connection'],
  commands: ['connection'],
  afterRestart: ['connection'],
  components: ['connection'],
  graph: ['connection']
};

/** Where the code of these nouns is: `noun.ts`, `noun.tsx` or the folder `noun/`. */
const placesOf = nouns => `^src/(${nouns.join('|')})(\\.tsx?$|/)`;

const arrows = rows.flatMap((row, depth) =>
  row.map(noun => {
    const below = rows.slice(depth + 1).flat();
    const visible = below.filter(other => !hidden[noun]?.includes(other));
    return {
      name: `arrows-of-${noun}`,
      severity: 'error',
      from: { path: placesOf([noun]) },
      to: { path: '^src/', pathNot: placesOf([noun, ...visible]) }
    };
  })
);

module.exports = {
  forbidden: [
    ...arrows,
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-homeless-file',
      severity: 'error',
      from: { path: '^src/', pathNot: [placesOf(rows.flat()), '^src/__tests__/'] },
      to: {}
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.svg$' },
    tsConfig: { fileName: 'tsconfig.test.json' },
    tsPreCompilationDeps: true // type-only imports count
  }
};
