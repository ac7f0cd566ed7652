/** How is the panel built, apart from what JupyterLab's builder sets? */

// The builder's numbers for modules depend on the folder: the same sources would make other files.
module.exports = { optimization: { moduleIds: 'named' } };
