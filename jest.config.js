const jupyterlab = require('@jupyterlab/testing/lib/jest-config')(__dirname);

// Packages that ship only as ES modules, besides those JupyterLab lists itself.
const esModules = ['@jupyterlab/', '@tanstack'];

module.exports = {
  ...jupyterlab,
  reporters: ['default'],
  roots: ['<rootDir>/src'],
  testRegex: 'src/__tests__/.*\\.spec\\.tsx?$',
  transformIgnorePatterns: jupyterlab.transformIgnorePatterns.map(pattern =>
    pattern.replace('(?!', `(?!${esModules.join('|')}|`)
  )
};
