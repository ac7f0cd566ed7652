/** Which servers do the browser tests use, and how is one started? */
import { delimiter, join } from 'node:path';

const port = Number(process.env.JUPYTER_TEST_PORT ?? '8899');

/** JupyterLab with its defaults, but without a token. */
export const SERVER = `http://127.0.0.1:${port}`;

/**
 * A server like those of JupyterHub, with a base URL and `TOKEN`. It reports a kernel as silent after a
 * short time. Addresses on it are relative: `lab`, not `/lab`.
 */
export const TOKEN_SERVER = `http://127.0.0.1:${port + 1}/user/ann/`;
export const TOKEN = 'a-token-of-the-tests';

/** A server on which the server extension is not enabled. */
export const BARE_SERVER = `http://127.0.0.1:${port + 2}`;

/** A server that a story starts and kills. */
export const MORTAL_SERVER = `http://127.0.0.1:${port + 3}`;

/** A server with jupyter-collaboration, from an environment of its own. */
export const SHARED_SERVER = `http://127.0.0.1:${port + 4}`;

/** The command that starts a server, and its surroundings. */
export interface IServerStart {
  /** A shell command; the server replaces the process of the shell. */
  command: string;
  /** A folder that must exist and be empty before the first start. */
  home: string;
  env: Record<string, string>;
}

/**
 * How to start a server at `url` with a home of its own; it appends its log to `<home>.log`.
 *
 * It is the JupyterLab of `environment`, a folder of the project, or else the one on the path.
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
