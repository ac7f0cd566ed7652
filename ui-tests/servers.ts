/** Where are the servers of the browser tests, and how is one started? */
import { delimiter, join } from 'node:path';

const port = Number(process.env.JUPYTER_TEST_PORT ?? '8899');

/** JupyterLab as users have it, but without a token. */
export const SERVER = `http://127.0.0.1:${port}`;

/**
 * One as a hub starts it, below a base URL and asking for `TOKEN`; it soon takes a kernel that does
 * not answer for silent. Addresses on it are relative: `lab`, not `/lab`.
 */
export const TOKEN_SERVER = `http://127.0.0.1:${port + 1}/user/ann/`;
export const TOKEN = 'a-token-of-the-tests';

/** One where only the panel is installed, and the server extension is not enabled. */
export const BARE_SERVER = `http://127.0.0.1:${port + 2}`;

/** One that a story starts and kills by itself. */
export const MORTAL_SERVER = `http://127.0.0.1:${port + 3}`;

/** One with jupyter-collaboration, which needs an environment of its own. */
export const SHARED_SERVER = `http://127.0.0.1:${port + 4}`;

/** How a server is started. */
export interface IServerStart {
  /** For a shell, whose process becomes the server's. */
  command: string;
  /** To be there, and empty, before the first start. */
  home: string;
  env: Record<string, string>;
}

/**
 * How to start a server at `url` with a home of its own; what it says is added to a file beside.
 *
 * It is JupyterLab of `environment`, a folder of the project, else the one that is on the path.
 */
export function startOf(
  name: string,
  url: string,
  options = '',
  environment: string | null = null
): IServerStart {
  const home = join(__dirname, '.jupyter', name);
  const { pathname, port } = new URL(url);
  const config =
    '--config jupyter_server_test_config.py ' +
    `--ServerApp.port=${port} --ServerApp.base_url=${pathname}`;
  const bin = environment === null ? [] : [join(__dirname, '..', environment, 'bin')];
  return {
    command: `exec jupyter lab ${config} ${options} >> ${home}.log 2>&1`,
    home,
    env: {
      PATH: [...bin, process.env.PATH].join(delimiter),
      JUPYTERLAB_GALATA_ROOT_DIR: join(home, 'root'),
      JUPYTER_CONFIG_DIR: join(home, 'config'),
      JUPYTER_DATA_DIR: join(home, 'data'),
      JUPYTER_RUNTIME_DIR: join(home, 'runtime'),
      JUPYTER_PATH: join(__dirname, 'share'), // the kernels of the stories
      IPYTHONDIR: join(home, 'ipython')
    }
  };
}
