/** Where are the servers of the browser tests? */

const port = Number(process.env.JUPYTER_TEST_PORT ?? '8899');

/** JupyterLab as users have it, but without a token. */
export const SERVER = `http://127.0.0.1:${port}`;

/** One that asks for `TOKEN`. */
export const TOKEN_SERVER = `http://127.0.0.1:${port + 1}`;
export const TOKEN = 'a-token-of-the-tests';

/** One where only the panel is installed, and the server extension is not enabled. */
export const BARE_SERVER = `http://127.0.0.1:${port + 2}`;
