const jupyterlab = require('@jupyterlab/testing/lib/jest-config')(__dirname);

// Packages that ship only as ES modules, besides those JupyterLab lists itself.
const esModules = ['@jupyterlab/', '@tanstack'];

module.exports = {
  ...jupyterlab,
  // The example of another extension imports us by name.
  moduleNameMapper: {
    ...jupyterlab.moduleNameMapper,
    '^jupyter-namespace-viz$': '<rootDir>/src/index.ts'
  },
  reporters: ['default'],
  roots: ['<rootDir>/src'],
  testRegex: 'src/__tests__/.*\\.spec\\.tsx?$',
  transformIgnorePatterns: jupyterlab.transformIgnorePatterns.map(pattern =>
    pattern.replace('(?!', `(?!${esModules.join('|')}|`)
  )
};
